// The text in a row about the state of its upload.

import * as figures from './figures.js';
import { say } from './words.js';

// Reasons from the server are in English, whatever the page's language is.
function reason(upload) {
  const span = document.createElement('span');
  span.className = 'reason';
  span.dir = 'auto';
  if (upload.fromServer) span.lang = 'en';
  span.textContent = upload.reason;
  return span;
}

// The name already exists; the object may be from an earlier try whose reply was lost.
function ours({ status, perhapsOurs }) {
  return status === 409 && perhapsOurs ? [' ', say('perhaps_ours')] : [];
}

// Ids with which the operator finds the upload in the log. Shown if only the operator can help.
function marks(upload) {
  if (!upload.requestId || upload.status < 500) return [];
  const note = document.createElement('span');
  note.className = 'note';
  note.textContent = say(upload.code ? 'marks_s3' : 'marks', { id: upload.requestId, code: upload.code });
  return [' ', note];
}

function sending({ file, loaded, rate }) {
  const values = { loaded: figures.size(loaded), size: figures.size(file.size) };
  if (!(rate > 0)) return say('sending', values);
  return say('sending_rate', {
    ...values, rate: figures.size(rate), time: figures.time((file.size - loaded) / rate),
  });
}

function pausing(upload) {
  if (upload.offline) return [say('offline')];
  const left = upload.seconds - (performance.now() - upload.since) / 1000;
  const again = { time: figures.time(left), next: upload.tries + 1, tries: upload.how.tries };
  return [reason(upload), ' ', say('pausing', again)];
}

// Returns texts and elements.
export function status(upload) {
  switch (upload.state) {
    case 'sending':
      return [sending(upload)];
    case 'pausing':
      return pausing(upload);
    case 'failed':
      return [reason(upload), ...ours(upload), ...marks(upload)];
    case 'cancelled':
      return [say(upload.perhapsOurs ? 'cancelled_late' : 'cancelled')];
    default:
      return [say(upload.state)];
  }
}
