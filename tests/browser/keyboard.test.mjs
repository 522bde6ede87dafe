// The page works with the keyboard alone.

import assert from 'node:assert/strict';

import { bytes, file, stored } from './support/files.mjs';
import { choose, eventually, reaches, row } from './support/page.mjs';
import { behindEach } from './support/visit.mjs';

const mebibyte = 1024 * 1024;

// Presses Tab until the element has the focus, at most once around the page.
async function tabTo(page, locator) {
  const isThere = () => locator.evaluate((element) => element === document.activeElement);
  for (let steps = 0; steps < 40 && !(await isThere()); ++steps) await page.keyboard.press('Tab');
  assert.ok(await isThere(), 'Tab never reaches it');
}

function holdsFocus(locator) {
  return locator.evaluate((element) => element.contains(document.activeElement));
}

async function chooseWith(key, page, chosen) {
  await tabTo(page, page.locator('#files'));
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press(key);
  await (await chooser).setFiles(chosen.path);
}

behindEach('the keyboard is enough to cancel an upload and to start another', {},
  async ({ site, page, throttle }) => {
    const film = file('film.bin', bytes(40 * mebibyte));
    await throttle(mebibyte);
    await chooseWith('Enter', page, film);
    await reaches(page, film.name, 'sending');
    await tabTo(page, row(page, film.name).locator('.cancel'));
    await page.keyboard.press('Enter');
    await reaches(page, film.name, 'cancelled');
    assert.ok(await holdsFocus(row(page, film.name)), 'the focus stays in the row');

    await throttle(0);
    const report = file('report.txt');
    await chooseWith('Space', page, report);
    await reaches(page, report.name, 'done');
    assert.deepEqual(await site.object(report.name), stored(report.buffer));

    await tabTo(page, row(page, film.name).locator('.retry'));
    await page.keyboard.press('Space');
    await reaches(page, film.name, 'done');
    assert.deepEqual(await site.object(film.name), stored(film.buffer));
    await tabTo(page, row(page, film.name).locator('.address'));
  });

behindEach('the outcome of an upload is announced to screen readers', {}, async ({ page }) => {
  const report = file('report.txt');
  await page.evaluate(() => {
    window.said = [];
    const region = document.getElementById('announce');
    new MutationObserver(() => window.said.push(region.textContent)).observe(region, { childList: true });
  });
  assert.equal(await page.locator('#announce').getAttribute('aria-live'), 'polite');
  await choose(page, report);
  await reaches(page, report.name, 'done');
  const said = () => page.evaluate('window.said');
  await eventually(async () => (await said()).some((text) => text.includes(`${report.name} is stored`)),
    'the end is announced');
});
