// All cases in one process, so that they share the store, the sites and the browser.

import { readdirSync } from 'node:fs';

const here = new URL('.', import.meta.url);
for (const name of readdirSync(here).filter((file) => file.endsWith('.test.mjs')).sort()) {
  await import(new URL(name, here));
}
