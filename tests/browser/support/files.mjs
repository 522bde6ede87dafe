// Files to upload. Each has a name that no other case uses, so that cases may share a bucket.

import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

let folder;
let number = 0;

export function fresh(name) {
  return `${++number}-${name}`;
}

// Bytes without a period that a wrong order of pieces could hide in.
export function bytes(size) {
  const content = Buffer.allocUnsafe(size);
  let state = 0x9e3779b9 + size;
  for (let at = 0; at < size; ++at) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    content[at] = state >>> 24;
  }
  return content;
}

// What the store says of an object with this content.
export function stored(content) {
  return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function scratch() {
  folder ??= mkdtempSync(join(tmpdir(), 's3drop-browser-'));
  return folder;
}

// An empty folder on disk; gives its path.
export function folderOnDisk(name) {
  const path = join(scratch(), name);
  mkdirSync(path);
  return path;
}

// A file on disk; gives its path.
export function onDisk(name, content) {
  const path = join(scratch(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

// For choose(): one on disk, with a name of its own.
export function file(name, content = `what is in ${name}`) {
  const own = fresh(name);
  return { name: own, buffer: Buffer.from(content), path: onDisk(own, content) };
}

// Another content under the name of one.
export function namedLike({ name }, content) {
  return { name, buffer: Buffer.from(content), mimeType: 'text/plain' };
}

after(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});
