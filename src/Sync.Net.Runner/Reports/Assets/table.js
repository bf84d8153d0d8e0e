// A table that sorts by its columns and holds only the rows that are seen, however many there are.
const ROW = 28, SPARE = 10;

function table(place, title, columns, rows, choose) {
  const head = element('tr');
  const body = element('tbody');
  const above = element('tr', { className: 'pad' }, element('td', { colSpan: columns.length }));
  const below = element('tr', { className: 'pad' }, element('td', { colSpan: columns.length }));
  above.setAttribute('aria-hidden', 'true');
  below.setAttribute('aria-hidden', 'true');
  const grid = element('table', {}, element('caption', { className: 'hidden', textContent: title }), element('colgroup', {}, ...columns.map(column => {
    const col = element('col');
    if (column.width) col.style.width = column.width;
    return col;
  })), element('thead', {}, head), body);
  const box = element('div', { className: 'table', tabIndex: 0 }, grid);
  box.setAttribute('role', 'region');
  box.setAttribute('aria-label', title);
  let sorted = rows, by = null, falls = false, drawn = '';

  for (const column of columns) {
    const button = element('button', { type: 'button', textContent: column.title, title: `Sort by ${column.title}` });
    const cell = element('th', { scope: 'col', className: column.number ? 'number' : '' }, button);
    column.cell = cell;
    button.addEventListener('click', () => {
      falls = by === column ? !falls : !!column.number;
      by = column;
      for (const other of columns) other.cell.removeAttribute('aria-sort');
      cell.setAttribute('aria-sort', falls ? 'descending' : 'ascending');
      sort();
    });
    head.append(cell);
  }

  function sort() {
    if (by) {
      const keys = new Map(sorted.map(row => [row, by.sort ? by.sort(row) : by.text(row)]));
      const sign = falls ? -1 : 1;
      sorted = [...sorted].sort((a, b) => {
        const left = keys.get(a), right = keys.get(b);
        return sign * (typeof left === 'number' ? left - right : left < right ? -1 : left > right ? 1 : 0);
      });
    }
    drawn = '';
    fill();
  }

  function fill() {
    const from = Math.max(0, Math.floor(box.scrollTop / ROW) - SPARE);
    const to = Math.min(sorted.length, from + Math.ceil((box.clientHeight || 420) / ROW) + 2 * SPARE);
    if (drawn === `${from} ${to}`) return;
    drawn = `${from} ${to}`;
    above.firstChild.style.height = from * ROW + 'px';
    below.firstChild.style.height = (sorted.length - to) * ROW + 'px';
    body.replaceChildren(above, ...sorted.slice(from, to).map((row, i) => line(row, from + i)), below);
    grid.setAttribute('aria-rowcount', sorted.length + 1);
  }

  function line(row, index) {
    const made = element('tr', {}, ...columns.map(column => {
      const content = column.text(row);
      return element('td', { className: `${column.number ? 'number' : ''} ${column.look?.(row) ?? ''}`.trim(), textContent: content, title: content });
    }));
    made.setAttribute('aria-rowindex', index + 2);
    if (choose) {
      made.className = 'link';
      made.tabIndex = 0;
      made.addEventListener('click', () => choose(row));
      made.addEventListener('keydown', event => { if (event.key === 'Enter') choose(row); });
    }
    return made;
  }

  box.addEventListener('scroll', fill, { passive: true });
  place.replaceChildren(rows.length ? box : element('p', { className: 'muted', textContent: 'None.' }));
  sort();
  return {
    count: () => sorted.length,
    set(now) {
      sorted = now;
      box.scrollTop = 0;
      if (now.length && !box.isConnected) place.replaceChildren(box);
      sort();
    },
  };
}
