// One Chromium for all cases. Each case has its own context, with its own cookies and caches.

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after } from 'node:test';

import { chromium } from 'playwright-core';

function executable() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const folder of process.env.PATH.split(delimiter)) {
    const path = join(folder, 'chromium');
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Try the next folder.
    }
  }
  throw new Error('no chromium in PATH; set CHROMIUM to the path of one');
}

// process.exit() ends the browser and closes the pipe to keep_site; the default action of a signal
// does not.
for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) {
  process.on(signal, () => process.exit(128 + number));
}

// Chromium's sandbox does not run as root, and needs user namespaces, which containers may lack.
function sandboxed() {
  return process.getuid() !== 0 && spawnSync('unshare', ['--user', 'true']).status === 0;
}

let launched;

export function browser() {
  launched ??= chromium.launch({
    executablePath: executable(),
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    chromiumSandbox: sandboxed(),
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  return launched;
}

after(async () => {
  if (launched) await (await launched).close();
});
