// Reads the server's limits (`GET upload`) and refuses files that exceed them before a byte is sent.
// The server checks everything again, so if the page is not sure, it lets the server decide.

import * as figures from './figures.js';
import { say } from './words.js';

// Returns {max_size, types, buckets, overwrite}. Throws Error with the server's reason.
export async function ask(address) {
  const request = fetch(address, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  const response = await request.catch(() => { throw new Error(say('broken')); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.detail ?? say('status_only', { status: response.status }));
  const { max_size: size, types, buckets } = answer;
  if (!Number.isFinite(size) || !Array.isArray(types) || !Array.isArray(buckets)) {
    throw new Error(say('no_limits'));  // something other than s3drop replied, such as a login page
  }
  return answer;
}

// Bytes of a form in addition to the file: delimiters, part headers and names in UTF-8.
const around = 1024;

// Types are shell patterns. Those with [ ] are left to the server.
function matches(pattern, type) {
  if (/[[\]\\]/.test(pattern)) return true;
  const expression = pattern.replace(/[.+^${}()|]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, 'i').test(type);
}

// Why the server would refuse this file; undefined if no reason is known.
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

// Describes the limits for users.
export function describe(limits) {
  const lines = [say('limit_size', { size: figures.size(limits.max_size) })];
  if (limits.types.length > 0) lines.push(say('limit_types', { types: limits.types.join(', ') }));
  lines.push(say(limits.overwrite ? 'limit_replaced' : 'limit_kept'));
  return lines.join(' ');
}
