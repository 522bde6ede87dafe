// An upload's row in the list.

import * as figures from './figures.js';
import { icon, preview } from './icons.js';
import { say } from './words.js';

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function button(kind, label, name, onClick) {
  const made = element('button', { type: 'button', className: `${kind} quiet`, textContent: label });
  made.setAttribute('aria-label', say('of_file', { action: label, name }));
  made.addEventListener('click', onClick);
  return made;
}

// navigator.clipboard is only there over https and on localhost.
async function copy(address, from) {
  if (navigator.clipboard) return navigator.clipboard.writeText(address);
  const field = element('textarea', { value: address });
  from.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
  return undefined;
}

// Gives the row; it follows the upload by itself.
export function row(upload) {
  const { file, name } = upload;
  const status = element('p', { className: 'status' });
  const bar = element('progress', { max: Math.max(1, file.size), value: 0 });
  bar.setAttribute('aria-label', say('progress_of', { name }));
  const address = element('a', { className: 'address', target: '_blank', rel: 'noopener noreferrer' });
  const rename = element('input', { type: 'text', value: name, maxLength: 1024, autocomplete: 'off' });
  const newName = element('label', { className: 'rename' }, `${say('new_name')} `, rename);
  const shown = element('bdi', { className: 'name', textContent: name });

  const cancel = button('cancel', say('cancel'), name, () => upload.cancel());
  const retry = button('retry', say('retry'), name, () => {
    upload.name = rename.value.trim() || name;
    shown.textContent = upload.name;
    upload.retry();
  });
  const copier = button('copy', say('copy'), name, async () => {
    await copy(upload.address, item);
    copier.textContent = say('copied');
    copier.focus();
  });
  const item = element('li', { className: 'row', tabIndex: -1 },
    preview(file) ?? icon(file),
    element('div', { className: 'about' },
      element('p', { className: 'heading' }, shown,
        ' ', element('span', { className: 'size note', textContent: figures.size(file.size) })),
      bar, status, address, newName),
    element('div', { className: 'buttons' }, cancel, retry, copier));

  const show = () => {
    const focused = document.activeElement;
    item.dataset.state = upload.state;
    bar.value = file.size > 0 ? upload.loaded : Number(upload.state === 'done');
    bar.hidden = upload.over;
    status.replaceChildren(...text(upload));
    cancel.hidden = upload.over;
    retry.hidden = upload.state === 'done' || !upload.over || Boolean(upload.refused);
    newName.hidden = upload.state !== 'failed' || ![400, 409].includes(upload.status);
    copier.hidden = address.hidden = upload.state !== 'done';
    if (upload.state === 'done') {
      address.textContent = upload.address;
      if (/^https?:/.test(upload.address)) address.href = upload.address;
    }
    // A button that goes away must not take the focus with it, to the top of the page.
    if (item.contains(focused) && focused.hidden) {
      (item.querySelector('button:not([hidden])') ?? item).focus();
    }
  };
  const tick = () => {
    status.replaceChildren(...text(upload));
    bar.value = upload.loaded;
  };
  upload.addEventListener('state', show);
  upload.addEventListener('progress', tick);
  show();
  return Object.assign(item, { tick: () => upload.state === 'pausing' && tick() });
}

// The reasons are in the server's language, whatever the page's is.
function reason(words) {
  return element('span', { className: 'reason', dir: 'auto', textContent: words });
}

function text(upload) {
  const { file, loaded } = upload;
  switch (upload.state) {
    case 'sending': {
      const values = { loaded: figures.size(loaded), size: figures.size(file.size) };
      if (upload.rate === 0) return [say('sending', values)];
      return [say('sending_rate', { ...values, rate: figures.size(upload.rate),
        time: figures.time((file.size - loaded) / upload.rate) })];
    }
    case 'pausing': {
      if (upload.offline) return [say('offline')];
      const left = upload.seconds - (performance.now() - upload.since) / 1000;
      return [reason(say('pausing', { reason: upload.reason, time: figures.time(left),
        next: upload.tries + 1, tries: upload.how.tries }))];
    }
    case 'failed':
      return [reason(upload.reason)];
    default:
      return [say(upload.state)];
  }
}
