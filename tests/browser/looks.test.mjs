// Checks how the page looks: against axe-core's rules, in German, from right to left, and on a narrow
// screen. Takes pictures of it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { artifact } from './support/artifacts.mjs';
import { bytes, file } from './support/files.mjs';
import { choose, eventually, part, reaches, row } from './support/page.mjs';
import { answered, behindEach } from './support/visit.mjs';

const mebibyte = 1024 * 1024;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// Not every version of Node.js loads a .js file as a module if no package.json says so.
const source = readFileSync(new URL('../../htdocs/texts.js', import.meta.url), 'utf8');
const { texts } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const lights = ['light', 'dark'];

// Checks light and dark colours. Takes a picture of each if `picture` names one.
async function checkLooks(page, picture) {
  for (const colorScheme of lights) {
    await page.emulateMedia({ colorScheme });
    if (picture) await page.screenshot({ path: artifact(`${picture}-${colorScheme}.png`), fullPage: true });
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate('axe.run()');
    const found = violations.map(({ id, nodes }) =>
      [id, colorScheme, ...nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`)]);
    assert.deepEqual(found, []);
    assert.ok(passes.length > 10, 'axe has checked something');
  }
}

// Brings rows into every state that lasts. The last file is still being sent.
async function fill(page, throttle) {
  const names = {
    done: file('A report with a name that is rather long for a row on a narrow screen.txt'),
    failed: file('taken.txt'),
    cancelled: file('cancelled.bin', bytes(40 * mebibyte)),
    sending: file('a_name_without_any_place_to_break_it_that_is_longer_than_a_narrow_screen.bin',
      bytes(80 * mebibyte)),
  };
  await choose(page, names.done, names.failed);
  await reaches(page, names.failed.name, 'done');
  await choose(page, names.failed);
  await reaches(page, names.failed.name, 'failed');
  await throttle(2 * mebibyte);  // the last file is still being sent during the checks
  await choose(page, names.cancelled);
  await row(page, names.cancelled.name).locator('.cancel').click();
  await choose(page, names.sending);
  const share = () => part(page, 'overall').evaluate((bar) => bar.value);
  await eventually(async () => await share() > 0.05, 'a part has been sent');
}

behindEach('the page is accessible in every state',
  { expected: [answered(409)] }, async ({ page, throttle }) => {
    await checkLooks(page, 'at-rest');
    const report = file('report.txt');
    await choose(page, report);
    await reaches(page, report.name, 'done');
    await page.getByText('1 file stored').waitFor();
    await checkLooks(page, 'done');
    await fill(page, throttle);
    await checkLooks(page, 'in-progress');
    await page.locator('#cancel_all').click();
    await page.locator('#overall').waitFor({ state: 'hidden' });
    await checkLooks(page, 'failed');
  });

// Submits the form as a browser without JavaScript does.
async function submit(page, content) {
  await Promise.all([page.waitForURL('**/upload'), page.evaluate((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], `answer-${Math.random()}.txt`));
    document.getElementById('files').files = transfer.files;
    document.getElementById('file_name').value = text === 'refused' ? '..' : '';
    document.getElementById('form').submit();
  }, content)]);
}

behindEach('the reply pages are accessible', { expected: [answered(400)] },
  async ({ site, page }) => {
    await submit(page, 'stored');
    await page.getByRole('heading', { name: 'Uploaded' }).waitFor();
    await checkLooks(page, 'answer-stored');
    await page.goto(site.url);
    await submit(page, 'refused');
    await page.getByRole('heading', { name: 'Not uploaded' }).waitFor();
    await checkLooks(page, 'answer-refused');
  });

behindEach('the page is in German for German browsers', { locale: 'de-DE' }, async ({ page }) => {
  const report = file('bericht.txt', bytes(1500));
  await choose(page, report);
  await reaches(page, report.name, 'done');
  assert.equal(await page.locator('html').getAttribute('lang'), 'de');
  assert.equal(await row(page, report.name).locator('.size').textContent(), '1,5 kB');
  assert.equal(await row(page, report.name).locator('.status').textContent(), texts.de.done);
  const unlike = await page.locator('[data-text]').evaluateAll((elements, german) =>
    elements.filter(({ dataset, textContent }) => textContent !== german[dataset.text])
      .map(({ dataset }) => dataset.text), texts.de);
  assert.deepEqual(unlike, []);
  await page.getByText('1 Datei gespeichert').waitFor();

  const names = (language) => Object.keys(language).sort();
  for (const language of Object.values(texts)) assert.deepEqual(names(language), names(texts.en));
});

for (const direction of ['ltr', 'rtl']) {
  behindEach(`the whole page fits a narrow screen, ${direction}`,
    { viewport: { width: 320, height: 640 }, expected: [answered(409)] },
    async ({ page, throttle }) => {
      await page.evaluate((value) => { document.documentElement.dir = value; }, direction);
      await fill(page, throttle);
      await page.screenshot({ path: artifact(`narrow-${direction}.png`), fullPage: true });
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      assert.ok(scrollWidth <= clientWidth, `${scrollWidth} pixels wide on a screen of ${clientWidth}`);
      await part(page, 'cancel_all').click();
    });
}
