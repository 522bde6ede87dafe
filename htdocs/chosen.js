// Files from wherever people take them: a chooser, a drop, the clipboard. Each as {file, name},
// where the name of a folder's file has its folders before it.

import { say } from './words.js';

export function fromInput(input) {
  return [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
}

// What a drag holds is gone after the first await, so all entries are taken before.
export async function fromDrop(transfer) {
  const entries = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile());
  const found = [];
  for (const entry of entries) {
    if (entry instanceof File) found.push({ file: entry, name: entry.name });
    else if (entry) await collect(entry, found);
  }
  return found;
}

// What cannot be read is left out, and not the rest with it.
async function collect(entry, found) {
  try {
    await collectFrom(entry, found);
  } catch (error) {
    console.warn(entry.fullPath, error);
  }
}

async function collectFrom(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, name: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = entry.createReader();
  for (;;) {  // a hundred at a time
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const below of entries) await collect(below, found);
  }
}

// Browsers call every pasted image image.png: a name of its own keeps the second from being
// refused for the first.
export function fromPaste(clipboard) {
  return [...clipboard.files].map((file) => {
    const time = new Date().toISOString().replace(/[-:]/g, '').replace(/\.(\d+)Z$/, '$1');
    const pasted = /^image\.\w+$/.test(file.name);
    const ending = file.name.slice(file.name.lastIndexOf('.'));
    return { file, name: pasted ? say('pasted', { time }) + ending : file.name };
  });
}
