// The upload of one file. It is tried until the file is stored, refused or cancelled.
//
// `state` is one of
//   waiting    waiting for its turn
//   sending    being sent: `loaded` of `file.size` bytes so far
//   storing    sent completely, waiting for the reply
//   pausing    will be tried again automatically, `seconds` after `since`, or when online again
//   done       stored; `address` is the object's address
//   failed     `reason` says why, and `fromServer` whether that text is the server's; `status`,
//              `requestId` and S3's `code` are those of the reply, if there was one; `refused` means
//              refused by the page before it was sent
//   cancelled
// `perhapsOurs`: a try was sent completely but its outcome is unknown, so the file may be stored.
// Events: 'state' after each change of `state`, 'progress' while bytes are sent.

import { Rate } from './rate.js';
import { say } from './words.js';
import { send } from './transfer.js';

// Replies that may be different a moment later.
const passing = [502, 503, 504];
// Replies after which S3 may still have the file.
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

  // `how`: {address, bucket, tries, wait}. `name`: the name for the object.
  constructor(file, name, how) {
    super();
    this.file = file;
    this.name = name;
    this.how = how;
  }

  get over() {
    return ['done', 'failed', 'cancelled'].includes(this.state);
  }

  // Whether it has failed and can be tried again.
  get repeatable() {
    return this.state === 'failed' && !this.refused;
  }

  // Bytes per second.
  get rate() {
    return this.#rate.value;
  }

  // Tries once to send it.
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
    // Meanwhile it may have been cancelled, and even started again.
    if (!abort.signal.aborted) await this.#settle(answer, abort.signal);
  }

  cancel() {
    clearTimeout(this.#timer);
    this.perhapsOurs ||= this.state === 'storing';
    this.#become('cancelled');
    this.#abort?.abort();
  }

  // The user asked for it: start again, with all tries.
  retry() {
    this.tries = 0;
    this.#wait();
  }

  // What happened under the old name says nothing about the new one.
  rename(name) {
    this.name = name;
    this.perhapsOurs = false;
  }

  refuse(reason) {
    this.refused = true;
    this.#fail(reason);
  }

  // The connection is back: a pausing upload need not wait any longer.
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
      // If S3 gave an error code, trying again would not help.
      if (passing.includes(status) && !code) this.#pause(answer.retryAfter);
      else this.#fail(reason);
    }
  }

  // Browsers report a network error for a file that was changed or removed.
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

  // The wait doubles with each try and is random, so that failed uploads do not all return at once.
  #pause(atLeast) {
    if (this.tries >= this.how.tries) return this.#fail(this.reason);
    const wait = this.how.wait * 2 ** (this.tries - 1) * (0.75 + Math.random() / 2);
    this.seconds = Math.max(wait, atLeast);
    this.since = performance.now();
    // While offline, waiting does not help; hurry() ends the pause.
    this.offline = navigator.onLine === false;
    if (!this.offline) this.#timer = setTimeout(() => this.#wait(), 1000 * this.seconds);
    else --this.tries;
    this.#become('pausing');
  }
}
