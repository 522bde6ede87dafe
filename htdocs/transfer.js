// One request: the form with its one file, sent and answered. An XMLHttpRequest, since fetch()
// does not tell how much of a body has gone.

import { say } from './words.js';

// Seconds (RFC 9110 section 10.2.3); a date is not what upload.fcgi sends.
function retryAfter(request) {
  const seconds = Number(request.getResponseHeader('Retry-After'));
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

// Also what a web server says of itself, which is no JSON.
function read(request) {
  let json = {};
  try {
    json = JSON.parse(request.responseText) ?? {};
  } catch {
    // Its status has to do.
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

// Sends `file` after `fields`, in that order, so that the server knows what it is to be called.
// `onProgress(loaded)`: bytes of the file that have gone. `onSent()`: all of them have.
// Gives {kind: 'stored', url}; {kind: 'refused', status, reason, fromServer, code, requestId,
// retryAfter}, where `code` is S3's own, if it gave one; or {kind: 'broken', sent}: whether all had
// gone when the connection broke. Never throws; an abort by `signal` is {kind: 'broken'} too.
export function send(address, fields, file, { onProgress, onSent, signal }) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file_data', file, file.name);

  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    let sent = false;
    request.upload.addEventListener('progress', (event) => {
      // The form around the file counts too; of the file alone there is no count.
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
