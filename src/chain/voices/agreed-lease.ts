import type { BlockhashLease } from '#src/chain/port/chain.js';
import { type Agreement, contradiction, type Hearing, silence, type Standing } from './hearing.js';

/** A blockhash is good for so many blocks. */
export const LEASE_BLOCKS = 150n;

/** What one voice says of a blockhash. */
export interface LeaseWord {
  readonly isValid: boolean;
  /** Its confirmed block height, asked for after it knew the blockhash. */
  readonly height: bigint;
}

/**
 * A blockhash whose life is bounded by what each voice counts itself, never by the lastValidBlockHeight that came with it: the
 * highest of their heights and 150 blocks.
 */
export function agreeOnLease(
  offer: Pick<BlockhashLease, 'blockhash' | 'slot'>,
  hearing: Hearing<LeaseWord>,
  standing: Standing,
): Agreement<BlockhashLease> {
  if (standing === 'none' || standing === 'too_early') return silence(hearing);
  const knowing = hearing.words.filter(({ answer }) => answer.isValid);
  const needed = standing === 'many' ? 2 : 1;
  if (knowing.length < needed) {
    const denying = hearing.words.filter(({ answer }) => !answer.isValid).map(({ voice }) => voice);
    return contradiction(`blockhash ${offer.blockhash} is not valid at ${denying.join(', ')}`);
  }
  const heights = knowing.map(({ voice, answer }) => ({ voice, height: answer.height }));
  const sorted = heights.map(({ height }) => height).toSorted((a, b) => (a < b ? -1 : 1));
  const [lowest = 0n, highest = 0n] = [sorted[0], sorted.at(-1)];
  if (highest - lowest > LEASE_BLOCKS) {
    const telling = heights.map(({ voice, height }) => `${voice} says ${height}`).join(', ');
    return contradiction(`the block heights of the voices are more than ${LEASE_BLOCKS} apart: ${telling}`);
  }
  return { agreed: { ...offer, heights, lastValidBlockHeight: highest + LEASE_BLOCKS } };
}
