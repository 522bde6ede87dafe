// Formats sizes, percentages and times for users, in the page's language.

import { language, say } from './words.js';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
const whole = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 });

// For each unit: one format without a decimal place and one with.
const formats = units.map((unit) => [0, 1].map((digits) => new Intl.NumberFormat(language, {
  style: 'unit', unit, unitDisplay: unit === 'byte' ? 'long' : 'short', maximumFractionDigits: digits,
})));

// A kilobyte is 1000 bytes, as disks and browsers count.
export function size(bytes) {
  let power = 0;
  while (power + 1 < units.length && bytes >= 1000) {
    bytes /= 1000;
    ++power;
  }
  return formats[power][power > 0 && bytes < 100 ? 1 : 0].format(bytes);
}

// Rounded down, so that 50% never shows before half has been sent.
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
