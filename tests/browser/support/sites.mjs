// The sites that the cases visit. A site is started when it is first used, and shared by all cases
// that need the same kind of site.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { ask } from './keeper.mjs';

export const fronts = { lighttpd_fastcgi: 'lighttpd', proxy_fcgi: 'Apache' };

class Site {
  constructor({ site, url, htdocs, buckets }) {
    Object.assign(this, { number: site, url, htdocs, buckets });
  }

  // Returns {size, sha256}, or null if there is no such object.
  async object(key, bucket = this.buckets[0]) {
    return (await ask({ object: key, bucket })).object;
  }

  async keys(bucket = this.buckets[0]) {
    return (await ask({ keys: bucket })).keys;
  }

  // Returns {busy, spooled}: whether a worker has an upload, and what is kept on disk.
  async upload() {
    return (await ask({ upload: this.number })).upload;
  }

  // Only for a site with a line. `what`: 'refuse' or 'listen'.
  async store(what) {
    await ask({ site: this.number, line: what });
  }

  async log() {
    return (await ask({ log: this.number })).log;
  }
}

// Changes the page's form so that the page waits less before it tries again.
async function hurry(site) {
  const page = join(site.htdocs, 'index.html');
  const html = await readFile(page, 'utf8');
  const hurried = html.replace(/data-wait="[^"]*"/, 'data-wait="0.05"');
  if (hurried === html) throw new Error('the form has no data-wait');
  await writeFile(page, hurried);
}

const started = new Map();

// `wants`: settings, buckets and line as in keep_site.cpp; hurried: see hurry().
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
