// Draws what is in view, and of what falls on one pixel only the worst.
const pen = canvas.getContext('2d');
const MARKS = { pass: ['✓', 'pass'], warn: ['!', 'warn'], skip: ['–', 'muted'], fail: ['✕', 'fail'], error: ['✕', 'fail'], interrupted: ['■', 'warn'] };

function draw() {
  const ratio = devicePixelRatio || 1;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.fillStyle = theme.page;
  pen.fillRect(0, 0, view.width, view.height);
  const scrolled = scroller.scrollTop;
  const rows = view.rows.filter(row => row.y + row.height > scrolled && row.y < scrolled + view.height - AXIS);
  pen.save();
  pen.beginPath();
  pen.rect(0, AXIS, view.width, view.height - AXIS);
  pen.clip();
  pen.translate(0, AXIS - scrolled);
  for (const row of rows) drawBack(row);
  drawGrid(scrolled, view.height);
  pen.save();
  pen.beginPath();
  pen.rect(view.gutter, scrolled, view.width - view.gutter, view.height);
  pen.clip();
  for (const row of rows) if (row.lane) drawLane(row);
  drawReleases(scrolled);
  for (const row of rows) if (row.lane) drawMarks(row);
  drawChosen();
  pen.restore();
  for (const row of rows) drawLabel(row);
  pen.restore();
  drawAxis();
}

function drawBack(row) {
  if (!row.lane) {
    pen.fillStyle = theme.band;
    pen.fillRect(0, row.y, view.width, row.height);
  } else if (row.lane.index === view.lane) {
    pen.fillStyle = theme.band;
    pen.fillRect(0, row.y, view.width, row.height);
  }
  pen.fillStyle = theme.grid;
  pen.fillRect(0, row.y + row.height - 1, view.width, 1);
}

function first(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1; else high = middle;
  }
  return low;
}

function barOf(row, place) {
  const height = (row.height - 8) / row.lane.rows;
  return { y: row.y + 4 + height * row.lane.row[place], height: height - (row.lane.rows > 1 ? 1 : 0) };
}

function drawLane(row) {
  const lane = row.lane;
  if (lane.began !== undefined) {
    const x = Math.max(xOf(lane.began), view.gutter - 2);
    pen.fillStyle = theme.work;
    pen.fillRect(x, row.y + row.height / 2 - 3, Math.max(1.5, Math.min(xOf(lane.ended), view.width + 2) - x), 6);
  }
  // One reach of merged pixels for each row of bars: from, to, and the worst in it.
  const pending = Array.from({ length: lane.rows }, () => null);
  for (let i = first(lane.latest, view.from); i < lane.waits.length; i++) {
    const wait = lane.waits[i];
    if (waits.began[wait] > view.to) break;
    if (endOf(wait) < view.from) continue;
    const left = Math.max(xOf(waits.began[wait]), view.gutter - 2);
    const right = Math.min(xOf(endOf(wait)), view.width + 2);
    const shown = isShown(wait);
    const rank = (shown ? 4 : 0) + waits.class[wait];
    const own = lane.row[i];
    if (right - left >= 2) {
      if (pending[own]) drawBar(row, i, pending[own]);
      pending[own] = null;
      drawBar(row, i, { left, right, rank, wait });
    } else if (pending[own] && left - pending[own].right < 1 && right - pending[own].left < 4) {
      pending[own].right = Math.max(right, pending[own].right);
      pending[own].rank = Math.max(rank, pending[own].rank);
    } else {
      if (pending[own]) drawBar(row, i, pending[own]);
      pending[own] = { left, right, rank, wait: -1, place: i };
    }
  }
  for (const last of pending) if (last) drawBar(row, last.place, last);
}

function drawBar(row, place, bar) {
  const at = barOf(row, bar.place ?? place);
  const look = theme.looks[bar.rank & 3];
  const width = Math.max(1, bar.right - bar.left);
  pen.globalAlpha = bar.rank >= 4 ? 1 : 0.16;
  pen.fillStyle = look.fill;
  pen.fillRect(bar.left, at.y, width, at.height);
  if (look.pattern && width > 5) {
    pen.fillStyle = look.pattern;
    pen.fillRect(bar.left, at.y, width, at.height);
  }
  if (bar.wait >= 0 && width > 44 && at.height > 11) drawText(bar, at, look);
  pen.globalAlpha = 1;
}

