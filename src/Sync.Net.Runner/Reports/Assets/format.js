// Durations and numbers as people read them, and elements made without markup: no text ever becomes markup.
const digits = value => value < 9.995 ? String(+value.toFixed(2)) : value < 99.95 ? String(+value.toFixed(1)) : value.toFixed(0);
const pair = (value, large, small) => `${Math.floor(value / 60)} ${large} ${String(value % 60).padStart(2, '0')} ${small}`;

function duration(microseconds) {
  if (microseconds < 0) return '-' + duration(-microseconds);
  const seconds = microseconds / 1e6;
  if (seconds === 0) return '0 s';
  if (seconds < 0.0009995) return digits(microseconds) + ' µs';
  if (seconds < 0.9995) return digits(seconds * 1e3) + ' ms';
  if (seconds < 99.95) return digits(seconds) + ' s';
  return seconds < 3599.5 ? pair(Math.round(seconds), 'min', 's') : pair(Math.round(seconds / 60), 'h', 'min');
}

/** A point in time, fine enough to tell it from one that is a step away. */
function instant(microseconds, step) {
  if (microseconds < 0) return '-' + instant(-microseconds, step);
  const places = Math.min(6, Math.max(0, Math.ceil(6 - Math.log10(Math.max(step, 1)) - 1e-9)));
  const whole = Math.round(microseconds / 10 ** (6 - places)) / 10 ** places;
  const hours = Math.floor(whole / 3600), left = whole - hours * 3600;
  const seconds = (left % 60).toFixed(places);
  const padded = places === 0 ? seconds.padStart(2, '0') : seconds.padStart(places + 3, '0');
  if (hours > 0) return `${hours}:${String(Math.floor(left / 60)).padStart(2, '0')}:${padded}`;
  return left >= 60 ? `${Math.floor(left / 60)}:${padded}` : `${seconds} s`;
}

const minutes = microseconds => {
  const value = microseconds / 6e7;
  return value === 0 ? '0' : value < 0.01 ? '< 0.01' : value.toFixed(value < 100 ? 2 : 0);
};

const plural = (count, one, many = one + 's') => `${count} ${count === 1 ? one : many}`;

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

const byId = id => document.getElementById(id);
