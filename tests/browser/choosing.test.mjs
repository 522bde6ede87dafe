// The ways in which users give files to the page.

import assert from 'node:assert/strict';
import { basename, dirname } from 'node:path';

import { bytes, file, fresh, onDisk, stored } from './support/files.mjs';
import { choose, drag, part, reaches, row } from './support/page.mjs';
import { behindEach } from './support/visit.mjs';

// Records the fields of each form that is sent, in order.
function watchForms() {
  window.forms = [];
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function watched(body) {
    window.forms.push([...body.keys()]);
    return send.call(this, body);
  };
}

behindEach('a chosen file is stored, and its address is shown', {}, async ({ site, page, posts }) => {
  const report = file('report.txt');
  await page.evaluate(watchForms);
  const chooser = page.waitForEvent('filechooser');
  await page.getByText('Choose files').click();
  await (await chooser).setFiles(report.path);
  await reaches(page, report.name, 'done');
  assert.deepEqual(await site.object(report.name), stored(report.buffer));

  const address = row(page, report.name).locator('.address');
  assert.match(await address.getAttribute('href'), new RegExp(`/${site.buckets[0]}/${report.name}$`));
  assert.equal(await row(page, report.name).locator('.copy').isVisible(), true);
  assert.equal(await part(page, 'bucket').isVisible(), false);

  assert.deepEqual(await page.evaluate('window.forms'), [['file_name', 'file_data']]);
  assert.equal(posts[0].headers().accept, 'application/json');
});

behindEach('dropped files are stored', {}, async ({ site, page }) => {
  const names = [fresh('left.bin'), fresh('right.bin')];
  const content = bytes(70000);
  await drag(page, names.map((name) => onDisk(name, content)));
  for (const name of names) {
    await reaches(page, name, 'done');
    assert.deepEqual(await site.object(name), stored(content));
  }
});

// Makes a folder with two files, one of them in a subfolder. Returns the folder's path.
function album() {
  const name = fresh('photos');
  onDisk(`${name}/below/b.txt`, 'b');
  return dirname(onDisk(`${name}/a.txt`, 'a'));
}

async function isStored(site, page, path) {
  for (const name of ['a', 'below/b']) {
    const key = `${basename(path)}/${name}.txt`;
    await reaches(page, key, 'done');
    assert.deepEqual(await site.object(key), stored(Buffer.from(basename(name))));
  }
}

behindEach('a chosen folder keeps its paths', {}, async ({ site, page }) => {
  const path = album();
  await part(page, 'folder').setInputFiles(path);
  await isStored(site, page, path);
});

behindEach('a dropped folder keeps its paths', {}, async ({ site, page }) => {
  const path = album();
  await drag(page, [path]);
  await isStored(site, page, path);
});

// The clipboard holds a PNG that the browser encoded, so its bytes are recorded when it is pasted.
behindEach('a pasted image is stored', {}, async ({ site, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(20, 10);
    canvas.getContext('2d').fillRect(2, 2, 9, 5);
    const image = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': image })]);
    window.addEventListener('paste', ({ clipboardData }) => {
      const [pasted] = clipboardData.files;
      window.pasted = pasted.arrayBuffer().then((bytes) => Array.from(new Uint8Array(bytes)));
    }, { capture: true });
  });
  await page.keyboard.press('Control+V');
  const name = page.locator('[data-state=done] .name');
  await name.waitFor();
  const key = await name.textContent();
  assert.match(key, /^pasted-.*\.png$/);
  assert.deepEqual(await site.object(key), stored(Buffer.from(await page.evaluate('window.pasted'))));
});

behindEach('a name is shown as text, whatever it contains', {}, async ({ site, page }) => {
  const hostile = file('<img src=x onerror=alert(1)>.txt');
  await choose(page, hostile);
  await reaches(page, hostile.name, 'done');
  assert.equal(await row(page, hostile.name).locator('.name').textContent(), hostile.name);
  assert.equal(await row(page, hostile.name).locator('.name *').count(), 0);
  assert.deepEqual(await site.object(hostile.name), stored(hostile.buffer));
});

behindEach('a file is stored in the chosen one of several buckets', { wants: { buckets: 2 } },
  async ({ site, page }) => {
    const [first, second] = site.buckets;
    const report = file('report.txt');
    await page.evaluate(watchForms);
    await part(page, 'bucket').selectOption(second);
    await choose(page, report);
    await reaches(page, report.name, 'done');
    assert.deepEqual((await page.evaluate('window.forms'))[0].slice(-1), ['file_data']);
    assert.deepEqual(await site.object(report.name, second), stored(report.buffer));
    assert.equal(await site.object(report.name, first), null);
  });
