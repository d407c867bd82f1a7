/**
 * `npm run test:repeat -- N [--load K] [--nice]`: `npm test` N times, and a table of how each run went.
 * --load K: beside K busy loops for each core. --nice: at the lowest priority. Anything after a `--` goes to each `npm test`.
 */
import { spawn } from 'node:child_process';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const RECORD = 'node_modules/.cache/commit-to-ship/test-run.json';
const given = process.argv.slice(2);
const passed = given.includes('--') ? given.splice(given.indexOf('--')) : [];
const rounds = Number(given.find((text) => /^\d+$/.test(text)) ?? Number.NaN);
const perCore = given.includes('--load') ? Number(given[given.indexOf('--load') + 1]) : 0;
if (!Number.isInteger(rounds) || !Number.isInteger(perCore)) {
  process.stderr.write('Usage: npm run test:repeat -- N [--load K] [--nice] [-- arguments of npm test]\n');
  process.exit(2);
}

const logs = mkdtempSync(join(tmpdir(), 'cts-test-repeat-'));
const busy = Array.from({ length: perCore * availableParallelism() }, () =>
  spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
);
process.on('exit', () => busy.forEach((loop) => loop.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));

/** One run; its output goes to a file. @returns its exit code */
function once(round) {
  const [command, ...args] = [
    ...(given.includes('--nice') ? ['nice', '-n', '19'] : []),
    'npm',
    'test',
    ...passed,
  ];
  const log = createWriteStream(join(logs, `${round}.log`));
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  return new Promise((resolve) => child.once('close', (code) => log.end(() => resolve(code ?? 1))));
}

function recorded(since) {
  try {
    const record = JSON.parse(readFileSync(RECORD, 'utf8'));
    return Date.now() - since > record.seconds * 1_000 - 1_000 ? record : undefined;
  } catch {
    return undefined;
  }
}

const beside = perCore > 0 ? `, beside ${busy.length} busy loops` : '';
process.stdout.write(
  `${rounds} runs${beside}${given.includes('--nice') ? ', nice 19' : ''}; logs in ${logs}\n`,
);
process.stdout.write('run  result  seconds  loop ms  tests  failed\n');
let red = 0;
for (let round = 1; round <= rounds; round += 1) {
  rmSync(RECORD, { force: true });
  const since = Date.now();
  const code = await once(round);
  const record = recorded(since);
  const wall = Math.round((Date.now() - since) / 1_000);
  if (code !== 0) red += 1;
  const cells = [round, code === 0 ? 'green' : 'RED', wall, record?.loopMs ?? '-', record?.tests ?? '-'];
  const widths = [3, 7, 8, 8, 6];
  const line = cells.map((cell, index) => String(cell).padStart(widths[index])).join(' ');
  process.stdout.write(`${line}  ${record?.failed.join(' | ') ?? 'no record: see the log'}\n`);
}
process.stdout.write(`${rounds - red} of ${rounds} green\n`);
busy.forEach((loop) => loop.kill('SIGKILL'));
process.exit(red === 0 ? 0 : 1);
