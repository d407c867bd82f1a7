/** Pure rules of a failed reward commitment's money: who gets how much of the escrow. docs/domain.md tells why. */
import type { Lamports } from '#src/common/money/lamports.js';
import { largestRemainder } from '#src/common/money/largest-remainder.js';

export interface Weight {
  readonly wallet: string;
  /** Smallest units of the token. */
  readonly weightRaw: bigint;
}

export interface Share extends Weight {
  /** Above 0. */
  readonly amountLamports: Lamports;
}

/** What the split depends on; all amounts in lamports, as read in one moment. */
export interface SplitFacts {
  readonly balance: Lamports;
  readonly rentExemptMinimum: Lamports;
  /** What the escrow pays for each transfer; 0 where a fee payer does. */
  readonly legFee: Lamports;
  /** By the frozen terms; null where they name none. `balance`: what its account holds. */
  readonly treasury: { readonly shareBps: number; readonly balance: Lamports } | null;
  /** One a wallet. */
  readonly weights: readonly Weight[];
  /** Who would get less gets nothing. */
  readonly minShare: Lamports;
  /** Other transfers that leave the same escrow, in any order; what they and their fees need is no part of the balance. */
  readonly owed: readonly Lamports[];
}

/** treasury + pot + destination + fees + reserve + stranded = balance; the shares sum to the pot. */
export interface Split {
  readonly treasury: Lamports;
  readonly pot: Lamports;
  /** For destinationOnFail, where nobody earns a share. */
  readonly destination: Lamports;
  /** One leg fee for each transfer. */
  readonly fees: Lamports;
  /** Keeps the escrow rent-exempt while small legs leave it in any order; the last transfer takes it to destinationOnFail. */
  readonly reserve: Lamports;
  /** Too little to be moved by the escrow itself. */
  readonly stranded: Lamports;
  readonly shares: readonly Share[];
}

/** What the split of later money depends on; all amounts in lamports. */
export type RoundFacts = Pick<
  SplitFacts,
  'rentExemptMinimum' | 'legFee' | 'treasury' | 'weights' | 'minShare'
> & {
  readonly balance: Lamports;
  /** What others have to get out of the same escrow, fees included. */
  readonly promised: Lamports;
};

/** kept + treasury + pot + fees = balance; the shares sum to the pot. */
export interface RoundSplit extends Pick<Split, 'treasury' | 'pot' | 'fees' | 'shares'> {
  /** What is promised, and a rent minimum that stays: so transfers of any size leave in any order. */
  readonly kept: Lamports;
}

type Draft = Pick<Split, 'treasury' | 'destination' | 'reserve' | 'shares'>;

const BASIS_POINTS = 10_000n;

/** The same for any order of the weights. @throws RangeError for a negative amount */
export function splitFailure(facts: SplitFacts): Split {
  const voters = facts.weights.filter(({ weightRaw }) => weightRaw > 0n).toSorted(byWeight);
  const { rentExemptMinimum } = facts;
  const drafts = [
    () => forVoters(facts, voters, 0n),
    () => forVoters(facts, voters, rentExemptMinimum),
    () => forDestination(facts),
    () => forDestinationLast(facts),
    () => forDestination({ ...facts, treasury: null }),
  ];
  for (const make of drafts) {
    const draft = make();
    if (draft !== null && isPayable(draft, facts)) return close(draft, facts);
  }
  const nothing = { treasury: 0n, pot: 0n, destination: 0n, fees: 0n, reserve: 0n, shares: [] };
  return { ...nothing, stranded: facts.balance };
}

/**
 * Later money, by the same weights; null where none is shared out yet: there is too little of it, or too little for a share of anybody.
 * @param threshold what nobody is promised has to be more than this
 */
export function splitRound(facts: RoundFacts, threshold: Lamports): RoundSplit | null {
  const { balance, promised, rentExemptMinimum, legFee } = facts;
  const kept = promised + rentExemptMinimum;
  if (balance - promised <= threshold || balance <= kept) return null;
  const voters = facts.weights.filter(({ weightRaw }) => weightRaw > 0n).toSorted(byWeight);
  const draft = forVoters({ ...facts, balance: balance - kept, owed: [] }, voters, 0n);
  if (draft === null) return null;
  const { treasury, pot, fees, shares } = close(draft, { balance: balance - kept, legFee });
  return { kept, treasury, pot, fees, shares };
}

/**
 * The pot for the holders. Whoever would get too little makes no transfer, so its part and its fee are split among the others; that
 * can only be found out step by step, the smallest weights first.
 */
