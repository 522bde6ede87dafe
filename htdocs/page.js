// Puts the upload page together. Without scripts the form in index.html works on its own.

import { fromDrop, fromInput, fromPaste } from './chosen.js';
import * as limits from './limits.js';
import { Overview } from './overview.js';
import { Queue } from './queue.js';
import { Row } from './row.js';
import { Upload } from './upload.js';
import { say, translate } from './words.js';

const part = (id) => document.getElementById(id);
const form = part('form');
const address = form.getAttribute('action');
const queue = new Queue(Number(form.dataset.parallel));
const overview = new Overview(queue);

const askAgain = 5000;  // milliseconds until the limits are requested again after a failure
const waitForLimits = 3000;  // milliseconds that chosen files wait for the limits to be known

let allowed = null;  // null until the limits are known; the server checks anyway
const asked = learnLimits();

function notice(text) {
  part('notice').textContent = text;
  part('notice').hidden = text === '';
}

async function add(chosen) {
  await Promise.race([asked, new Promise((resolve) => setTimeout(resolve, waitForLimits))]);
  if (chosen.length === 0) return notice(say('no_files'));
  if (allowed) notice('');
  const how = {
    address,
    bucket: part('bucket').disabled ? '' : part('bucket').value,
    tries: Number(form.dataset.tries) || 5,
    wait: Number(form.dataset.wait) || 1,
  };
  overview.say(say('added', { count: chosen.length }));
  for (const { file, name } of chosen) {
    const upload = new Upload(file, name, how);
    const objection = limits.objection(allowed, file);
    if (objection) upload.refuse(objection);
    queue.add(upload);
  }
  return undefined;
}

function showList() {
  const rows = new Map();
  queue.addEventListener('added', ({ detail }) => {
    rows.set(detail, new Row(detail));
    part('list').append(rows.get(detail).item);
  });
  queue.addEventListener('removed', ({ detail }) => {
    rows.get(detail).item.remove();
    rows.delete(detail);
  });
  // Update the remaining seconds even without events.
  setInterval(() => rows.forEach((row) => row.tick()), 1000);
}

function takeFiles() {
  for (const input of [part('files'), part('folder')]) {
    input.addEventListener('change', () => {
      add(fromInput(input));
      input.value = '';  // otherwise the same file could not be chosen again
    });
  }
  document.addEventListener('paste', (event) => {
    if (event.clipboardData.files.length > 0) add(fromPaste(event.clipboardData));
  });
  takeDrops(part('drop'));
}

// The whole window accepts drops: a file dropped outside the field would otherwise replace the page.
function takeDrops(field) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes('Files');
  let inside = 0;  // dragenter and dragleave are sent for each element on the way
  const mark = (change) => {
    inside = Math.max(0, inside + change);
    field.classList.toggle('over', inside > 0);
  };
  window.addEventListener('dragenter', (event) => holdsFiles(event) && mark(1));
  window.addEventListener('dragleave', (event) => holdsFiles(event) && mark(-1));
  window.addEventListener('dragover', (event) => holdsFiles(event) && event.preventDefault());
  window.addEventListener('drop', async (event) => {
    mark(-inside);
    if (!holdsFiles(event)) return;
    event.preventDefault();
    add(await fromDrop(event.dataTransfer));
  });
}

function takeButtons() {
  const each = (states, act) => queue.uploads.filter(states).forEach(act);
  const on = (id, act) => part(id).addEventListener('click', act);
  on('cancel_all', () => each((upload) => !upload.over, (upload) => upload.cancel()));
  on('retry_all', () => each((upload) => upload.repeatable, (upload) => upload.retry()));
  on('clear', () => queue.clear());
}

async function learnLimits() {
  try {
    allowed = await limits.ask(address);
  } catch (error) {
    notice(say('not_ready', { reason: error.message }));
    setTimeout(learnLimits, askAgain);
    return;
  }
  notice('');
  showLimits();
}

function showLimits() {
  part('limits').textContent = limits.describe(allowed);
  if (allowed.buckets.length > 1) {
    part('bucket').append(...allowed.buckets.map((bucket) => new Option(bucket)));
    part('bucket').disabled = false;
    part('bucket_choice').hidden = false;
  }
  if (allowed.types.every((type) => /^[\w.+-]+\/([\w.+-]+|\*)$/.test(type))) {
    part('files').accept = allowed.types.join(',');
  }
}

translate(document);
document.documentElement.classList.add('scripted_page');
part('files').required = false;
part('folder').disabled = !('webkitdirectory' in part('folder'));
form.addEventListener('submit', (event) => event.preventDefault());
showList();
takeFiles();
takeButtons();
