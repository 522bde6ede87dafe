// Sizes, shares and times as people read them, in the page's language.

import { language, say } from './words.js';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const whole = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });

// For each unit: without and with a decimal.
const formats = units.map((unit) => [0, 1].map((digits) => new Intl.NumberFormat(language, {
  style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: digits,
})));

// 1000 to the kilobyte, as disks and browsers count.
export function size(bytes) {
  let power = 0;
  while (power + 1 < units.length && bytes >= 1000) {
    bytes /= 1000;
    ++power;
  }
  return formats[power][power > 0 && bytes < 100 ? 1 : 0].format(bytes);
}

// Rounded down, so that it is not half before half has gone.
export function percent(share) {
  return whole.format(Math.floor(share * 100) / 100);
}

export function time(seconds) {
  const count = Math.max(1, Math.round(seconds));
  if (count < 60) return say('second', { count });
  const minutes = Math.round(count / 60);
  if (minutes < 60) return say('minute', { count: minutes });
  return say('hour', { count: Math.round(minutes / 60) });
}
