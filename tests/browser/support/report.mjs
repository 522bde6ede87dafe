// Reports each case when it ends, with the reason if it failed. At the end it writes the counts, in
// Boost.Test's format, to the file that REPORT names, for tests/tools/run-tests.

import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';

// Uses the current message: `stack` contains the one from when the error was created.
function reason(error) {
  const cause = error?.cause ?? error;
  if (!cause?.stack) return inspect(cause).replace(/^/gm, '    ');
  const places = cause.stack.split('\n').filter((line) => /^\s+at /.test(line));
  return [cause.message, ...places].join('\n').replace(/^/gm, '    ');
}

export default async function* report(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (!['test:pass', 'test:fail'].includes(type)) continue;
    const seconds = (data.details.duration_ms / 1000).toFixed(1);
    if (type === 'test:pass') {
      ++passed;
      yield `ok      ${data.name} (${seconds} s)\n`;
    } else {
      ++failed;
      yield `FAILED  ${data.name} (${seconds} s)\n${reason(data.details.error)}\n`;
    }
  }
  const all = passed + failed;
  const counts = `  ${passed} test cases out of ${all} passed\n  ${failed} test cases out of ${all} failed\n`;
  if (process.env.REPORT) writeFileSync(process.env.REPORT, counts);
  else yield counts;
}
