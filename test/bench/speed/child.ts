import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The kernel counts in hundredths of a second.
const TICK_MS = 10;

/** A process of its own, so that what measures and what is measured share no event loop. */
export class BenchChild {
  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens, if it does. */
    readonly url: string,
  ) {}

  /** @param file beside this one; it answers `{ url }` when it is ready */
  static async start(file: string, options: object = {}): Promise<BenchChild> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(options)]);
    const { url } = await answerOf<{ url: string }>(child);
    return new BenchChild(child, url);
  }

  get pid(): number {
    return this.child.pid ?? -1;
  }

  /** Sends an order and waits for what comes of it. */
  async ask<T>(order: object): Promise<T> {
    const answer = answerOf<T>(this.child);
    this.child.send(order);
    return answer;
  }

  stop(): void {
    this.child.kill();
  }
}

function answerOf<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const onEnd = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once('exit', onEnd);
    child.once('message', (answer) => {
      child.off('exit', onEnd);
      resolve(answer as T);
    });
  });
}

/** Processor time that a process has used so far, in milliseconds. Linux only; elsewhere 0. */
export function cpuMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return 0;
  }
}

/** Resident memory of a process in MB. Linux only; elsewhere 0. */
export function rssMb(pid: number): number {
  try {
    const line = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(line?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}
