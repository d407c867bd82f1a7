/**
 * `node test/runner/again.mjs`: after a run that failed, its failed files once more, alone and in worlds of their own. A test
 * that shares a world cannot be repeated inside of it. What passes only now is named, since it has shown a weakness.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const RECORD = 'node_modules/.cache/commit-to-ship/test-run.json';
/** More than these are no accident of a busy machine. */
const AT_MOST = 5;

const { failed } = JSON.parse(readFileSync(RECORD, 'utf8'));
const files = [...new Set(failed.map((command) => /--project \S+ (\S+)/.exec(command)?.[1]))];
if (files.length === 0 || files.length > AT_MOST) {
  process.stdout.write(`Not again: ${files.length} files have failed.\n`);
  process.exit(1);
}
process.stdout.write(`\nOnce more, alone: ${files.join(' ')}\n`);
const { status } = spawnSync('npx', ['vitest', 'run', '--maxWorkers=2', ...files], { stdio: 'inherit' });
if (status === 0)
  process.stdout.write(`\nPASSED ONLY ALONE:\n${failed.map((command) => `  ${command}\n`).join('')}`);
process.exit(status ?? 1);
