// The sites that are visited: started with their first use, and shared by all cases that want the
// same of one.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ask } from './keeper.mjs';

export const fronts = { lighttpd_fastcgi: 'lighttpd', proxy_fcgi: 'Apache' };

class Site {
  constructor({ site, url, htdocs, buckets }) {
    Object.assign(this, { number: site, url, htdocs, buckets });
  }

  // {size, sha256}, or null where there is no such object.
  async object(key, bucket = this.buckets[0]) {
    return (await ask({ object: key, bucket })).object;
  }

  async keys(bucket = this.buckets[0]) {
    return (await ask({ keys: bucket })).keys;
  }

  // {busy, spooled}: what workers and web server have in hand.
  async upload() {
    return (await ask({ upload: this.number })).upload;
  }

  // For a site with a line: 'refuse' or 'listen'.
  async store(what) {
    await ask({ site: this.number, line: what });
  }

  async log() {
    return (await ask({ log: this.number })).log;
  }
}

// What the page is told on its form, so that it waits less before it tries again.
async function hurry(site) {
  const page = join(site.htdocs, 'index.html');
  const html = await readFile(page, 'utf8');
  const hurried = html.replace(/data-wait="[^"]*"/, 'data-wait="0.05"');
  if (hurried === html) throw new Error('the form has no data-wait');
  await writeFile(page, hurried);
}

const started = new Map();

// `wants`: settings, buckets, line, as keep_site takes them; hurried: see above.
export function siteFor(front, { hurried = false, ...wants } = {}) {
  const name = JSON.stringify([front, hurried, wants]);
  if (!started.has(name)) {
    started.set(name, (async () => {
      const site = new Site(await ask({ start: front, ...wants }));
      if (hurried) await hurry(site);
      return site;
    })());
  }
  return started.get(name);
}
