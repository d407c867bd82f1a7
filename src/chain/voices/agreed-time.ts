import type { ChainTime } from '#src/chain/port/chain.js';
import { type Agreement, contradiction, type Hearing, silence, type Standing } from './hearing.js';

/** Two honest nodes are a few slots apart; a clock further off than this is wrong, or its node stands still. */
export const CLOCKS_MAY_DIFFER_SECONDS = 60;
/** The chain's clock is an estimate of its validators; further from ours than this, one of the two is wrong. */
export const OWN_CLOCK_MAY_DIFFER_SECONDS = 600;

/**
 * One chain time: the lower of two clocks that agree. A deadline has passed only when both say so.
 * @param ownSeconds this server's clock; null on the local cluster, whose time can be moved
 */
export function agreeOnTime(
  hearing: Hearing<ChainTime>,
  standing: Standing,
  ownSeconds: number | null,
): Agreement<ChainTime> {
  if (standing !== 'many' && standing !== 'single_source') return silence(hearing);
  const clocks = hearing.words.map(({ answer }) => answer).toSorted((a, b) => a.unixSeconds - b.unixSeconds);
  const agreed = standing === 'single_source' ? clocks[0] : lowerOfPair(clocks);
  if (agreed === undefined) return contradiction(`the clocks of the voices differ: ${clocksOf(hearing)}`);
  if (ownSeconds !== null && Math.abs(agreed.unixSeconds - ownSeconds) > OWN_CLOCK_MAY_DIFFER_SECONDS) {
    return contradiction(
      `the chain's clock and this server's differ by more than 10 minutes: ${clocksOf(hearing)}, here ${textOf(ownSeconds)}`,
    );
  }
  return { agreed };
}

function lowerOfPair(sorted: readonly ChainTime[]): ChainTime | undefined {
  for (const [index, lower] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next === undefined || next.unixSeconds - lower.unixSeconds > CLOCKS_MAY_DIFFER_SECONDS) continue;
    return { unixSeconds: lower.unixSeconds, slot: lower.slot < next.slot ? lower.slot : next.slot };
  }
  return undefined;
}

function clocksOf({ words }: Hearing<ChainTime>): string {
  return words.map(({ voice, answer }) => `${voice} says ${textOf(answer.unixSeconds)}`).join(', ');
}

/** Whatever a node may claim: not every number is a date. */
function textOf(unixSeconds: number): string {
  const date = new Date(unixSeconds * 1000);
  return Number.isNaN(date.getTime()) ? `${unixSeconds}` : date.toISOString();
}
