// One file on its way: tried until it is stored, refused or cancelled.
//
// `state` is one of
//   waiting    for its turn
//   sending    bytes are going; `loaded` of `file.size`
//   storing    all have gone, the answer is awaited
//   pausing    it will be tried again by itself, in `seconds` from `since`, or when online
//   done       stored; `address` is the object's
//   failed     `reason` says why, `fromServer` whether in its words; `status`, `requestId` and
//              S3's `code` are the answer's, if there was one; `refused`: before it was sent
//   cancelled
// `perhapsOurs`: nobody has said what became of a try that had been sent whole: it may be stored.
// Events: 'state' after each change of it, 'progress' while bytes go.

import { Rate } from './rate.js';
import { say } from './words.js';
import { send } from './transfer.js';

// Answers that may be others a moment later; and no answer at all.
const passing = [502, 503, 504];
// Those after which S3 may have the file all the same.
const unsure = [502, 504];

export class Upload extends EventTarget {
  state = 'waiting';
  loaded = 0;
  tries = 0;
  reason = '';
  refused = false;
  perhapsOurs = false;

  #abort = null;
  #timer = 0;
  #rate = new Rate();

  // `how`: {address, bucket, tries, wait}; `name`: what the object is to be called.
  constructor(file, name, how) {
    super();
    this.file = file;
    this.name = name;
    this.how = how;
  }

  get over() {
    return ['done', 'failed', 'cancelled'].includes(this.state);
  }

  // Failed, and may be tried again.
  get repeatable() {
    return this.state === 'failed' && !this.refused;
  }

  // Bytes a second.
  get rate() {
    return this.#rate.value;
  }

  // Sends it, once.
  async start() {
    ++this.tries;
    const abort = new AbortController();
    this.#abort = abort;
    this.loaded = 0;
    this.#rate = new Rate();
    this.#become('sending');
    const fields = { file_name: this.name, ...(this.how.bucket && { bucket: this.how.bucket }) };
    const answer = await send(this.how.address, fields, this.file, {
      onProgress: (loaded) => this.#progress(loaded),
      onSent: () => {
        this.#progress(this.file.size);
        this.#become('storing');
      },
      signal: abort.signal,
    });
    // By then it may have been cancelled, and even begun again.
    if (!abort.signal.aborted) await this.#settle(answer, abort.signal);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.perhapsOurs ||= this.state === 'storing';
    this.#become('cancelled');
    this.#abort?.abort();
  }

  // By hand: from the start, with all its tries.
  retry() {
    this.tries = 0;
    this.#wait();
  }

  // Whatever the old name's fate was, it is not this one's.
  rename(name) {
    this.name = name;
    this.perhapsOurs = false;
  }

  refuse(reason) {
    this.refused = true;
    this.#fail(reason);
  }

  // The connection is back: what pauses need not wait any longer.
  hurry() {
    if (this.state === 'pausing') this.#wait();
  }

  #wait() {
    clearTimeout(this.#timer);
    this.loaded = 0;
    this.#become('waiting');
  }

  #become(state) {
    this.state = state;
    this.dispatchEvent(new Event('state'));
  }

  #progress(loaded) {
    this.loaded = Math.min(loaded, this.file.size);
    this.#rate.add(this.loaded);
    this.dispatchEvent(new Event('progress'));
  }

  async #settle(answer, signal) {
    const { status = 0, code = '', requestId = '', fromServer = false, reason = '' } = answer;
    Object.assign(this, { status, code, requestId, fromServer, reason });
    if (answer.kind === 'stored') {
      this.address = answer.url;
      this.loaded = this.file.size;
      this.#become('done');
    } else if (answer.kind === 'broken') {
      this.perhapsOurs ||= answer.sent;
      this.reason = say('broken');
      const readable = await this.#readable();
      if (signal.aborted) return;
      if (readable) this.#pause(0);
      else this.#fail(say('unreadable'));
    } else {
      this.perhapsOurs ||= unsure.includes(status);
      // Where S3 gave a code of its own, it has made up its mind.
      if (passing.includes(status) && !code) this.#pause(answer.retryAfter);
      else this.#fail(reason);
    }
  }

  // A browser says of a file that was changed or removed that the network failed.
  async #readable() {
    try {
      await this.file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  #fail(reason) {
    this.reason = reason;
    this.#become('failed');
  }

  // Doubled with each try, and spread, so that not all who failed come back together.
  #pause(atLeast) {
    if (this.tries >= this.how.tries) return this.#fail(this.reason);
    const wait = this.how.wait * 2 ** (this.tries - 1) * (0.75 + Math.random() / 2);
    this.seconds = Math.max(wait, atLeast);
    this.since = performance.now();
    // Offline, time alone does not help: hurry() will.
    this.offline = navigator.onLine === false;
    if (!this.offline) this.#timer = setTimeout(() => this.#wait(), 1000 * this.seconds);
    else --this.tries;
    this.#become('pausing');
  }
}
