// What is told in words: the head, the path, and the tables.
const tables = {};
const MOST_HOPS = 40, FIRST_HOPS = 10;
const lookOf = verdict => verdict === 'pass' ? 'good' : verdict === 'fail' || verdict === 'error' ? 'bad' : 'soft';

function fillHead() {
  byId('name').textContent = data.name;
  byId('verdict').textContent = data.verdict;
  byId('verdict').classList.add(lookOf(data.verdict));
  byId('facts').textContent = [
    `${duration(data.took)} from ${data.started}`, plural(lanes.length, 'member'), plural(new Set(lanes.map(lane => lane.host)).size, 'host'),
    plural(waits.member.length, 'wait'), `group ${data.group}`,
  ].join(' · ');
  byId('reason').textContent = data.reason ?? '';
}

function fillPath() {
  const total = data.path.reduce((sum, hop) => sum + hop.to - hop.from, 0) || 1;
  const shown = data.path.length > MOST_HOPS ? [...data.path.slice(0, FIRST_HOPS), null, ...data.path.slice(FIRST_HOPS - MOST_HOPS)] : data.path;
  const share = time => time / total >= 0.0095 ? Math.round(time / total * 100) + ' %' : time ? '< 1 %' : '0 %';
  const byMember = new Map();
  for (const hop of data.path) {
    const who = nameOf(hop.member) + (hop.waits ? ' (waiting)' : '');
    byMember.set(who, (byMember.get(who) ?? 0) + hop.to - hop.from);
  }
  const most = [...byMember].sort((a, b) => b[1] - a[1]);
  byId('path-shares').textContent = most.length === 0 ? '' : 'It was up to ' + most.slice(0, 6).map(([who, time]) => `${who} ${duration(time)} (${share(time)})`).join(', ')
    + (most.length > 6 ? ` and ${most.length - 6} more.` : '.');
  byId('path').replaceChildren(...shown.map(hop => hop === null
    ? element('li', {}, element('span'), element('span', { className: 'muted', textContent: `… ${plural(data.path.length - MOST_HOPS, 'hop')} between` }))
    : element('li', { className: hop.waits ? 'waits' : '' },
      element('span', { className: 'time', textContent: share(hop.to - hop.from) }),
      element('span', { textContent: hop.text }))));
  if (data.path.length === 0) byId('path').append(element('li', {}, element('span'), element('span', { textContent: 'No member did anything.' })));
}

function fillMembers() {
  const rows = [...lanes].sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.index - b.index);
  const hasClock = rows.some(lane => lane.clock), hasValues = rows.some(lane => lane.values);
  tables.members = table(byId('members'), 'Verdicts', [
    { title: 'Verdict', width: '112px', text: lane => lane.verdict ?? 'not in the run', look: lane => lookOf(lane.verdict) },
    { title: 'Share', width: '122px', text: lane => lane.share ?? '' },
    { title: 'Member', width: '14%', text: lane => lane.id },
    { title: 'Role', width: '9%', text: lane => lane.role },
    { title: 'Host', width: '10%', text: lane => lane.host },
    { title: 'Took', width: '96px', number: true, text: lane => lane.began === undefined ? '' : duration(lane.ended - lane.began), sort: lane => lane.began === undefined ? -1 : lane.ended - lane.began },
    { title: 'End', width: '122px', text: lane => lane.end ?? '' },
    ...hasClock ? [{ title: 'Clock is ahead by', width: '170px', text: lane => lane.clock ?? '' }] : [],
    ...hasValues ? [{ title: 'Results', width: '14%', text: lane => lane.values ?? '' }] : [],
    { title: 'Reason', text: lane => lane.reason ?? '' },
  ], rows, lane => revealLane(lane));
}

function fillHeld() {
  tables.held = table(byId('held'), 'Who held up whom', [
    { title: 'Member', width: '18%', text: h => nameOf(h.member) },
    { title: 'Others waited for it', width: '190px', number: true, text: h => duration(h.waited), sort: h => h.waited },
    { title: 'In vain', width: '120px', number: true, text: h => h.inVain ? duration(h.inVain) : '', sort: h => h.inVain },
    { title: 'Waits', width: '90px', number: true, text: h => String(h.waits), sort: h => h.waits },
    { title: 'Whom', text: h => h.waiters.map(([member, time]) => `${nameOf(member)} ${duration(time)}`).join(', ') + (h.others > h.waiters.length ? ` and ${h.others - h.waiters.length} more` : '') },
  ], data.holdUps);
}

