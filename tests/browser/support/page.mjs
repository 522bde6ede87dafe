// The parts of the upload page, by purpose.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export function row(page, name) {
  return page.locator('li.row', { has: page.locator('.name', { hasText: name }) });
}

// The element with this id.
export function part(page, id) {
  return page.locator(`#${id}`);
}

// Waits until a row is in this state.
export async function reaches(page, name, state) {
  await row(page, name).and(page.locator(`[data-state="${state}"]`)).waitFor();
}

// Chooses files from files.mjs.
export async function choose(page, ...files) {
  await part(page, 'files').setInputFiles(files.map((file) => file.path ?? file));
}

// Drags the files or folders at these paths from the desktop into the page.
export async function drag(page, paths) {
  const { x, y, width, height } = await part(page, 'drop').boundingBox();
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop']) {
    await session.send('Input.dispatchDragEvent', { type, x: x + width / 2, y: y + height / 2, data });
  }
}

// Polls until `condition` returns something true, and returns that. Fails with `what` after 20 s.
export async function eventually(condition, what) {
  for (const deadline = Date.now() + 20000; Date.now() < deadline; await pause(20)) {
    const value = await condition();
    if (value) return value;
  }
  return assert.fail(`never happened: ${what}`);
}
