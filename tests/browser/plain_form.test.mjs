// The page without JavaScript: a form, and the server's reply as a page.

import assert from 'node:assert/strict';

import { file, stored } from './support/files.mjs';
import { choose } from './support/page.mjs';
import { answered, behindEach } from './support/visit.mjs';

const plain = { javaScriptEnabled: false };

async function send(page, files, name = '') {
  await choose(page, ...files);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Upload' }).click();
}

behindEach('without JavaScript the form uploads, and its reply links back', plain,
  async ({ site, page }) => {
    const files = [file('one.txt'), file('two & three.txt')];
    await send(page, files);
    await page.getByRole('heading', { name: 'Uploaded' }).waitFor();
    for (const { name, buffer } of files) {
      assert.deepEqual(await site.object(name), stored(buffer));
      const told = page.locator('.row', { hasText: name });
      const address = await told.getByRole('link').getAttribute('href');
      assert.ok(address.endsWith(`/${site.buckets[0]}/${encodeURIComponent(name)}`), address);
    }
    await page.getByRole('link', { name: 'Upload another file' }).click();
    await page.locator('#form').waitFor();
    assert.equal(page.url(), site.url);
  });

behindEach('without JavaScript an existing name is refused, and the next file is stored',
  { ...plain, expected: [answered(409)] }, async ({ site, page }) => {
    const [first, second] = [file('one.txt'), file('two.txt')];
    await send(page, [first]);
    await page.getByRole('link', { name: 'Upload another file' }).click();
    await send(page, [second], first.name);
    await page.getByRole('heading', { name: 'Not uploaded' }).waitFor();
    assert.match(await page.getByRole('alert').textContent(), /already exists/);
    await page.getByRole('link', { name: 'Back to the form' }).click();
    await send(page, [second]);
    await page.getByRole('heading', { name: 'Uploaded' }).waitFor();
    assert.deepEqual(await site.object(first.name), stored(first.buffer));
    assert.deepEqual(await site.object(second.name), stored(second.buffer));
  });

behindEach('opening /upload leads to the page', { path: 'upload' }, async ({ site, page }) => {
  assert.equal(page.url(), site.url);
  await page.locator('#drop').waitFor();
});