function drawText(bar, at, look) {
  const left = Math.max(bar.left, view.gutter) + 5;
  const label = cut(bar.rank % 4 === MET ? text(waits.session[bar.wait]) : `${text(waits.outcome[bar.wait])}: ${text(waits.session[bar.wait])}`, bar.right - left - 5, '11px ');
  if (!label) return;
  if (look.pattern) {
    // The hatching would cut the letters.
    pen.fillStyle = look.fill;
    pen.fillRect(left - 2, at.y + 1, pen.measureText(label).width + 4, at.height - 2);
  }
  pen.fillStyle = look.ink;
  pen.textBaseline = 'middle';
  pen.fillText(label, left, at.y + at.height / 2 + 0.5);
}

/** As much of a text as fits, with its font set. */
function cut(whole, width, size) {
  pen.font = size + theme.font;
  if (width < 12) return '';
  if (pen.measureText(whole).width <= width) return whole;
  let low = 0, high = Math.min(whole.length, 200);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pen.measureText(whole.slice(0, middle) + '…').width <= width) low = middle; else high = middle - 1;
  }
  return low === 0 ? '' : whole.slice(0, low) + '…';
}

function drawReleases(scrolled) {
  const lines = new Map();
  let count = 0;
  for (let i = firstMeeting(view.from); i < meetings.length && meetings[i].at <= view.to; i++) {
    const meeting = meetings[i];
    if (meeting.seen.length < 2 || meeting.dimmed) continue;
    count++;
    const x = Math.round(xOf(meeting.at));
    const top = middleOf(meeting.seen[0]), bottom = middleOf(meeting.seen[meeting.seen.length - 1]);
    const line = lines.get(x);
    if (line) {
      line.top = Math.min(line.top, top);
      line.bottom = Math.max(line.bottom, bottom);
    } else {
      lines.set(x, { top, bottom, meeting });
    }
  }
  pen.fillStyle = theme.release;
  const dense = lines.size > (view.width - view.gutter) / 8;
  for (const [x, line] of lines) {
    pen.globalAlpha = dense ? 0.16 : 0.55;
    pen.fillRect(x - 0.5, line.top, 1, line.bottom - line.top);
    if (dense || count !== lines.size && lines.size > 100) continue;
    pen.globalAlpha = 0.9;
    for (const lane of line.meeting.seen) {
      const y = middleOf(lane);
      if (y < scrolled - 10 || y > scrolled + view.height) continue;
      pen.beginPath();
      if (lanes[lane].name === line.meeting.straggler) {
        // Who came last: a diamond.
        pen.moveTo(x, y - 6);
        pen.lineTo(x + 6, y);
        pen.lineTo(x, y + 6);
        pen.lineTo(x - 6, y);
      } else {
        pen.arc(x, y, 2.5, 0, 7);
      }
      pen.fill();
    }
  }
  pen.globalAlpha = 1;
}

const middleOf = lane => view.top[lane] + (LANE + (lanes[lane].rows - 1) * 8) / 2;

function firstMeeting(time) {
  let low = 0, high = meetings.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meetings[middle].at < time) low = middle + 1; else high = middle;
  }
  return low;
}

function drawMarks(row) {
  for (const change of row.lane.changes) {
    if (change.at < view.from || change.at > view.to) continue;
    const sign = change.state === 'Lost' ? 'lost' : change.state === 'Failed' ? 'failed' : change.returned ? 'returned' : '';
    if (sign) drawSign(sign, xOf(change.at), row.y + row.height / 2);
  }
  const bad = ['fail', 'error', 'interrupted'].includes(row.lane.verdict);
  if (bad && row.lane.ended !== undefined) drawSign('end', xOf(row.lane.ended), row.y + row.height / 2);
}

