// Files to upload. Each has a name that no other case uses, so that cases may share a bucket.

import { createHash } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
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

// For setInputFiles(): {name, mimeType, buffer}.
export function file(name, content = `what is in ${name}`, mimeType = 'text/plain') {
  return { name: fresh(name), mimeType, buffer: Buffer.from(content) };
}

async function scratch() {
  folder ??= mkdtemp(join(tmpdir(), 's3drop-browser-'));
  return folder;
}

// The same on disk, which large ones have to be; gives its path.
export async function onDisk(name, content) {
  const path = join(await scratch(), name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

after(async () => {
  if (folder) await rm(await folder, { recursive: true, force: true });
});
