// What happens to uploads that fail.

import assert from 'node:assert/strict';

import { bytes, file, namedLike, stored } from './support/files.mjs';
import { choose, part, reaches, row } from './support/page.mjs';
import { answered, behindEach } from './support/visit.mjs';

const mebibyte = 1024 * 1024;
const cuttable = { line: true, settings: ['UPLOAD_RETRIES=1'] };

// Uses the page's real waits between tries, so that the store is back before they end.
behindEach('a file is tried again while the store is down, until it is stored',
  { wants: cuttable, expected: [answered(502)] }, async ({ site, page, posts }) => {
    const report = file('report.txt');
    await site.store('refuse');
    await choose(page, report);
    await reaches(page, report.name, 'pausing');
    assert.match(await row(page, report.name).locator('.status').textContent(), /S3 .*try 2 of 5/s);
    await site.store('listen');
    await reaches(page, report.name, 'done');
    assert.deepEqual(await site.object(report.name), stored(report.buffer));
    assert.ok(posts.length > 1);
  });

behindEach('a file that keeps failing is reported as failed, and tried again when the user asks',
  { wants: { ...cuttable, hurried: true }, expected: [answered(502)] },
  async ({ site, page, posts }) => {
    const report = file('report.txt');
    await site.store('refuse');
    await choose(page, report);
    await reaches(page, report.name, 'failed');
    assert.equal(posts.length, 5);
    assert.match(await row(page, report.name).locator('.status').textContent(), /Request [0-9a-f]{16}/);
    assert.equal(await site.object(report.name), null);
    await site.store('listen');
    await row(page, report.name).locator('.retry').click();
    await reaches(page, report.name, 'done');
    assert.deepEqual(await site.object(report.name), stored(report.buffer));
  });

behindEach("an existing name is refused with the server's reason, and a new name is stored",
  { expected: [answered(409)] }, async ({ site, page, posts }) => {
    const report = file('report.txt');
    await choose(page, report);
    await reaches(page, report.name, 'done');
    await page.reload();

    await choose(page, namedLike(report, 'another report'));
    await reaches(page, report.name, 'failed');
    const failed = row(page, report.name);
    const reason = await failed.locator('.status').textContent();
    assert.match(reason, /An object with this name already exists\./);
    assert.equal(posts.length, 2);
    assert.deepEqual(await site.object(report.name), stored(report.buffer));

    const renamed = `new-${report.name}`;
    await failed.getByLabel('Name').fill(renamed);
    await failed.locator('.retry').click();
    await reaches(page, renamed, 'done');
    assert.deepEqual(await site.object(renamed), stored(Buffer.from('another report')));
  });

const limited = { settings: ['UPLOAD_MAX_SIZE=1M', 'UPLOAD_TYPES=image/*'] };

behindEach('a file that the server would refuse is not sent', { wants: limited },
  async ({ site, page, posts }) => {
    await part(page, 'limits').filter({ hasText: 'image/*' }).waitFor();
    const large = file('large.png', bytes(2 * mebibyte));
    const wrong = file('letter.txt');
    const right = file('right.png', bytes(1000));
    await choose(page, large, wrong);
    await reaches(page, large.name, 'failed');
    await reaches(page, wrong.name, 'failed');
    assert.match(await row(page, large.name).locator('.status').textContent(), /Too large/);
    assert.match(await row(page, wrong.name).locator('.status').textContent(), /text\/plain/);
    assert.equal(posts.length, 0);

    await choose(page, right);
    await reaches(page, right.name, 'done');
    assert.deepEqual(await site.keys(), [right.name]);
    assert.equal(posts.length, 1);
  });

behindEach('an upload waits while offline, and continues when the connection is back',
  { expected: [/net::ERR_INTERNET_DISCONNECTED/] },
  async ({ site, page, context, posts }) => {
    const report = file('report.txt');
    await part(page, 'limits').filter({ hasText: 'Up to' }).waitFor();
    await context.setOffline(true);
    await choose(page, report);
    await reaches(page, report.name, 'pausing');
    assert.match(await row(page, report.name).locator('.status').textContent(), /offline/);
    assert.equal(posts.length, 1);
    await context.setOffline(false);
    await reaches(page, report.name, 'done');
    assert.deepEqual(await site.object(report.name), stored(report.buffer));
  });

behindEach('if two tabs upload a file of the same name, one of them fails', { expected: [answered(409)] },
  async ({ site, page, open }) => {
    const pages = [page, await open()];
    const report = file('report.txt');
    const files = ['one', 'other'].map((text) => namedLike(report, text));
    await Promise.all(pages.map((tab, index) => choose(tab, files[index])));
    const states = await Promise.all(pages.map(async (tab) => {
      const ended = row(tab, report.name).and(tab.locator('[data-state=done], [data-state=failed]'));
      return ended.getAttribute('data-state');
    }));
    assert.deepEqual([...states].sort(), ['done', 'failed']);
    assert.deepEqual(await site.object(report.name), stored(files[states.indexOf('done')].buffer));
  });
