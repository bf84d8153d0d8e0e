// The colours of the style sheet for the canvas; patterns tell classes apart without colour.
let theme;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue('--' + name).trim();
  const looks = ['met', 'withdrawn', 'undecided', 'failed'].map(name => ({ fill: of(name), ink: of(name + '-ink') }));
  theme = {
    page: of('page'), panel: of('panel'), ink: of('ink'), muted: of('muted'), line: of('line'), grid: of('grid'), work: of('work'), band: of('band'),
    release: of('release'), pass: of('pass'), fail: of('fail'), warn: of('warn'), focus: of('focus'), looks,
    font: getComputedStyle(document.body).fontFamily,
  };
  looks[FAILED].pattern = hatch(of('hatch'), [[0, 8, 8, 0], [-2, 2, 2, -2], [6, 10, 10, 6]]);
  looks[UNDECIDED].pattern = hatch(of('hatch'), [[0, 0, 0, 8], [4, 0, 4, 8]]);
  looks[WITHDRAWN].pattern = hatch(of('hatch'), [[0, 4, 8, 4]]);
}

function hatch(colour, lines) {
  const tile = element('canvas', { width: 8, height: 8 });
  const pen = tile.getContext('2d');
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const [x1, y1, x2, y2] of lines) {
    pen.beginPath();
    pen.moveTo(x1, y1);
    pen.lineTo(x2, y2);
    pen.stroke();
  }
  return pen.createPattern(tile, 'repeat');
}
