// The run: lanes with their waits in order of time, and who was released together.
const data = JSON.parse(byId('data').textContent);
const waits = data.waits;
const MET = 0, WITHDRAWN = 1, UNDECIDED = 2, FAILED = 3;
const MOST_ROWS = 4;
const text = number => number < 0 ? '' : data.texts[number];
const nameOf = number => number < 0 ? '' : data.names[number];
const endOf = wait => waits.began[wait] + waits.took[wait];

const laneOf = new Map();
const lanes = data.members.map((member, index) => {
  laneOf.set(member.name, index);
  return { ...member, id: nameOf(member.name), index, waits: [], changes: [], rows: 1 };
});
waits.member.forEach((member, wait) => lanes[laneOf.get(member)].waits.push(wait));

for (const lane of lanes) {
  lane.waits.sort((a, b) => waits.began[a] - waits.began[b] || a - b);
  // Until when all up to here have ended: finds the first in view also where they overlap.
  lane.latest = new Float64Array(lane.waits.length);
  lane.row = new Uint8Array(lane.waits.length);
  const free = [];
  let latest = -Infinity;
  lane.waits.forEach((wait, i) => {
    lane.latest[i] = latest = Math.max(latest, endOf(wait));
    let row = free.findIndex(time => time <= waits.began[wait]);
    if (row < 0) row = free.length;
    free[row] = endOf(wait);
    lane.row[i] = Math.min(row, MOST_ROWS - 1);
  });
  lane.rows = Math.max(1, Math.min(free.length, MOST_ROWS));
  lane.role ??= '';
  lane.search = `${lane.id} ${lane.role} ${lane.host}`.toLowerCase();
}

const meetings = data.meetings.map(([at, straggler], index) => ({ index, at, straggler, lanes: [], arrival: -1 }));
waits.meeting.forEach((meeting, wait) => {
  if (meeting < 0) return;
  const of = meetings[meeting];
  of.lanes.push(laneOf.get(waits.member[wait]));
  if (waits.member[wait] === of.straggler) of.arrival = wait;
});
for (const meeting of meetings) {
  // The sender of a message does not wait, and yet the line comes from it.
  if (laneOf.has(meeting.straggler)) meeting.lanes.push(laneOf.get(meeting.straggler));
  meeting.lanes = [...new Set(meeting.lanes)].sort((a, b) => a - b);
}
meetings.sort((a, b) => a.at - b.at);

for (const [at, member, state, reason] of data.changes) {
  const lane = lanes[laneOf.get(member)];
  const before = lane.changes.length ? lane.changes[lane.changes.length - 1].state : '';
  lane.changes.push({ at, state: text(state), reason: text(reason), returned: text(state) === 'Joined' && (before === 'Lost' || before === 'Away') });
}

const whole = lanes.reduce((last, lane) => Math.max(last, lane.ended ?? 0, lane.latest.at(-1) ?? 0), Math.max(1, data.took));

function labelOf(wait) {
  const act = text(waits.act[wait]);
  const generation = waits.generation[wait];
  return `${text(waits.kind[wait])} '${text(waits.session[wait])}'${act && act !== 'meet' ? ' ' + act : ''}${generation ? ' #' + generation : ''}`;
}
