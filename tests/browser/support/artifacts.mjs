// What the tests leave for people to look at, in build/browser.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './keeper.mjs';

const folder = join(root, 'build/browser');

// The path for one of that name.
export function artifact(name) {
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
