// What users see of running uploads, and what they can do with them.

import assert from 'node:assert/strict';

import { bytes, file, stored } from './support/files.mjs';
import { choose, eventually, part, reaches, row } from './support/page.mjs';
import { behindEach } from './support/visit.mjs';

const mebibyte = 1024 * 1024;

// Large enough for something to happen in the middle, even on a slow machine.
const newFilm = () => file('film.bin', bytes(40 * mebibyte));

// Records each value of the progress bars.
function watchBars() {
  window.bars = { row: [], overall: [] };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      if (target.tagName === 'PROGRESS') window.bars[target.id || 'row'].push(target.value / target.max);
    }
  }).observe(document.body, { subtree: true, attributeFilter: ['value'] });
}

behindEach('100 MiB arrive unchanged, and the bars only grow', {}, async ({ site, page, throttle }) => {
  const large = file('large.bin', bytes(100 * mebibyte));
  await page.evaluate(watchBars);
  await throttle(100 * mebibyte);
  await choose(page, large);
  await reaches(page, large.name, 'done');
  const bars = await page.evaluate('window.bars');
  for (const values of Object.values(bars)) {
    assert.ok(new Set(values).size > 3, `too few values: ${values}`);
    assert.deepEqual(values, [...values].sort((one, other) => one - other));
  }
  assert.equal(bars.row.at(-1), 1);
  assert.deepEqual(await site.object(large.name), stored(large.buffer));
});

// Counts the open requests.
function watchRequests() {
  let open = 0;
  window.mostOpen = 0;
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function watched(body) {
    window.mostOpen = Math.max(window.mostOpen, ++open);
    this.addEventListener('readystatechange', () => {
      if (this.readyState === XMLHttpRequest.DONE) --open;
    });
    return send.call(this, body);
  };
}

behindEach('two of several files are sent at a time', {}, async ({ site, page, throttle }) => {
  const files = ['a', 'b', 'c', 'd', 'e'].map((name) => file(name, bytes(mebibyte / 4)));
  await page.evaluate(watchRequests);
  await throttle(mebibyte);
  await choose(page, ...files);
  for (const { name, buffer } of files) {
    await reaches(page, name, 'done');
    assert.deepEqual(await site.object(name), stored(buffer));
  }
  assert.equal(await page.evaluate('window.mostOpen'), 2);
});

behindEach('a file that is cancelled in the middle is not stored', {}, async ({ site, page, throttle }) => {
  const film = newFilm();
  await throttle(4 * mebibyte);
  await choose(page, film);
  await eventually(async () => (await site.upload()).busy, 'a worker is handling the upload');
  await row(page, film.name).locator('.cancel').click();
  await reaches(page, film.name, 'cancelled');
  await eventually(async () => {
    const { busy, spooled } = await site.upload();
    return !busy && spooled.length === 0;
  }, 'the worker is free, and nothing is left on disk');
  assert.equal(await site.object(film.name), null);

  await throttle(0);
  const next = file('next.txt');
  await choose(page, next);
  await reaches(page, next.name, 'done');
});

behindEach('the tab shows the progress', {}, async ({ site, page, throttle }) => {
  const icon = () => page.locator('link[rel=icon]').getAttribute('href');
  const title = await page.title();
  assert.equal(await icon(), 'icon.svg');
  const film = newFilm();
  await throttle(4 * mebibyte);
  await choose(page, film);
  await eventually(async () => /^[1-9]\d*% .*/.test(await page.title()), 'a percentage in the title');
  assert.match(await icon(), /^blob:/);
  await throttle(0);
  await reaches(page, film.name, 'done');
  await eventually(async () => (await page.title()).includes('1 file stored'), 'the end in the title');
  assert.notEqual(await page.title(), title);
  assert.match(await icon(), /^blob:/);
  assert.match(await part(page, 'summary').textContent(), /^1 file stored$/);
  assert.deepEqual(await site.object(film.name), stored(film.buffer));
});

behindEach('leaving the page during an upload asks first, and after it does not', {}, async ({ page, throttle }) => {
  const asked = [];
  page.on('dialog', async (dialog) => {
    asked.push(dialog.type());
    await dialog.dismiss();
  });
  const film = newFilm();
  await throttle(2 * mebibyte);
  await page.locator('h1').click();  // browsers ask only if the user has interacted with the page
  await choose(page, film);
  await reaches(page, film.name, 'sending');
  await page.close({ runBeforeUnload: true });
  await eventually(() => asked.length > 0, 'a question');
  assert.deepEqual(asked, ['beforeunload']);

  await throttle(0);
  await reaches(page, film.name, 'done');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
  assert.equal(asked.length, 1);
});

behindEach('two tabs upload at the same time', {}, async ({ site, page, open, throttle }) => {
  const other = await open();
  const pages = [page, other];
  const files = pages.map((_, index) => file(`tab-${index}.bin`, bytes(20 * mebibyte)));
  for (const tab of pages) await throttle(2 * mebibyte, tab);
  await Promise.all(pages.map((tab, index) => choose(tab, files[index])));
  await Promise.all(pages.map((tab, index) => reaches(tab, files[index].name, 'sending')));
  for (const tab of pages) await throttle(0, tab);
  for (const [index, { name, buffer }] of files.entries()) {
    await reaches(pages[index], name, 'done');
    assert.deepEqual(await site.object(name), stored(buffer));
  }
});
