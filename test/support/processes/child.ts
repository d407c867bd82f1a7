import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '#src/local/support/project-folder.js';
import { pollUntil } from '../poll.js';

export interface Child {
  readonly process: ChildProcess;
  /** Everything that it has written so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits for a line of standard output that matches; answers the match. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  /** Exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** kill -9, and waits for the end. Harmless when it has ended already. */
  kill(): Promise<void>;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  /** Replaces the environment, but for PATH, HOME and TMPDIR. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a TypeScript file of this project as a process of its own: one of the service as it was built, which starts in a tenth
 * of the time, one of the tests as it stands.
 * @param file relative to the project's root
 */
export function startProgram(file: string, { args = [], env = {} }: ChildOptions = {}): Child {
  const root = projectFolder();
  const inherited = Object.fromEntries(['PATH', 'HOME', 'TMPDIR'].map((name) => [name, process.env[name]]));
  return follow(
    spawn(process.execPath, [...programOf(root, file), ...args], {
      cwd: root,
      env: { ...inherited, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
}

function programOf(root: string, file: string): string[] {
  if (file.startsWith('src/')) return [join(root, 'dist', file.replace(/\.ts$/, '.js'))];
  const loader = pathToFileURL(join(root, 'test/support/processes/typescript.mjs')).href;
  return ['--import', loader, join(root, file)];
}

/** Collects what a process writes and how it ends. */
export function follow(child: ChildProcess): Child {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    child.once('error', (error) => resolve(error.message));
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    line: (pattern) =>
      pollUntil(`${String(pattern)} on standard output`, () => pattern.exec(stdout), { everyMs: 20 }),
    ended,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
