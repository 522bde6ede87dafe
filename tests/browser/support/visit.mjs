// One case's visit to a site: a browser context with a page, and checks for faults that no case may
// cause.

import assert from 'node:assert/strict';
import test from 'node:test';

import { artifact } from './artifacts.mjs';
import { browser } from './browser.mjs';
import { fronts, siteFor } from './sites.mjs';

const only = new RegExp(process.env.ONLY ?? '');

let failures = 0;

class Visit {
  posts = [];  // requests with a form, in order
  #faults = [];
  #sessions = new Map();
  #expected;
  #logged;

  // `logged`: the length of the site's log before the case.
  constructor(site, context, expected, logged) {
    Object.assign(this, { site, context });
    this.#expected = expected;
    this.#logged = logged;
    context.on('request', (request) => this.#see(request));
    context.on('console', (message) => this.#hear(message));
    context.on('weberror', (error) => this.#faults.push(`uncaught: ${error.error()}`));
  }

  // Opens another tab. An arrow function, like throttle(), so that cases can use it without `this`.
  open = async (path = '') => {
    const page = await this.context.newPage();
    page.on('filechooser', () => {});  // so that the browser opens no chooser of its own
    await page.goto(this.site.url + path);
    return page;
  };

  // Limits the bytes per second that a tab can send, so that an upload lasts long enough to do
  // something in the middle. 0: no limit.
  throttle = async (rate, page = this.page) => {
    if (!this.#sessions.has(page)) this.#sessions.set(page, await this.context.newCDPSession(page));
    await this.#sessions.get(page).send('Network.enable');
    await this.#sessions.get(page).send('Network.emulateNetworkConditions', {
      offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: rate || -1,
    });
  };

  // Fails if the console showed an unexpected error (including violations of the
  // Content-Security-Policy), if an error was not caught, or if the page sent a request to another
  // site.
  checkFaults() {
    assert.deepEqual(this.#faults, []);
  }

  // For the report of a failed case: the faults, a picture and the site's log.
  async describe() {
    const picture = artifact(`failed-${++failures}.png`);
    await this.page?.screenshot({ path: picture }).catch(() => {});
    const log = (await this.site.log()).slice(this.#logged);
    return ['', ...this.#faults, `the page: ${picture}`, 'the log:', log].join('\n');
  }

  #see(request) {
    const url = request.url();
    if (request.method() === 'POST') this.posts.push(request);
    if (url.startsWith(this.site.url) || /^(blob|data):/.test(url)) return;
    this.#faults.push(`a request to ${url}`);
  }

  #hear(message) {
    if (!['error', 'warning'].includes(message.type())) return;
    const text = `${message.text()} (${message.location().url})`;
    if (this.#expected.some((pattern) => pattern.test(text))) return;
    this.#faults.push(`${message.type()}: ${text}`);
  }
}

export async function visit(site, { expected = [], path = '', ...options }, body) {
  const context = await (await browser()).newContext({ locale: 'en-GB', ...options });
  context.setDefaultTimeout(20000);
  let made;
  try {
    made = new Visit(site, context, expected, (await site.log()).length);
    made.page = await made.open(path);
    await body(made);
    made.checkFaults();
  } catch (error) {
    error.message += made ? await made.describe() : '';
    throw error;
  } finally {
    await context.close();
  }
}

// Defines a case behind each web server, if its name matches ONLY. `wants`: the site, see siteFor().
// `options`: those of the browser context; `path`: the page; `expected`: patterns of console messages
// that are part of the case.
export function behindEach(title, { wants, ...options }, body) {
  for (const [front, name] of Object.entries(fronts)) {
    const whole = `${title}, behind ${name}`;
    if (!only.test(whole)) continue;
    test(whole, { timeout: 90000 }, async () => {
      await visit(await siteFor(front, wants), options, body);
    });
  }
}

// The console message for a reply that is not 2xx.
export function answered(status) {
  return new RegExp(`^Failed to load resource: .* status of ${status} `);
}