function forVoters(facts: SplitFacts, voters: readonly Weight[], reserve: Lamports): Draft | null {
  const { balance, legFee } = facts;
  const available = balance - (reserve > 0n ? reserve + legFee : 0n);
  let hasTreasury = facts.treasury !== null;
  let count = affordable(available, legFee, voters.length);
  while (count > 0) {
    const left = available - legFee * BigInt(count + (hasTreasury ? 1 : 0));
    const treasury = hasTreasury ? treasuryShare(facts, left) : 0n;
    if (hasTreasury && treasury === 0n) {
      hasTreasury = false;
      continue;
    }
    const paid = voters.slice(0, count);
    const amounts = largestRemainder(
      left - treasury,
      paid.map(({ weightRaw }) => weightRaw),
    );
    const tooSmallFrom = amounts.findIndex((amount) => amount === 0n || amount < facts.minShare);
    if (tooSmallFrom === -1) {
      const shares = paid.map(({ wallet, weightRaw }, index) => {
        return { wallet, weightRaw, amountLamports: amounts[index] ?? 0n };
      });
      return { treasury, destination: 0n, reserve, shares };
    }
    count = tooSmallFrom;
  }
  return null;
}

/** Where nobody earns a share: all but the treasury's part for destinationOnFail, in any order. */
function forDestination(facts: SplitFacts): Draft | null {
  const { balance, legFee } = facts;
  const none = { reserve: 0n, shares: [] };
  const alone = balance - legFee;
  // The whole of it: one transfer, one fee.
  if (facts.treasury?.shareBps === Number(BASIS_POINTS) && treasuryShare(facts, alone) > 0n)
    return { ...none, treasury: alone, destination: 0n };
  const treasury = treasuryShare(facts, alone - legFee);
  if (treasury > 0n) return { ...none, treasury, destination: alone - legFee - treasury };
  return alone > 0n ? { ...none, treasury: 0n, destination: alone } : null;
}

/** The same where that order matters: destinationOnFail gets its part when the others have theirs. */
function forDestinationLast(facts: SplitFacts): Draft | null {
  const { balance, legFee, rentExemptMinimum } = facts;
  const left = balance - rentExemptMinimum - 2n * legFee;
  const treasury = treasuryShare(facts, left);
  if (treasury > 0n)
    return { treasury, destination: 0n, reserve: rentExemptMinimum + left - treasury, shares: [] };
  const alone = balance - legFee;
  return facts.owed.length > 0 && alone >= rentExemptMinimum
    ? { treasury, destination: 0n, reserve: alone, shares: [] }
    : null;
}

/** Rounded down. 0 when its account could not hold the share: then the others get it. */
function treasuryShare({ treasury, rentExemptMinimum }: SplitFacts, distributable: Lamports): Lamports {
  if (treasury === null || distributable <= 0n) return 0n;
  const share = (distributable * BigInt(treasury.shareBps)) / BASIS_POINTS;
  return treasury.balance + share < rentExemptMinimum ? 0n : share;
}

/** How many of them could get a lamport each beside their fee. */
function affordable(available: Lamports, legFee: Lamports, count: number): number {
  if (available <= 0n) return 0;
  const most = available / (legFee + 1n);
  return most < BigInt(count) ? Number(most) : count;
}

/**
 * Whether every order of the transfers is accepted by the runtime: until the last one the escrow has to stay rent-exempt, and
 * where it pays fees also before that one, after its fee. A reserve sees to both.
 */
function isPayable(draft: Draft, { rentExemptMinimum, legFee, owed }: SplitFacts): boolean {
  const amounts = [...legsOf(draft), ...owed];
  if (draft.reserve > 0n || (amounts.length === 1 && legFee === 0n)) return true;
  return amounts.every((amount) => amount >= rentExemptMinimum);
}

function legsOf({ treasury, destination, shares }: Draft): Lamports[] {
  return [treasury, destination, ...shares.map(({ amountLamports }) => amountLamports)].filter(
    (amount) => amount > 0n,
  );
}

function close(draft: Draft, { balance, legFee }: Pick<SplitFacts, 'balance' | 'legFee'>): Split {
  const pot = draft.shares.reduce((sum, { amountLamports }) => sum + amountLamports, 0n);
  const fees = legFee * BigInt(legsOf(draft).length + (draft.reserve > 0n ? 1 : 0));
  if (draft.treasury + pot + draft.destination + fees + draft.reserve !== balance)
    throw new Error(`the split of ${balance} lamports does not add up`);
  return { ...draft, pot, fees, stranded: 0n };
}

/** The heaviest first; equal ones by their address, so that nothing depends on the order in which they voted. */
function byWeight(a: Weight, b: Weight): number {
  if (a.weightRaw !== b.weightRaw) return a.weightRaw > b.weightRaw ? -1 : 1;
  return a.wallet < b.wallet ? -1 : 1;
}
