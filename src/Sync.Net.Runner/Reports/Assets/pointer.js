// Hover, wheel, drag and keys.
const tip = byId('tip');
let drag = null;

function placeOf(event) {
  const box = canvas.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top - AXIS + scroller.scrollTop, above: event.clientY - box.top < AXIS };
}

function rowAt(y) {
  let low = 0, high = view.rows.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1, row = view.rows[middle];
    if (y < row.y) high = middle - 1; else if (y >= row.y + row.height) low = middle + 1; else return row;
  }
  return null;
}

/** The wait under the pointer, or the nearest within some pixels; the shortest of several. */
function waitAt(row, x, y) {
  const reach = 4 / scale(), time = timeOf(x), lane = row.lane;
  let best = -1, score = Infinity;
  for (let i = first(lane.latest, time - reach); i < lane.waits.length; i++) {
    const wait = lane.waits[i];
    if (waits.began[wait] > time + reach) break;
    if (endOf(wait) < time - reach) continue;
    const bar = barOf(row, i);
    const away = Math.max(0, waits.began[wait] - time, time - endOf(wait)) * scale() + (lane.rows > 1 && (y < bar.y || y > bar.y + bar.height) ? 8 : 0);
    const now = away * 1e12 + waits.took[wait];
    if (now < score) [best, score] = [wait, now];
  }
  return best;
}

function markAt(lane, x) {
  return lane.changes.find(change => Math.abs(xOf(change.at) - x) < 7 && (change.returned || change.state === 'Lost' || change.state === 'Failed'));
}

function hover(event) {
  const { x, y, above } = placeOf(event);
  const row = above ? null : rowAt(y);
  if (!row?.lane) return hideTip();
  if (x < view.gutter) return showTip(laneFacts(row.lane), event.clientX, event.clientY);
  const mark = markAt(row.lane, x);
  const wait = waitAt(row, x, y);
  view.wait = mark ? -1 : wait;
  redraw();
  if (mark) return showTip([`${row.lane.id}: ${mark.returned ? 'returned' : mark.state.toLowerCase()}`, ['at', instant(mark.at, 1e3)], ['reason', mark.reason]], event.clientX, event.clientY);
  if (wait >= 0) return showTip(waitFacts(wait), event.clientX, event.clientY);
  const time = timeOf(x);
  if (row.lane.began <= time && time <= row.lane.ended) return showTip([`${row.lane.id} works`, ['at', instant(time, (view.to - view.from) / 1e3)]], event.clientX, event.clientY);
  hideTip();
}

/** A thousandth of a second, or what tells begin from end. */
const fine = wait => Math.min(1e3, Math.max(1, waits.took[wait] / 10));

const waitFacts = wait => [
  labelOf(wait), ['who', nameOf(waits.member[wait])], ['waited', duration(waits.took[wait])], ['outcome', text(waits.outcome[wait])],
  ['from', `${instant(waits.began[wait], fine(wait))} to ${instant(endOf(wait), fine(wait))}`], ['came last', nameOf(waits.straggler[wait])],
  ['culprit', nameOf(waits.culprit[wait])], ['missing', text(waits.missing[wait])], ['why', text(waits.text[wait])],
];

const laneFacts = lane => [
  lane.id, ['role', lane.role], ['host', lane.host], ['verdict', [lane.verdict, lane.share].filter(Boolean).join(', ')], ['reason', lane.reason], ['end', lane.end],
  ['command', lane.command], ['clock ahead by', lane.clock], ['waits', String(lane.waits.length)],
];

function showTip([title, ...facts], x, y) {
  const list = element('dl');
  for (const [name, value] of facts) if (value) list.append(element('dt', { textContent: name }), element('dd', { textContent: value }));
  tip.replaceChildren(element('strong', { textContent: title }), list);
  tip.hidden = false;
  const box = tip.getBoundingClientRect();
  tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 8)) + 'px';
  tip.style.top = Math.max(4, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18) + 'px';
}

function hideTip() {
  if (!tip.hidden) tip.hidden = true;
  if (view.wait >= 0) {
    view.wait = -1;
    redraw();
  }
}

/** Brings a wait into view and tells about it. */
function reveal(wait) {
  const lane = lanes[laneOf.get(waits.member[wait])];
  if (view.top[lane.index] < 0) clearFilters();
  view.lane = lane.index;
  view.wait = wait;
  const span = view.to - view.from, took = waits.took[wait], middle = waits.began[wait] + took / 2;
  if (took * scale() < 4 || waits.began[wait] < view.from || endOf(wait) > view.to) {
    const wide = Math.min(Math.max(took * 3, Math.min(span, whole / 20)), whole);
    show(middle - wide / 2, middle + wide / 2);
  }
  scrollTo(lane);
  redraw();
  const box = boxOf(wait), at = canvas.getBoundingClientRect();
  at.y < 0 && scroller.scrollIntoView({ block: 'nearest' });
  const place = canvas.getBoundingClientRect();
  showTip(waitFacts(wait), place.left + Math.max(view.gutter, Math.min(box.x + box.width / 2, view.width)), place.top + AXIS + box.y + box.height - scroller.scrollTop);
  byId('live').textContent = waitFacts(wait).filter(Boolean).map(fact => Array.isArray(fact) ? fact[1] && fact.join(' ') : fact).filter(Boolean).join(', ');
}

