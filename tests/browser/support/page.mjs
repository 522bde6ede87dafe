// The upload page's parts, by what they are for.

import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';

export function row(page, name) {
  return page.locator('li.row', { has: page.locator('.name', { hasText: name }) });
}

// Waits until a row has come to a state.
export async function reaches(page, name, state) {
  await row(page, name).and(page.locator(`[data-state="${state}"]`)).waitFor();
}

// Choosing files, as far as a page can tell.
export async function choose(page, files) {
  await page.locator('#files').setInputFiles(files);
}

// A drop of files, with a DataTransfer of the browser's own making.
export async function drop(page, files) {
  const described = files.map(({ name, mimeType, buffer }) =>
    ({ name, mimeType, content: buffer.toString('base64') }));
  const transfer = await page.evaluateHandle((all) => {
    const made = new DataTransfer();
    for (const { name, mimeType, content } of all) {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      made.items.add(new File([bytes], name, { type: mimeType }));
    }
    return made;
  }, described);
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await page.locator('#drop').dispatchEvent(event, { dataTransfer: transfer });
  }
}

// Polls until `condition` gives something true, and gives it; `what` is said where it never does.
export async function eventually(condition, what) {
  for (const deadline = Date.now() + 20000; Date.now() < deadline; await pause(20)) {
    const value = await condition();
    if (value) return value;
  }
  return assert.fail(`it never came to this: ${what}`);
}
