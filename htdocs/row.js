// An upload's row in the list. It updates itself whenever the upload changes.

import { copy } from './clipboard.js';
import * as figures from './figures.js';
import { picture } from './icons.js';
import { status } from './status.js';
import { say } from './words.js';

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// Ignores the second click of a double click: it would hit the button that replaced this one.
function button(kind, onClick) {
  const made = element('button', { type: 'button', className: `${kind} quiet` });
  made.addEventListener('click', (event) => event.detail > 1 || onClick());
  return made;
}

let rows = 0;

export class Row {
  constructor(upload) {
    this.upload = upload;
    this.bar = element('progress', { max: Math.max(1, upload.file.size), value: 0 });
    this.status = element('p', { className: 'status', id: `status_${++rows}` });
    this.name = element('bdi', { className: 'name' });
    this.address = element('a', { className: 'address', target: '_blank', rel: 'noopener noreferrer' });
    this.rename = this.#renameField();
    this.buttons = {
      cancel: button('cancel', () => upload.cancel()),
      retry: button('retry', () => upload.retry()),
      copy: button('copy', () => this.#copy()),
    };
    this.item = this.#arranged();
    upload.addEventListener('state', () => this.#show());
    upload.addEventListener('progress', () => this.#move());
    this.#show();
  }

  // Called regularly, because the remaining time changes even without events.
  tick() {
    if (['pausing', 'sending'].includes(this.upload.state)) this.#move();
  }

  #renameField() {
    const { upload } = this;
    const field = element('input', {
      type: 'text', value: upload.name, maxLength: 1024, autocomplete: 'off', spellcheck: false,
    });
    field.setAttribute('aria-describedby', this.status.id);
    const first = upload.name;
    field.addEventListener('input', () => upload.rename(field.value || first));
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) upload.retry();
    });
    return element('label', { className: 'rename' }, `${say('new_name')} `, field);
  }

  #arranged() {
    const size = element('span', { className: 'size note', textContent: figures.size(this.upload.file.size) });
    return element('li', { className: 'row', tabIndex: -1 },
      picture(this.upload.file),
      element('div', { className: 'about' },
        element('p', { className: 'heading' }, this.name, ' ', size),
        this.bar, this.status, this.address, this.rename),
      element('div', { className: 'buttons' }, ...Object.values(this.buttons)));
  }

  async #copy() {
    const copied = await copy(this.upload.address, this.item);
    this.buttons.copy.focus();
    this.#label('copy', say(copied ? 'copied' : 'copy_by_hand'));
    const detail = this.buttons.copy.textContent;
    this.item.dispatchEvent(new CustomEvent('announce', { bubbles: true, detail }));
  }

  #label(kind, text) {
    this.buttons[kind].textContent = text;
    this.buttons[kind].setAttribute('aria-label', say('of_file', { action: text, name: this.upload.name }));
  }

  #move() {
    const { upload } = this;
    this.bar.value = upload.file.size > 0 ? upload.loaded : Number(upload.state === 'done');
    this.status.replaceChildren(...status(upload));
  }

  #show() {
    const { upload, buttons } = this;
    const { state, name } = upload;
    const focused = document.activeElement;
    this.item.dataset.state = state;
    this.name.textContent = name;
    this.bar.setAttribute('aria-label', say('progress_of', { name }));
    for (const kind of Object.keys(buttons)) this.#label(kind, say(kind));
    this.#move();
    this.bar.hidden = buttons.cancel.hidden = upload.over;
    buttons.retry.hidden = state === 'done' || !upload.over || upload.refused;
    buttons.copy.hidden = this.address.hidden = state !== 'done';
    this.rename.hidden = state !== 'failed' || ![400, 409].includes(upload.status);
    if (state === 'done') {
      this.address.textContent = upload.address;
      if (/^https?:/.test(upload.address)) this.address.href = upload.address;
    }
    // If the focused element is hidden, move the focus, or it would jump to the top of the page. Do
    // not move it to a button, which the same key press would activate.
    if (this.item.contains(focused) && focused.closest('[hidden]')) this.item.focus();
  }
}
