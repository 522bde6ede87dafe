// What the server allows, as `GET upload` tells it, and which files can be refused by it before a
// byte is sent. The server checks everything again: where it is unsure, the page lets it.

import * as figures from './figures.js';
import { say } from './words.js';

// {max_size, types, buckets, overwrite}. Throws Error with the reason in the server's words.
export async function ask(address) {
  const request = fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  const response = await request.catch(() => { throw new Error(say('broken')); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? say('status_only', { status: response.status }));
  const { max_size: size, types, buckets } = answer;
  if (!Number.isFinite(size) || !Array.isArray(types) || !Array.isArray(buckets)) {
    throw new Error(say('no_limits'));  // something else is there, such as a page to sign in
  }
  return answer;
}

// Above the file itself a form has its delimiters, its headers and the names, in UTF-8.
const around = 1024;

// Types are patterns as of a shell; those with [ ] are left to the server.
function matches(pattern, type) {
  if (/[[\]\\]/.test(pattern)) return true;
  const expression = pattern.replace(/[.+^${}()|]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(type);
}

// Why this file would be refused; undefined where nothing is known against it.
export function objection(limits, file) {
  if (!limits) return undefined;
  const limit = Math.max(0, limits.max_size - around);
  if (file.size > limit) {
    return say('too_large', { size: figures.size(file.size), limit: figures.size(limits.max_size) });
  }
  const type = file.type || 'application/octet-stream';
  if (limits.types.length > 0 && !limits.types.some((pattern) => matches(pattern, type))) {
    return say('wrong_type', { type });
  }
  return undefined;
}

// The limits in words.
export function describe(limits) {
  const lines = [say('limit_size', { size: figures.size(limits.max_size) })];
  if (limits.types.length > 0) lines.push(say('limit_types', { types: limits.types.join(', ') }));
  lines.push(say(limits.overwrite ? 'limit_replaced' : 'limit_kept'));
  return lines.join(' ');
}
