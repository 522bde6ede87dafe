// One Chromium for all cases; each has a context, with cookies and caches, of its own.

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
      // The next folder may have it.
    }
  }
  throw new Error('no chromium in PATH; name one with CHROMIUM=');
}

// An exit ends the browser, and the pipe to keep_site; a signal's own way to end a process does not.
for (const [signal, number] of [['SIGINT', 2], ['SIGTERM', 15], ['SIGHUP', 1]]) {
  process.on(signal, () => process.exit(128 + number));
}

// Chromium's sandbox does not take root, and needs user namespaces, which a container may not have.
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
