// Runs the store and the sites of the tests in a child process, keep_site, with which it exchanges
// lines of JSON. The child ends with the tests, however they end, because its input ends.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../../', import.meta.url));

let child;
let answers;
let turn = Promise.resolve();

function start() {
  child = spawn('build/plain/keep_site', { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  child.on('error', (error) => {
    throw new Error('build/plain/keep_site is missing; make browser builds it', { cause: error });
  });
  answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
}

async function exchange(question) {
  if (!child) start();
  child.stdin.write(`${JSON.stringify(question)}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error('keep_site has ended');
  const answer = JSON.parse(value);
  if (answer.error) throw new Error(answer.error);
  return answer;
}

// Sends one request at a time. See keep_site.cpp for the requests.
export function ask(question) {
  const answer = turn.then(() => exchange(question));
  turn = answer.catch(() => {});
  return answer;
}

after(async () => {
  if (!child) return;
  await turn;
  child.stdin.end();
  if (child.exitCode === null) await once(child, 'exit');
  assert.equal(child.exitCode, 0, 'keep_site failed');
});
