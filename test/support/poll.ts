import { inject } from 'vitest';
import { pollUntil as poll, type PollOptions } from '#src/local/support/poll.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** How long a test waits for a state before it says that it waits in vain. */
    readonly patienceMs: number;
  }
}

/** Asks again and again until the probe gives something other than undefined, null or false; however long that takes. */
export function pollUntil<T>(
  what: string,
  probe: Parameters<typeof poll<T>>[1],
  { everyMs = 100 }: Pick<PollOptions, 'everyMs'> = {},
): Promise<T> {
  return poll(what, probe, { deadlineMs: inject('patienceMs'), everyMs });
}
