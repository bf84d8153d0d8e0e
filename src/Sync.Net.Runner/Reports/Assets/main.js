// Puts it together.
function refilter() {
  arrange();
  refilterWaits();
}

function clearFilters() {
  byId('filter-members').value = byId('filter-session').value = '';
  byId('filter-unmet').checked = false;
  refilter();
}

readTheme();
fillHead();
fillPath();
fillMembers();
fillHeld();
fillCost();
fillWaits();
fillLegend();
view.from = -whole * 0.01;
view.to = whole * 1.03;
arrange();
listen();

byId('zoom-in').addEventListener('click', () => zoom(0.5));
byId('zoom-out').addEventListener('click', () => zoom(2));
byId('zoom-fit').addEventListener('click', fit);
let typing = 0;
for (const id of ['filter-members', 'filter-session']) {
  byId(id).addEventListener('input', () => {
    clearTimeout(typing);
    typing = setTimeout(refilter, 120);
  });
}
byId('filter-unmet').addEventListener('change', refilter);
addEventListener('resize', arrange);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  readTheme();
  fillLegend();
  redraw();
});

// For scripts and tests: what is shown, and where.
window.report = {
  lanes: lanes.map(lane => ({ member: lane.id, role: lane.role, host: lane.host, waits: lane.waits.length })),
  waits: waits.member.length,
  meetings: meetings.length,
  changes: data.changes.length,
  get view() { return { from: view.from, to: view.to, lanes: view.rows.filter(row => row.lane).map(row => row.lane.id) }; },
  get draws() { return draws; },
  get tables() { return Object.fromEntries(Object.entries(tables).map(([name, made]) => [name, made.count()])); },
  /** The middle of a wait's bar in the window; scrolls to its lane. */
  where(wait) {
    const box = boxOf(wait);
    scrollTo(lanes[laneOf.get(waits.member[wait])]);
    const at = canvas.getBoundingClientRect();
    return { x: at.left + box.x + box.width / 2, y: at.top + AXIS + box.y + box.height / 2 - scroller.scrollTop, width: box.width };
  },
  reveal,
  fit,
};
