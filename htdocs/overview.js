// Shows all uploads together: progress bar, summary, the tab's title and icon, and announcements for
// screen readers. Asks for confirmation before the page is left during an upload.

import * as figures from './figures.js';
import { Rate } from './rate.js';
import { say } from './words.js';

const ring = 2 * Math.PI * 12;
const colours = { sending: '#1d5fbf', done: '#1a7f37', failed: '#c0262d' };
const marks = { sending: 'M16 22V11m-5 5 5-5 5 5', done: 'M10 16.5l4.5 4.5L22 12', failed: 'M11 11l10 10m0-10L11 21' };

function drawnIcon(kind, share) {
  const colour = colours[kind];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none">
    <circle cx="16" cy="16" r="15" fill="#fff"/>
    <circle cx="16" cy="16" r="12" stroke="${colour}" stroke-opacity=".25" stroke-width="5"/>
    <circle cx="16" cy="16" r="12" stroke="${colour}" stroke-width="5" transform="rotate(-90 16 16)"
      stroke-dasharray="${(share * ring).toFixed(1)} ${ring.toFixed(1)}"/>
    <path d="${marks[kind]}" stroke="${colour}" stroke-width="3"/></svg>`;
}

// Changes in steps of a twentieth; otherwise the browser would load a new icon with every event.
class TabIcon {
  #link = document.querySelector('link[rel=icon]');
  #own = this.#link.href;
  #shown = '';

  show(kind, share) {
    const twentieths = Math.floor(share * 20) / 20;
    const wanted = kind ? `${kind} ${twentieths}` : '';
    if (wanted === this.#shown) return;
    this.#shown = wanted;
    if (this.#link.href !== this.#own) URL.revokeObjectURL(this.#link.href);
    const picture = () => new Blob([drawnIcon(kind, twentieths)], { type: 'image/svg+xml' });
    this.#link.href = kind ? URL.createObjectURL(picture()) : this.#own;
  }
}

const every = 250;  // milliseconds between two updates of the overview
const apart = 800;  // milliseconds during which announcements are collected
const mostSaid = 3;  // announcements at once; more are summarised

export class Overview {
  #elements = Object.fromEntries(['uploads', 'summary', 'overall', 'announce', 'cancel_all',
    'retry_all', 'clear'].map((id) => [id, document.getElementById(id)]));
  #icon = new TabIcon();
  #timer = 0;
  #rate = new Rate();
  #halfSaid = false;
  #running = false;
  #unsaid = new Set();

  constructor(queue) {
    this.queue = queue;
    for (const name of ['added', 'removed', 'state', 'progress']) {
      queue.addEventListener(name, () => this.#soon());
    }
    for (const name of ['added', 'state']) {
      queue.addEventListener(name, (event) => this.#tellState(event.detail));
    }
    document.addEventListener('announce', (event) => this.say(event.detail));
    window.addEventListener('beforeunload', (event) => {
      if (queue.uploads.some((upload) => !upload.over)) event.preventDefault();
    });
  }

  // Announces text to screen readers. Announcements within a short time are combined, without
  // repetitions.
  say(words) {
    if (this.#unsaid.size === 0) setTimeout(() => this.#speak(), apart);
    this.#unsaid.add(words);
  }

  #speak() {
    const words = [...this.#unsaid];
    this.#unsaid.clear();
    const { announce, summary } = this.#elements;
    announce.textContent = words.length > mostSaid ? `${words[0]} ${summary.textContent}` : words.join(' ');
  }

  #tellState(upload) {
    const { name, state } = upload;
    if (state === 'done') this.say(say('said_done', { name }));
    if (state === 'failed') this.say(say('said_failed', { name, reason: upload.reason }));
    if (state === 'pausing') {
      this.say(upload.offline ? say('offline') : say('said_failed', {
        name, reason: `${upload.reason} ${say('said_again')}` }));
    }
  }

  #soon() {
    this.#timer ||= setTimeout(() => {
      this.#timer = 0;
      this.#show();
    }, every);
  }

  // Cancelled and failed uploads do not count towards the progress.
  #count() {
    const counts = { done: 0, failed: 0, cancelled: 0, open: 0, loaded: 0, size: 0 };
    for (const upload of this.queue.uploads) {
      if (upload.over) ++counts[upload.state];
      else ++counts.open;
      if (upload.state === 'failed' || upload.state === 'cancelled') continue;
      counts.loaded += upload.loaded;
      counts.size += upload.file.size;
    }
    counts.count = counts.done + counts.open;
    counts.share = counts.size > 0 ? counts.loaded / counts.size : Number(counts.open === 0);
    // A file that has been sent completely is not stored yet.
    if (counts.open > 0) counts.share = Math.min(counts.share, 0.99);
    return counts;
  }

  #show() {
    const counts = this.#count();
    const focused = document.activeElement;
    const { uploads, overall, summary } = this.#elements;
    uploads.hidden = this.queue.uploads.length === 0;
    overall.value = counts.share;
    overall.hidden = counts.open === 0;
    this.#elements.cancel_all.hidden = counts.open === 0;
    this.#elements.retry_all.hidden = !this.queue.uploads.some((upload) => upload.repeatable);
    this.#elements.clear.hidden = counts.done + counts.failed + counts.cancelled === 0;
    summary.textContent = counts.open > 0 ? this.#underWay(counts) : this.#ended(counts);
    this.#showInTab(counts, summary.textContent);
    this.#tellCourse(counts, summary.textContent);
    // If a focused button is hidden, move the focus, or it would jump to the top of the page.
    if (focused.closest('[hidden]')) (uploads.hidden ? document.getElementById('files') : summary).focus();
    if (counts.open > 0) this.#soon();  // the remaining time changes even without events
  }

  #underWay(counts) {
    const values = { done: counts.done, count: counts.count, percent: figures.percent(counts.share) };
    this.#rate.add(counts.loaded);
    const rate = this.#rate.value;
    if (!(rate > 0)) return say('summary_begin', values);
    const time = figures.time((counts.size - counts.loaded) / rate);
    return say('summary_sending', { ...values, time });
  }

  #ended({ done, failed }) {
    this.#rate = new Rate();
    if (failed > 0) return say('summary_failed', { done, failed });
    return done > 0 ? say('summary_done', { count: done }) : say('summary_none');
  }

  #showInTab(counts, summary) {
    const title = say('title');
    if (counts.open > 0) {
      document.title = say('title_sending', { percent: figures.percent(counts.share), title });
      this.#icon.show('sending', counts.share);
    } else if (counts.failed > 0) {
      document.title = say('title_failed', { summary });
      this.#icon.show('failed', 1);
    } else if (counts.done > 0) {
      document.title = say('title_done', { summary });
      this.#icon.show('done', 1);
    } else {
      document.title = title;
      this.#icon.show('', 0);
    }
  }

  #tellCourse(counts, summary) {
    if (counts.open === 0 && this.#running) this.say(summary);
    if (counts.open > 0 && counts.share >= 0.5 && counts.share < 0.9 && !this.#halfSaid) {
      this.say(say('said_half', { percent: figures.percent(counts.share) }));
    }
    this.#halfSaid = counts.open > 0 && counts.share >= 0.5;
    this.#running = counts.open > 0;
  }
}