function fillCost() {
  tables.cost = table(byId('cost'), 'What each session cost', [
    { title: 'Session', width: '26%', text: s => s.session },
    { title: 'Host-minutes', width: '130px', number: true, text: s => minutes(s.hostTime), sort: s => s.hostTime },
    { title: 'Member-minutes', width: '165px', number: true, text: s => minutes(s.memberTime), sort: s => s.memberTime },
    { title: 'Uses', width: '80px', number: true, text: s => String(s.uses), sort: s => s.uses },
    { title: 'Waits', width: '85px', number: true, text: s => String(s.waits), sort: s => s.waits },
    { title: 'Not met', width: '95px', number: true, text: s => s.notMet ? String(s.notMet) : '', sort: s => s.notMet, look: s => s.notMet ? 'bad' : '' },
    { title: 'Longest wait', text: s => `${nameOf(s.longestMember)}, ${duration(s.longest)}`, sort: s => s.longest },
    { title: 'Most often last', text: s => s.last < 0 ? '' : `${nameOf(s.last)}, ${plural(s.timesLast, 'time')}`, sort: s => s.timesLast },
  ], data.sessions, cost => {
    byId('filter-session').value = cost.session;
    refilter();
  });
}

function fillWaits() {
  tables.waits = table(byId('waits'), 'All waits', [
    { title: 'Began', width: '105px', number: true, text: w => instant(waits.began[w], 1e3), sort: w => waits.began[w] },
    { title: 'Member', width: '15%', text: w => nameOf(waits.member[w]) },
    { title: 'Synchronisation', width: '22%', text: labelOf },
    { title: 'Waited', width: '105px', number: true, text: w => duration(waits.took[w]), sort: w => waits.took[w] },
    { title: 'Outcome', width: '135px', text: w => text(waits.outcome[w]), look: w => waits.class[w] === FAILED ? 'bad' : waits.class[w] === MET ? '' : 'soft' },
    { title: 'Last', width: '13%', text: w => nameOf(waits.straggler[w]) },
    { title: 'Text', text: w => text(waits.text[w]) || (waits.missing[w] < 0 ? '' : 'missing: ' + text(waits.missing[w])) },
  ], waits.member.map((_, w) => w), reveal);
}

/** The table of waits follows the filters. */
function refilterWaits() {
  const narrows = view.session || view.unmet || byId('filter-members').value.trim();
  const all = waits.member.map((_, w) => w);
  tables.waits.set(narrows ? all.filter(w => isShown(w) && view.top[laneOf.get(waits.member[w])] >= 0) : all);
}

function fillLegend() {
  const entry = (label, paint) => {
    const mark = element('canvas', { width: 48, height: 28 });
    mark.style.width = '24px';
    mark.style.height = '14px';
    const on = mark.getContext('2d');
    on.scale(2, 2);
    paint(on);
    return element('li', {}, mark, label);
  };
  const bar = look => on => {
    on.fillStyle = look.fill;
    on.fillRect(0, 0, 24, 14);
    if (look.pattern) {
      on.fillStyle = look.pattern;
      on.fillRect(0, 0, 24, 14);
    }
  };
  const sign = name => on => drawSign(name, 12, 7, on);
  byId('legend').replaceChildren(
    entry('works', on => { on.fillStyle = theme.work; on.fillRect(0, 4, 24, 6); }),
    entry('waits, met', bar(theme.looks[MET])), entry('not met', bar(theme.looks[FAILED])),
    entry('undecided', bar(theme.looks[UNDECIDED])), entry('withdrawn', bar(theme.looks[WITHDRAWN])),
    entry('released together', on => { on.fillStyle = theme.release; on.fillRect(11.5, 0, 1, 14); on.beginPath(); on.arc(12, 7, 2.5, 0, 7); on.fill(); }),
    entry('came last', on => { on.fillStyle = theme.release; on.beginPath(); on.moveTo(12, 1); on.lineTo(18, 7); on.lineTo(12, 13); on.lineTo(6, 7); on.fill(); }),
    entry('lost', sign('lost')), entry('returned', sign('returned')), entry('failed', sign('failed')), entry('ended without passing', sign('end')));
}
