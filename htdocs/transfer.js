// Sends one request, a form with one file, and reads the reply. It uses XMLHttpRequest, because
// fetch() does not report how much of a body has been sent.

import { say } from './words.js';

// In seconds (RFC 9110 section 10.2.3). upload.fcgi never sends a date.
function retryAfter(request) {
  const seconds = Number(request.getResponseHeader('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

// Also reads the web server's own replies, which are not JSON.
function read(request) {
  let json = {};
  try {
    json = JSON.parse(request.responseText) ?? {};
  } catch {
    // The status must be enough.
  }
  const { status } = request;
  if (status === 201 && Array.isArray(json.files) && json.files.length > 0) {
    return { kind: 'stored', url: json.files[0].url };
  }
  return {
    kind: 'refused',
    status,
    code: json.s3_code,
    requestId: json.request_id,
    fromServer: Boolean(json.detail),
    reason: json.detail ?? say('status_only', { status: `${status} ${request.statusText}`.trim() }),
    retryAfter: retryAfter(request),
  };
}

// Sends `fields` and then `file`, in this order, so that the server knows the name first.
// `onProgress(loaded)`: `loaded` bytes of the file have been sent. `onSent()`: all have been sent.
// Resolves to {kind: 'stored', url};
// or {kind: 'refused', status, reason, fromServer, code, requestId, retryAfter}, where `code` is S3's
// error code, if it gave one;
// or {kind: 'broken', sent}, where `sent` says whether everything had been sent when the connection
// broke. Never throws; an abort by `signal` also gives {kind: 'broken'}.
export function send(address, fields, file, { onProgress, onSent, signal }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file_data', file, file.name);

  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let sent = false;
    request.upload.addEventListener('progress', (event) => {
      // The counts include the form around the file; there is no count for the file alone.
      onProgress(event.total > 0 ? file.size * (event.loaded / event.total) : 0);
    });
    request.upload.addEventListener('load', () => {
      sent = true;
      onSent();
    });
    request.addEventListener('load', () => resolve(read(request)));
    for (const end of ['error', 'abort', 'timeout']) {
      request.addEventListener(end, () => resolve({ kind: 'broken', sent }));
    }
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.open('POST', address);
    request.setRequestHeader('Accept', 'application/json');
    request.send(form);
  });
}
