import { oneLine } from '#src/cli/text/words.js';
import { messageOf } from '#src/common/errors/errors.js';

/** One line of the deployment checklist, held against what is there. */
export interface Check {
  readonly name: string;
  readonly result: 'pass' | 'warn' | 'fail';
  readonly found: string;
  /** What to do about it; absent where it passes. */
  readonly mend?: string;
}

const LONGEST_FOUND = 300;

export function pass(name: string, found: string): Check {
  return { name, result: 'pass', found };
}

/** It works, and something about it is not as it should be in production. */
export function warn(name: string, found: string, mend: string): Check {
  return { name, result: 'warn', found, mend };
}

export function fail(name: string, found: string, mend: string): Check {
  return { name, result: 'fail', found: shortened(oneLine(found)), mend };
}

/** Whatever is thrown is the finding: one check that cannot be made keeps no other from being made. */
export async function tried(
  name: string,
  mend: string,
  look: () => Promise<readonly Check[]>,
): Promise<readonly Check[]> {
  try {
    return await look();
  } catch (error) {
    return [fail(name, reasonOf(error), mend)];
  }
}

/** Connection errors wrap the reason. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return messageOf(cause instanceof AggregateError ? cause.errors[0] : cause);
}

function shortened(text: string): string {
  return text.length <= LONGEST_FOUND ? text : `${text.slice(0, LONGEST_FOUND)}...`;
}
