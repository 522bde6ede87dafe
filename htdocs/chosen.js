// Collects the files that users choose, drop or paste. Returns each as {file, name}; the name of a
// file from a folder begins with its folders.

import { say } from './words.js';

export function fromInput(input) {
  return [...input.files].map((file) => ({ file, name: file.webkitRelativePath || file.name }));
}

// The browser clears the dragged items after the first await, so all entries are read before it.
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

// An entry that cannot be read is skipped; the others are still collected.
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
  for (;;) {  // readEntries() gives at most a hundred at a time
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) return;
    for (const below of entries) await collect(below, found);
  }
}

// Browsers name every pasted image image.png. A unique name keeps the second one from being refused
// because the first one exists.
export function fromPaste(clipboard) {
  return [...clipboard.files].map((file) => {
    const time = new Date().toISOString().replace(/[-:]/g, '').replace(/\.(\d+)Z$/, '$1');
    const pasted = /^image\.\w+$/.test(file.name);
    const ending = file.name.slice(file.name.lastIndexOf('.'));
    return { file, name: pasted ? say('pasted', { time }) + ending : file.name };
  });
}
