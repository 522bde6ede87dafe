// Upload widgets for other pages, each with its recipe from WIDGETS.md.

import assert from 'node:assert/strict';

import { bytes, file, stored } from './support/files.mjs';
import { answered, behindEach } from './support/visit.mjs';
import { place } from './support/widgets.mjs';

const submitted = {
  upload: async (page, path) => {
    await page.locator('input[type=file]').setInputFiles(path);
    await page.getByRole('button', { name: 'Upload' }).click();
  },
  done: (page) => page.locator('output', { hasText: /^http/ }),
  failed: (page, reason) => page.locator('output', { hasText: reason }),
};

// How a user uploads with each, and where it shows the outcome.
const widgets = {
  fetch: submitted,
  axios: submitted,
  Uppy: {
    upload: async (page, path) => {
      await page.locator('.uppy-Dashboard-input').first().setInputFiles(path);
      await page.getByRole('button', { name: 'Upload 1 file' }).click();
    },
    done: (page) => page.locator('.uppy-StatusBar.is-complete'),
    failed: async (page, reason) => {
      await page.locator('.uppy-StatusBar-details').hover();
      return page.locator(`[aria-label*="${reason}"]`).first();
    },
    // Uppy logs the failure, and the Content-Security-Policy blocks images in its style sheet.
    told: [/^\[Uppy\] .* already exists/, /^Loading the image 'data:image\/svg/],
  },
  Dropzone: {
    upload: (page, path) => page.locator('.dz-hidden-input').setInputFiles(path),
    done: (page) => page.locator('.dz-preview.dz-success'),
    failed: (page, reason) => page.locator('.dz-preview.dz-error', { hasText: reason }),
  },
  FilePond: {
    upload: (page, path) => page.locator('.filepond--browser').setInputFiles(path),
    done: (page) => page.locator('[data-filepond-item-state="processing-complete"]'),
    failed: (page, reason) => page.locator('[data-filepond-item-state="processing-error"]', { hasText: reason }),
  },
};

const taken = 'already exists';

for (const [name, { upload, done, failed, told = [] }] of Object.entries(widgets)) {
  behindEach(`${name} stores a file, and shows why a file is refused`, { expected: [answered(409), ...told] },
    async ({ site, page, posts }) => {
      const address = await place(site, name);
      const large = file(`${name}.bin`, bytes(3e6));
      await page.goto(site.url + address);
      await upload(page, large.path);
      await done(page).waitFor();
      assert.deepEqual(await site.object(large.name), stored(large.buffer));

      await page.reload();
      await upload(page, large.path);
      await (await failed(page, taken)).waitFor();
      assert.equal(posts.length, 2);
    });
}
