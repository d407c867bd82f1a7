/** Pure rules of what a payout may take out of its escrow. docs/domain.md tells why, the spec lets the runtime's rules judge. */
import { greatest } from '#src/common/money/bigints.js';
import type { Lamports } from '#src/common/money/lamports.js';

/** What a payout would leave behind, all in lamports, as read before signing. */
export interface FundingFacts {
  readonly balance: Lamports;
  readonly amount: Lamports;
  /** What the source pays for the transaction; 0 with a fee payer. */
  readonly fee: Lamports;
  /** What other open payouts of the same escrow still need, fees included. */
  readonly promisedToOthers: Lamports;
  readonly destinationBalance: Lamports;
  readonly rentExemptMinimum: Lamports;
}

export type FundingRefusal =
  'underfunded' | 'leaves_dust' | 'destination_below_rent' | 'below_rent_after_fee';

/**
 * Whether a transfer would be accepted by the runtime and leaves what is promised to others: the rest of the source is 0
 * or rent-exempt, and the destination ends rent-exempt. A source that pays the fee must be rent-exempt after the fee as
 * well, before anything is transferred: the runtime looks at fee payers on their own.
 */
export function fundingRefusal(facts: FundingFacts): FundingRefusal | null {
  const rest = facts.balance - facts.amount - facts.fee;
  if (facts.amount <= 0n || rest < facts.promisedToOthers) return 'underfunded';
  if (rest > 0n && rest < facts.rentExemptMinimum) return 'leaves_dust';
  if (facts.destinationBalance + facts.amount < facts.rentExemptMinimum) return 'destination_below_rent';
  if (facts.fee > 0n && facts.balance - facts.fee < facts.rentExemptMinimum) return 'below_rent_after_fee';
  return null;
}

/** How the amount of a payout follows from what its escrow holds. */
export type Extent = 'fixed' | 'all';

export interface Room extends Pick<
  FundingFacts,
  'fee' | 'promisedToOthers' | 'destinationBalance' | 'rentExemptMinimum'
> {
  /** What the escrow holds beyond this payout's fee and what others are promised. */
  readonly free: Lamports;
  /** Dust has stopped an earlier transaction of this payout. */
  readonly isDusted: boolean;
}

/** The rent minimum that a drain leaves behind is fetched with a transaction of its own, in a market that may have risen. */
const FEES_LEFT_BEHIND = 4n;

/**
 * Lamports that a payout pays as things stand. A stranger's lamport stops nothing: an amount below the rent minimum cannot stay
 * behind, so whoever takes the last of an escrow takes it along. A drain that dust has stopped before leaves the rent minimum
 * behind: what arrives on top of that, while its transaction is on the way, stops nothing any more.
 */
export function payableAmount(extent: Extent, promised: Lamports, room: Room): Lamports {
  const { free, promisedToOthers, rentExemptMinimum } = room;
  if (extent === 'all') return free - leftBehind(room);
  const dust = free - promised;
  return promisedToOthers === 0n && dust > 0n && dust < rentExemptMinimum ? free : promised;
}

function leftBehind({ free, fee, promisedToOthers, destinationBalance, isDusted, ...room }: Room): Lamports {
  const { rentExemptMinimum } = room;
  if (!isDusted) return 0n;
  const kept = greatest(rentExemptMinimum + FEES_LEFT_BEHIND * fee - promisedToOthers, 0n);
  const isPayable = free > kept && destinationBalance + free - kept >= rentExemptMinimum;
  return isPayable ? kept : 0n;
}
