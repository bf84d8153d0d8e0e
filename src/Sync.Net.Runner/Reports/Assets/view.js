// What part of the run is seen: a span of time, the lanes that the filter leaves, and how far they are scrolled.
const LANE = 24, GROUP = 22, AXIS = 26, LEAST_SPAN = 20;
const scroller = byId('scroller'), spacer = byId('spacer'), canvas = byId('canvas');
const view = { from: 0, to: whole, rows: [], top: new Float64Array(lanes.length).fill(-1), width: 0, height: 0, gutter: 220, session: '', unmet: false, lane: -1, wait: -1 };
const shownSessions = new Set();

const scale = () => (view.width - view.gutter) / (view.to - view.from);
const xOf = time => view.gutter + (time - view.from) * scale();
const timeOf = x => view.from + (x - view.gutter) / scale();

function show(from, to) {
  const span = Math.min(Math.max(to - from, LEAST_SPAN), whole * 1.04);
  const middle = (from + to) / 2;
  const first = Math.min(Math.max(middle - span / 2, -whole * 0.01), Math.max(whole * 1.03 - span, -whole * 0.01));
  view.from = first;
  view.to = first + span;
  redraw();
}

const fit = () => show(-whole * 0.01, whole * 1.03);
const pan = share => show(view.from + (view.to - view.from) * share, view.to + (view.to - view.from) * share);

function zoom(factor, time = (view.from + view.to) / 2) {
  const span = Math.min(Math.max((view.to - view.from) * factor, LEAST_SPAN), whole * 1.04);
  const share = (time - view.from) / (view.to - view.from);
  show(time - span * share, time + span * (1 - share));
}

const isShown = wait => (!view.session || shownSessions.has(wait)) && (!view.unmet || waits.class[wait] !== MET);

function arrange() {
  const wanted = byId('filter-members').value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  view.session = byId('filter-session').value.trim().toLowerCase();
  view.unmet = byId('filter-unmet').checked;
  shownSessions.clear();
  if (view.session) {
    const hit = new Map();
    const matches = wait => {
      const key = waits.kind[wait] * data.texts.length + waits.session[wait];
      if (!hit.has(key)) hit.set(key, `${text(waits.kind[wait])} '${text(waits.session[wait])}'`.toLowerCase().includes(view.session));
      return hit.get(key);
    };
    for (let wait = 0; wait < waits.member.length; wait++) if (matches(wait)) shownSessions.add(wait);
  }
  const narrows = view.session || view.unmet;
  const left = lanes.filter(lane => wanted.every(word => lane.search.includes(word)) && (!narrows || lane.waits.some(isShown)));
  const grouped = new Set(left.map(lane => lane.role)).size > 1 || left.some(lane => lane.role);
  view.rows = [];
  view.top.fill(-1);
  let y = 0, role;
  for (const lane of left) {
    if (grouped && lane.role !== role) {
      role = lane.role;
      view.rows.push({ y, height: GROUP, role });
      y += GROUP;
    }
    const height = lane.rows > 1 ? LANE + (lane.rows - 1) * 8 : LANE;
    view.rows.push({ y, height, lane });
    view.top[lane.index] = y;
    y += height;
  }
  for (const meeting of meetings) {
    meeting.seen = meeting.lanes.filter(lane => view.top[lane] >= 0);
    meeting.dimmed = !!view.session || view.unmet;
  }
  if (view.session) for (const wait of shownSessions) if (waits.meeting[wait] >= 0) meetingOf.get(waits.meeting[wait]).dimmed = view.unmet;
  byId('shown').textContent = left.length === lanes.length ? plural(lanes.length, 'lane') : `${left.length} of ${plural(lanes.length, 'lane')}`;
  const content = AXIS + y + 8;
  scroller.style.height = Math.min(content + 2, Math.max(240, Math.round(innerHeight * 0.66))) + 'px';
  spacer.style.height = content + 'px';
  resize();
}

const meetingOf = new Map(meetings.map(meeting => [meeting.index, meeting]));

function resize() {
  const ratio = devicePixelRatio || 1;
  view.width = scroller.clientWidth;
  view.height = scroller.clientHeight;
  view.gutter = Math.min(240, Math.max(120, view.width * 0.2));
  canvas.width = Math.max(1, Math.round(view.width * ratio));
  canvas.height = Math.max(1, Math.round(view.height * ratio));
  canvas.style.width = view.width + 'px';
  canvas.style.height = view.height + 'px';
  redraw();
}

let asked = false;
let draws = 0;

function redraw() {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
    draws++;
  });
}
