/** `npm run drills`: plays every incident of RUNBOOK.md by the tests that it names, and prints how long each took, as its table. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const RECORD = 'node_modules/.cache/commit-to-ship/test-run.json';

const drills = readFileSync('RUNBOOK.md', 'utf8')
  .split(/^(?=#{2,3} )/m)
  .flatMap((part) => {
    const title = part.split('\n', 1)[0].replace(/^#+ /, '');
    const played = [...part.matchAll(/^- `(test\/\S+)`: `(.+)`$/gm)];
    return played.map(([, file, name]) => ({ title, file, name }));
  });
const files = [...new Set(drills.map(({ file }) => file))];
const pattern = [...new Set(drills.map(({ name }) => name))]
  .map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '.'))
  .join('|');
const env = { ...process.env, CTS_FAULTS: 'long' };
spawnSync('npx', ['vitest', 'run', ...files, '-t', pattern], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env,
});

const { cases, loopMs } = JSON.parse(readFileSync(RECORD, 'utf8'));
const found = ({ file, name }) => cases.filter((one) => one.file === file && one.name.startsWith(name));
const told = ({ passed, ms }) => (passed ? (ms / 1_000).toFixed(1) : 'FAILED');
const rows = drills.map((drill) => [drill.title, drill.name, found(drill).map(told).join(', ') || 'not run']);
const table = [['incident', 'drill', 'seconds'], ['---', '---', '---'], ...rows];
process.stdout.write(`\nloop ${loopMs} ms\n${table.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`);
process.exitCode = rows.every(([, , seconds]) => /^[\d., ]+$/.test(seconds)) ? 0 : 1;
