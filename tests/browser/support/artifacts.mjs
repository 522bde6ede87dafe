// What the tests leave for people to look at, in build/browser.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './keeper.mjs';

const folder = join(root, 'build/browser');

let emptied = false;

// The path for one of that name. Those of an earlier run are gone.
export function artifact(name) {
  if (!emptied) rmSync(folder, { recursive: true, force: true });
  emptied = true;
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
