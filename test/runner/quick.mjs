/** `npm run test:quick`: types, lint and unit tests side by side, for while one works. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

const begun = Date.now();
const CHECKS = [
  ['types', 'tsc', ['--noEmit']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['unit', 'vitest', ['run', '--project', 'unit', ...process.argv.slice(2)]],
];
const seconds = () => `${Math.round((Date.now() - begun) / 1_000)} s`;

/** What is green says so in one line; what is not says everything. */
async function check([name, command, args]) {
  const child = spawn(join('node_modules', '.bin', command), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => chunks.push(chunk));
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', resolve);
  });
  if (code !== 0) process.stdout.write(Buffer.concat(chunks));
  process.stdout.write(`${code === 0 ? 'green' : 'RED  '} ${name}, ${seconds()}\n`);
  return code === 0;
}

const results = await Promise.all(CHECKS.map(check));
process.exit(results.every(Boolean) ? 0 : 1);
