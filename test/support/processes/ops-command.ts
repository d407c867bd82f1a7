import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#src/local/support/project-folder.js';
import { follow } from './child.js';

export interface Outcome {
  readonly code: number | string;
  readonly out: string;
  readonly err: string;
}

/** The built command line, as `npm run ops` starts it, in a home of its own and with these variables alone. */
export async function runOps(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const child = follow(
    spawn(process.execPath, [builtOps(), ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const code = await child.ended;
  return { code, out: child.stdout(), err: child.stderr() };
}

/** The same with somebody at a terminal, who types this; all that the terminal shows is `out`. */
export async function runAtTerminal(
  folder: string,
  args: readonly string[],
  typed: string,
): Promise<Outcome> {
  const command = [process.execPath, builtOps(), ...args].map((word) => `'${word}'`).join(' ');
  const child = follow(
    spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder, SHELL: '/bin/sh' },
      stdio: ['pipe', 'pipe', 'pipe'],
    }),
  );
  await child.line(/Type yes to do it: /);
  child.process.stdin?.write(typed);
  const code = await child.ended;
  return { code, out: child.stdout(), err: child.stderr() };
}

function builtOps(): string {
  const script = join(projectFolder(), 'dist/src/cli/ops.js');
  if (!existsSync(script)) throw new Error('dist/ is missing: run `npm run build` first');
  return script;
}
