type NotYet = undefined | null | false;

export interface PollOptions {
  readonly deadlineMs?: number;
  readonly everyMs?: number;
}

/**
 * Asks again and again until the probe gives something other than undefined, null or false.
 * @param what for the error: "commitment 0199... to be succeeded"
 * @throws Error naming `what` when the deadline passes; an error of the last probe is its cause.
 */
export async function pollUntil<T>(
  what: string,
  probe: () => Promise<T | NotYet> | T | NotYet,
  { deadlineMs = 120_000, everyMs = 100 }: PollOptions = {},
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    let cause: unknown;
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
    } catch (error) {
      cause = error;
    }
    if (Date.now() >= end) throw new Error(`waited ${deadlineMs} ms in vain for ${what}`, { cause });
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
