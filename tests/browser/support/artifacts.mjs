// Files that the tests leave for people to look at, in build/browser.

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './keeper.mjs';

const folder = join(root, 'build/browser');

let emptied = false;

// Returns the path for a file of that name. The first call removes the files of earlier runs.
export function artifact(name) {
  if (!emptied) rmSync(folder, { recursive: true, force: true });
  emptied = true;
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
