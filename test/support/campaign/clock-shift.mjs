import { readFileSync } from 'node:fs';

// Loaded before the service: its clock is off by as many milliseconds as a file says, and jumps whenever that changes.
const file = process.env['CTS_TEST_CLOCK_FILE'] ?? '';
const trueNow = Date.now;
let shift = 0;

function look() {
  try {
    shift = Number(readFileSync(file, 'utf8')) || 0;
  } catch {
    shift = 0;
  }
}

look();
setInterval(look, 100).unref();
Date.now = () => trueNow() + shift;
globalThis.Date = new Proxy(Date, {
  construct: (target, args, caller) =>
    Reflect.construct(target, args.length === 0 ? [target.now()] : args, caller === Date ? target : caller),
});
