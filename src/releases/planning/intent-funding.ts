/** Pure: what one payout would take out of its escrow, and in words why it cannot. */
import { fetchesRent } from '#src/escrow/door/facts/purpose.js';
import type { DomainError } from '#src/common/errors/errors.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { type FeeBearer, feePayerNeed } from './payout-fee.js';
import {
  destinationNotPayable,
  escrowUnderfunded,
  feePayerUnderfunded,
} from '#src/releases/payouts/payout.errors.js';
import type { Promises } from '#src/releases/payouts/payout.repository.js';
import type { Purpose } from '#src/releases/payouts/purpose.js';
import { type Extent, type FundingFacts, fundingRefusal, payableAmount } from './funding-rules.js';
import type { Lessons } from './lessons.js';

/** What is to be paid. `amountLamports` is ignored for a drain, which pays all there is. */
export interface PayoutIntent {
  readonly id: string;
  readonly purpose: Purpose;
  readonly part: number;
  readonly businessKey: string;
  readonly source: string;
  readonly destination: string;
  readonly drain: boolean;
  readonly amountLamports: Lamports;
  readonly feeLamports: Lamports | null;
}

/** As read from the chain, and what is promised out of it. */
export interface Holdings {
  readonly source: Lamports;
  readonly destination: Lamports;
  /** Why nothing sent to the destination would reach a person; null for a wallet. */
  readonly flaw: string | null;
  readonly feePayer: Lamports;
  readonly rentExemptMinimum: Lamports;
  readonly promises: Promises;
}

/** Lamports of one transaction. */
export interface Fees {
  readonly own: Lamports;
  /** What each payout of the same escrow that pays the market's price will need; 0 with a fee payer. */
  readonly others: Lamports;
}

export function extentOf({ drain }: Pick<PayoutIntent, 'drain'>): Extent {
  return drain ? 'all' : 'fixed';
}

export function factsOf(
  intent: PayoutIntent,
  holdings: Holdings,
  bearer: FeeBearer,
  fees: Fees,
  lessons: Lessons,
): FundingFacts {
  const { source: balance, destination: destinationBalance, rentExemptMinimum, promises } = holdings;
  const fee = bearer.signers === 2 ? 0n : fees.own;
  const promisedToOthers = promises.lamports + BigInt(promises.marketFees) * fees.others;
  const room = {
    free: balance - fee - promisedToOthers,
    fee,
    promisedToOthers,
    destinationBalance,
    rentExemptMinimum,
    isDusted: !fetchesRent(intent) && lessons.isDusted(balance),
  };
  const amount = payableAmount(extentOf(intent), intent.amountLamports, room);
  return { balance, amount, fee, promisedToOthers, destinationBalance, rentExemptMinimum };
}

/** Why the payout cannot be made as things stand; null when it can. */
export function refusalOf(
  intent: PayoutIntent,
  facts: FundingFacts,
  bearer: FeeBearer,
  fees: Fees,
  feePayerBalance: Lamports,
): DomainError | null {
  return sourceRefusal(intent, facts) ?? feeRefusal(bearer, fees.own, feePayerBalance, facts);
}

function sourceRefusal(intent: PayoutIntent, facts: FundingFacts): DomainError | null {
  const { balance, fee, promisedToOthers, rentExemptMinimum, destinationBalance } = facts;
  const amount = extentOf(intent) === 'all' ? 1n : facts.amount;
  const needed = amount + fee + promisedToOthers;
  const payable = fee > 0n ? rentExemptMinimum + fee : 0n;
  switch (fundingRefusal(facts)) {
    case null:
      return null;
    case 'underfunded':
    case 'below_rent_after_fee':
      return escrowUnderfunded(intent.source, balance, needed > payable ? needed : payable);
    case 'leaves_dust':
      return escrowUnderfunded(intent.source, balance, needed + rentExemptMinimum);
    case 'destination_below_rent':
      return destinationNotPayable(
        intent.destination,
        `with ${destinationBalance} lamports it would hold ${destinationBalance + facts.amount} after the payout of ` +
          `${facts.amount}, and an account needs ${rentExemptMinimum} to exist`,
      );
  }
}

/** Where another wallet than the source pays: whether it can. */
function feeRefusal(
  bearer: FeeBearer,
  fee: Lamports,
  balance: Lamports,
  { rentExemptMinimum }: FundingFacts,
): DomainError | null {
  const need = feePayerNeed(fee, rentExemptMinimum);
  if (bearer.signers === 1 || balance >= need) return null;
  return feePayerUnderfunded(bearer.address, balance, need);
}