function revealLane(lane) {
  if (view.top[lane.index] < 0) clearFilters();
  view.lane = lane.index;
  scrollTo(lane);
  scroller.scrollIntoView({ block: 'nearest' });
  redraw();
}

function scrollTo(lane) {
  const y = view.top[lane.index];
  if (y < scroller.scrollTop) scroller.scrollTop = y;
  else if (y + 2 * LANE + AXIS > scroller.scrollTop + view.height) scroller.scrollTop = y + 2 * LANE + AXIS - view.height;
}

function step(by) {
  const shown = view.rows.filter(row => row.lane);
  if (shown.length === 0) return;
  const now = shown.findIndex(row => row.lane.index === view.lane);
  const lane = shown[Math.min(Math.max(now + by, 0), shown.length - 1)].lane;
  view.lane = lane.index;
  scrollTo(lane);
  byId('live').textContent = [lane.id, lane.role, lane.host, lane.verdict, plural(lane.waits.length, 'wait')].filter(Boolean).join(', ');
  redraw();
}

function stepWait(by) {
  if (view.lane < 0) step(1);
  const lane = lanes[view.lane];
  const shown = lane.waits.filter(isShown);
  if (shown.length === 0) return;
  const now = shown.indexOf(view.wait);
  reveal(shown[now < 0 ? (by > 0 ? 0 : shown.length - 1) : Math.min(Math.max(now + by, 0), shown.length - 1)]);
}

const KEYS = {
  '+': () => zoom(0.5), '=': () => zoom(0.5), '-': () => zoom(2), '−': () => zoom(2), ArrowLeft: () => pan(-0.2), ArrowRight: () => pan(0.2),
  ArrowUp: () => step(-1), ArrowDown: () => step(1), n: () => stepWait(1), p: () => stepWait(-1), 0: fit, Home: fit, Escape: hideTip,
};

function listen() {
  canvas.addEventListener('pointermove', event => drag ? move(event) : hover(event));
  canvas.addEventListener('pointerleave', () => { if (!drag) hideTip(); });
  canvas.addEventListener('pointerdown', event => {
    if (event.button !== 0 || placeOf(event).x < view.gutter) return;
    drag = { x: event.clientX, y: event.clientY, from: view.from, to: view.to, top: scroller.scrollTop, marks: event.shiftKey || placeOf(event).above };
    canvas.setPointerCapture(event.pointerId);
    canvas.classList.add('dragging');
    hideTip();
  });
  const end = event => {
    if (!drag) return;
    const box = canvas.getBoundingClientRect(), was = drag;
    drag = null;
    canvas.classList.remove('dragging');
    if (was.marks && Math.abs(event.clientX - was.x) > 4) {
      const times = [timeOf(Math.max(was.x - box.left, view.gutter)), timeOf(Math.max(event.clientX - box.left, view.gutter))].sort((a, b) => a - b);
      show(times[0], times[1]);
    }
    redraw();
  };
  canvas.addEventListener('pointerup', end);
  canvas.addEventListener('pointercancel', end);
  canvas.addEventListener('wheel', event => {
    const { x } = placeOf(event);
    // Over the names it scrolls the lanes, as everywhere.
    if (x < view.gutter || event.ctrlKey) return;
    event.preventDefault();
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) pan((event.deltaX || event.deltaY) / view.width);
    else zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / (event.deltaMode ? 8 : 240)))), timeOf(x));
    hover(event);
  }, { passive: false });
  scroller.addEventListener('scroll', redraw, { passive: true });
  scroller.addEventListener('keydown', event => {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  });
}

function move(event) {
  const moved = event.clientX - drag.x;
  if (drag.marks) {
    redraw();
    requestAnimationFrame(() => {
      if (!drag) return;
      const left = canvas.getBoundingClientRect().left;
      pen.globalAlpha = 0.25;
      pen.fillStyle = theme.focus;
      pen.fillRect(Math.min(drag.x, event.clientX) - left, AXIS, Math.abs(moved), view.height);
      pen.globalAlpha = 1;
    });
    return;
  }
  scroller.scrollTop = drag.top - (event.clientY - drag.y);
  const by = -moved * (drag.to - drag.from) / (view.width - view.gutter);
  show(drag.from + by, drag.to + by);
}
