// Files to upload. Each has a unique name, so that cases can share a bucket.

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

// Bytes that do not repeat, so that blocks in the wrong order are noticed.
export function bytes(size) {
  const content = Buffer.allocUnsafe(size);
  let state = 0x9e3779b9 + size;
  for (let at = 0; at < size; ++at) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    content[at] = state >>> 24;
  }
  return content;
}

// What the store reports for an object with this content.
export function stored(content) {
  return { size: content.length, sha256: createHash('sha256').update(content).digest('hex') };
}

function scratch() {
  folder ??= mkdtempSync(join(tmpdir(), 's3drop-browser-'));
  return folder;
}

// Makes an empty folder on disk. Returns its path.
export function folderOnDisk(name) {
  const path = join(scratch(), name);
  mkdirSync(path);
  return path;
}

// Makes a file on disk. Returns its path.
export function onDisk(name, content) {
  const path = join(scratch(), name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

// For choose(): a file on disk with a unique name.
export function file(name, content = `content of ${name}`) {
  const own = fresh(name);
  return { name: own, buffer: Buffer.from(content), path: onDisk(own, content) };
}

// A file with the same name and different content.
export function namedLike({ name }, content) {
  return { name, buffer: Buffer.from(content), mimeType: 'text/plain' };
}

after(() => {
  if (folder) rmSync(folder, { recursive: true, force: true });
});
