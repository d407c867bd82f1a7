/** `npm run test:times`: the twenty files of the last `npm test` that took longest, and what each project took. */
import { readFileSync } from 'node:fs';

const FILE = 'node_modules/.cache/commit-to-ship/test-run.json';
const SHOWN = 20;

let record;
try {
  record = JSON.parse(readFileSync(FILE, 'utf8'));
} catch {
  process.stderr.write('There is no record of a run yet: npm test leaves one.\n');
  process.exit(1);
}

const seconds = (ms) => (ms === null || ms === undefined ? '-' : (ms / 1_000).toFixed(1)).padStart(8);
const row = (name, { tests, ms, importMs, cpuMs }) =>
  `${seconds(ms)} ${seconds(importMs)} ${seconds(cpuMs)} ${String(tests).padStart(6)}  ${name}`;
/** Null where no file tells. */
const sum = (files, key) =>
  files.reduce((total, file) => (file[key] === null ? total : (total ?? 0) + file[key]), null);
const total = (files) =>
  Object.fromEntries(['tests', 'ms', 'importMs', 'cpuMs'].map((key) => [key, sum(files, key)]));

const { files } = record;
const projects = [...new Set(files.map(({ project }) => project))];
const slowest = files.toSorted((a, b) => b.ms + b.importMs - a.ms - a.importMs).slice(0, SHOWN);
const lines = [
  `${record.tests} tests of ${files.length} files in ${record.seconds} s; the fixed loop took ${record.loopMs} ms of CPU`,
  '',
  `   tests   import      CPU  count  seconds; CPU of the worker and of processes that it started`,
  ...projects.map((name) => row(name, total(files.filter(({ project }) => project === name)))),
  '',
  ...slowest.map((file) => row(file.file, file)),
];
process.stdout.write(`${lines.join('\n')}\n`);
