// Double clicks, lost replies, and servers that send something unexpected.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { bytes, file, folderOnDisk, fresh, stored } from './support/files.mjs';
import { choose, drag, eventually, part, reaches, row } from './support/page.mjs';
import { answered, behindEach } from './support/visit.mjs';

const mebibyte = 1024 * 1024;
const hurried = { hurried: true };

const status = (page, name) => row(page, name).locator('.status').textContent();

behindEach('a double click on Cancel cancels', {}, async ({ page, posts, throttle }) => {
  const film = file('film.bin', bytes(8 * mebibyte));
  await throttle(mebibyte);
  await choose(page, film);
  await reaches(page, film.name, 'sending');
  await row(page, film.name).locator('.cancel').dblclick();
  await reaches(page, film.name, 'cancelled');
  await row(page, film.name).press('Enter');
  assert.equal(await row(page, film.name).getAttribute('data-state'), 'cancelled');
  assert.equal(posts.length, 1);
});

// A store that accepts connections and never responds.
const silent = createServer((socket) => socket.on('error', () => {}).unref()).listen(0, '127.0.0.1');
await once(silent, 'listening');
silent.unref();
const speechless = [`AWS_ENDPOINT_URL_S3=http://127.0.0.1:${silent.address().port}`, 'UPLOAD_TIMEOUT=2'];

behindEach('a file cancelled after it was sent completely is reported as possibly stored',
  { wants: { settings: speechless } }, async ({ page }) => {
    const report = file('report.txt');
    await choose(page, report);
    await reaches(page, report.name, 'storing');
    await row(page, report.name).locator('.cancel').click();
    await reaches(page, report.name, 'cancelled');
    assert.match(await status(page, report.name), /may be stored/);
  });

behindEach('a file that was stored despite a reply of 504 is recognised',
  { wants: hurried, expected: [answered(504), answered(409)] }, async ({ site, page }) => {
    const report = file('report.txt');
    await page.route('**/upload', async (route) => {
      if (route.request().method() !== 'POST' || (await site.object(report.name))) return route.fallback();
      await route.fetch();
      return route.fulfill({ status: 504, json: { detail: 'S3 did not respond in time.', request_id: 'a1' } });
    });
    await choose(page, report);
    await reaches(page, report.name, 'failed');
    assert.match(await status(page, report.name), /already exists.*this very file/s);
    const other = `other-${report.name}`;
    await row(page, report.name).getByLabel('Name').fill(other);
    await row(page, report.name).getByLabel('Name').press('Enter');
    await reaches(page, other, 'done');
  });

behindEach('all failed files are tried again under their new names',
  { expected: [answered(409)] }, async ({ site, page }) => {
    const report = file('report.txt');
    await choose(page, report);
    await reaches(page, report.name, 'done');
    await part(page, 'clear').click();
    await choose(page, report);
    await reaches(page, report.name, 'failed');
    const renamed = `renamed-${report.name}`;
    await row(page, report.name).getByLabel('Name').fill(renamed);
    await part(page, 'retry_all').click();
    await reaches(page, renamed, 'done');
    assert.deepEqual(await site.object(renamed), stored(report.buffer));
  });

const limited = { settings: ['UPLOAD_MAX_SIZE=1M', 'UPLOAD_TYPES=image/*'] };

behindEach('a refusal before sending is announced to screen readers', { wants: limited }, async ({ page }) => {
  const wrong = file('letter.txt');
  await part(page, 'limits').filter({ hasText: 'image/*' }).waitFor();
  await choose(page, wrong);
  await part(page, 'announce').filter({ hasText: 'text/plain are not allowed' }).waitFor({ state: 'attached' });
});

behindEach('many files are summarised for screen readers', {}, async ({ page }) => {
  await page.evaluate(() => {
    window.said = [];
    new MutationObserver(() => window.said.push(document.getElementById('announce').textContent))
      .observe(document.getElementById('announce'), { childList: true });
  });
  const files = Array.from({ length: 40 }, (_, index) => file(`many-${index}.txt`));
  await choose(page, ...files);
  await part(page, 'announce').filter({ hasText: '40 files stored' }).waitFor({ state: 'attached' });
  const said = await page.evaluate('window.said');
  assert.ok(said.length < files.length, said.join('\n'));
});

behindEach('the focus stays on the page when the list is cleared', {}, async ({ page }) => {
  const report = file('report.txt');
  await choose(page, report);
  await reaches(page, report.name, 'done');
  await part(page, 'clear').waitFor();
  await part(page, 'clear').press('Enter');
  await part(page, 'uploads').waitFor({ state: 'hidden' });
  await eventually(() => page.evaluate(() => document.activeElement.id === 'files'), 'the focus is on the file field');
});

behindEach('if the limits cannot be read, uploads still work, and the page asks again', {},
  async ({ site, page }) => {
    await page.route('**/upload', (route) => (route.request().method() === 'GET' ?
      route.fulfill({ status: 200, contentType: 'text/html', body: '<p>Sign in</p>' }) : route.fallback()));
    await page.reload();
    await part(page, 'notice').filter({ hasText: 'cannot accept uploads right now' }).waitFor();
    const report = file('report.txt');
    await choose(page, report);
    await reaches(page, report.name, 'done');
    assert.deepEqual(await site.object(report.name), stored(report.buffer));
    await page.unroute('**/upload');
    await part(page, 'limits').filter({ hasText: 'Up to' }).waitFor();
    await part(page, 'notice').waitFor({ state: 'hidden' });
  });

behindEach('a drop without files says so', {}, async ({ page }) => {
  await drag(page, [folderOnDisk(fresh('empty'))]);
  await part(page, 'notice').filter({ hasText: 'no files' }).waitFor();
});

behindEach('an image is shown in its row', {}, async ({ page }) => {
  const dot = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const image = { ...file('dot.png', Buffer.from(dot, 'base64')), mimeType: 'image/png' };
  await choose(page, image);
  await row(page, image.name).locator('canvas.picture').waitFor();
});

behindEach('progress is visible in forced colours', { forcedColors: 'active' }, async ({ page, throttle }) => {
  const film = file('film.bin', bytes(8 * mebibyte));
  await throttle(mebibyte);
  await choose(page, film);
  await reaches(page, film.name, 'sending');
  const bar = row(page, film.name).locator('progress');
  const pictures = [];
  for (const share of [0.5, 0]) {
    await bar.evaluate((element, value) => { element.value = value * element.max; }, share);
    pictures.push(await bar.screenshot());
  }
  assert.ok(!pictures[0].equals(pictures[1]));
});
