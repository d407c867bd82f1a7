import { readFileSync } from 'node:fs';
import { afterEach } from 'vitest';
import { reportsFor } from './failure-report.js';

declare module 'vitest' {
  interface TaskMeta {
    cpuMs?: number;
  }
}

/** For every test file: a failure tells all that there is to know of its world, and the file's cost is kept. */
const before = cpuMs();

afterEach(async ({ task }) => {
  task.file.meta.cpuMs = Math.round(cpuMs() - before);
  if (task.result?.state !== 'fail') return;
  const told = await reportsFor(task.id);
  if (told !== '') process.stderr.write(`\n--- ${task.name}\n${told}\n---\n`);
});

/** Of this process, and of the children that it has waited for where the system counts them. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000 + childrenMs();
}

function childrenMs(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // cutime and cstime, in hundredths of a second.
    return 10 * (Number(fields[13]) + Number(fields[14]));
  } catch {
    return 0;
  }
}
