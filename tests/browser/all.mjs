// Runs all cases in one process, so that they share the store, the sites and the browser.

import { readdirSync } from 'node:fs';

const here = new URL('.', import.meta.url);
for (const name of readdirSync(here).filter((file) => file.endsWith('.test.mjs')).sort()) {
  try {
    await import(new URL(name, here));
  } catch (error) {  // Node.js would report it only as a failed case, and not in all versions
    console.error(error);
    process.exit(1);
  }
}