function drawSign(sign, x, y, on = pen) {
  on.lineWidth = sign === 'end' ? 3 : 2.5;
  const trace = () => {
    on.beginPath();
    if (sign === 'lost') {
      on.moveTo(x - 5, y - 5);
      on.lineTo(x + 5, y + 5);
      on.moveTo(x + 5, y - 5);
      on.lineTo(x - 5, y + 5);
    } else if (sign === 'failed') {
      on.moveTo(x, y - 7);
      on.lineTo(x + 7, y + 5);
      on.lineTo(x - 7, y + 5);
      on.closePath();
    } else if (sign === 'returned') {
      on.arc(x, y, 5, 0.6, 5.6);
    } else {
      on.moveTo(x, y - 9);
      on.lineTo(x, y + 9);
    }
  };
  trace();
  on.strokeStyle = theme.page;
  on.lineWidth += 3;
  on.stroke();
  trace();
  on.lineWidth -= 3;
  on.strokeStyle = sign === 'returned' ? theme.pass : theme.fail;
  if (sign === 'failed') {
    on.fillStyle = theme.fail;
    on.fill();
  }
  on.stroke();
}

function drawChosen() {
  if (view.wait < 0) return;
  const box = boxOf(view.wait);
  if (!box) return;
  pen.strokeStyle = theme.focus;
  pen.lineWidth = 2;
  pen.strokeRect(box.x - 1, box.y - 1, Math.max(3, box.width) + 2, box.height + 2);
}

/** Where a wait lies, below the axis and unscrolled; null where its lane is not shown. */
function boxOf(wait) {
  const lane = lanes[laneOf.get(waits.member[wait])];
  const row = view.rows.find(r => r.lane === lane);
  if (!row) return null;
  const at = barOf(row, lane.waits.indexOf(wait));
  return { x: xOf(waits.began[wait]), y: at.y, width: waits.took[wait] * scale(), height: at.height };
}

function drawLabel(row) {
  pen.fillStyle = row.lane ? (row.lane.index === view.lane ? theme.band : theme.page) : theme.band;
  pen.fillRect(0, row.y, view.gutter, row.height - 1);
  pen.textBaseline = 'middle';
  const middle = row.y + row.height / 2;
  if (!row.lane) {
    pen.fillStyle = theme.muted;
    pen.fillText(cut(row.role || 'no role', view.gutter - 20, '600 12px '), 10, middle);
    return;
  }
  const [sign, colour] = MARKS[row.lane.verdict] ?? ['?', 'muted'];
  pen.font = '700 12px ' + theme.font;
  pen.fillStyle = theme[colour];
  pen.fillText(sign, 10, middle);
  pen.fillStyle = theme.ink;
  const bold = row.lane.share === 'root cause' ? '700 ' : '';
  const id = cut(row.lane.id, (view.gutter - 36) * (row.lane.host ? 0.64 : 1), bold + '12.5px ');
  pen.fillText(id, 28, middle);
  const used = 28 + pen.measureText(id).width + 8;
  pen.fillStyle = theme.muted;
  pen.fillText(cut(row.lane.host, view.gutter - used - 6, '11.5px '), used, middle);
}

const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500].flatMap(n => [n, n * 1e3]).concat([1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 43200, 86400].map(s => s * 1e6)).sort((a, b) => a - b);

function ticks() {
  const most = Math.max(2, Math.floor((view.width - view.gutter) / 90));
  const least = (view.to - view.from) / most;
  const step = STEPS.find(s => s >= least) ?? Math.ceil(least / 864e8) * 864e8;
  const found = [];
  found.step = step;
  for (let at = Math.max(0, Math.ceil(view.from / step) * step); at <= view.to; at += step) found.push(at);
  return found;
}

function drawGrid(top, height) {
  pen.fillStyle = theme.grid;
  for (const at of ticks()) pen.fillRect(Math.round(xOf(at)), top, 1, height);
}

function drawAxis() {
  pen.fillStyle = theme.panel;
  pen.fillRect(0, 0, view.width, AXIS);
  pen.fillStyle = theme.line;
  pen.fillRect(0, AXIS - 1, view.width, 1);
  pen.fillRect(view.gutter, 0, 1, view.height);
  pen.textBaseline = 'middle';
  pen.font = '11.5px ' + theme.font;
  const marks = ticks();
  for (const at of marks) {
    const x = xOf(at);
    pen.fillStyle = theme.line;
    pen.fillRect(Math.round(x), AXIS - 7, 1, 7);
    pen.fillStyle = theme.muted;
    const label = instant(at, marks.step);
    if (x + 4 + pen.measureText(label).width < view.width) pen.fillText(label, x + 4, AXIS / 2);
  }
  pen.fillText('time since the run began', 10, AXIS / 2);
}
