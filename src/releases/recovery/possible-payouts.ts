/** Pure rules of a recovery: which payouts a commitment can have had, and whether a transaction is one of them. */
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { fetchesRent, type Purpose } from '#src/escrow/door/facts/purpose.js';

/** What is left of a commitment in a database that was put back. */
export interface RecoverableFacts {
  readonly commitmentId: string;
  readonly kind: 'personal' | 'creator_reward';
  readonly wallet: string;
  readonly destinationOnFail: string;
  readonly milestones: readonly { readonly id: string; readonly unlockLamports: bigint }[];
  /** Null where none was frozen by then: what it would have paid can be derived from nothing. */
  readonly distribution: {
    readonly treasury: string | null;
    readonly treasuryLamports: bigint;
    readonly eligibleWallets: number;
    readonly destinationLamports: bigint;
    readonly reserveLamports: bigint;
    readonly earned: readonly { readonly milestoneId: string; readonly amountLamports: bigint }[];
    /** Of all rounds. */
    readonly shares: readonly {
      readonly wallet: string;
      readonly round: number;
      readonly amountLamports: bigint;
    }[];
    /** Of later money. */
    readonly rounds: readonly { readonly round: number; readonly treasuryLamports: bigint }[];
  } | null;
  /** How many forwards of stray money the ledger has. */
  readonly forwards: number;
}

export interface PossiblePayout {
  readonly id: string;
  readonly purpose: Purpose;
  /** The milestone that is released, or the wallet that claims. */
  readonly subject: string | null;
  readonly part: number;
  /** Whoever may be paid. */
  readonly destinations: readonly string[];
  /** Null for what pays all there is. */
  readonly lamports: { readonly from: bigint; readonly to: bigint } | null;
  readonly state: LostState;
}

/** Which state the lost decision has moved together with the payout. */
export type LostState =
  /** The commitment was resolved. */
  | 'resolution'
  /** The milestone was being released. */
  | 'release'
  /** None: it pays by a frozen distribution. */
  | 'frozen'
  /** None: it fetches what a payment before it has left behind, so that one is booked first. */
  | 'rent'
  /** None: the commitment had ended. */
  | 'ended';

/** How many forwards are looked for beyond those that the ledger has. */
const MORE_FORWARDS = 32;
/** What may go along with a payment that empties an escrow. */
const MOST_DUST = 890_880n;

type Draft = Omit<PossiblePayout, 'id' | 'part'> & { readonly part?: number };

/** All of them, each with the id that it must have. */
export function possiblePayouts(facts: RecoverableFacts): PossiblePayout[] {
  const drafts = facts.kind === 'personal' ? ofPersonal(facts) : ofReward(facts);
  const rents = drafts.filter(({ purpose }) => fetchesRent({ purpose, part: 1 })).map(asRent);
  return [...drafts, ...rents, ...forwardsOf(facts)].map((draft) => named(facts.commitmentId, draft));
}

function named(commitmentId: string, draft: Draft): PossiblePayout {
  const { purpose, subject, part = 0, destinations, lamports, state } = draft;
  return {
    id: payoutIdOf({ commitmentId, purpose, subject, part }),
    purpose,
    subject,
    part,
    destinations,
    lamports,
    state,
  };
}

/** What it has left behind is fetched by another one. */
function asRent({ purpose, subject, destinations }: Draft): Draft {
  return { purpose, subject, destinations, part: 1, lamports: null, state: 'rent' };
}

function ofPersonal({ wallet, destinationOnFail }: RecoverableFacts): Draft[] {
  const all = { subject: null, lamports: null, state: 'resolution' as const };
  return [
    { ...all, purpose: 'personal_success', destinations: [wallet] },
    { ...all, purpose: 'personal_failure', destinations: [destinationOnFail] },
  ];
}

function ofReward({ wallet, destinationOnFail, milestones, distribution }: RecoverableFacts): Draft[] {
  const releases = milestones.map(({ id: subject, unlockLamports: to }): Draft => {
    const earned = distribution?.earned.find(({ milestoneId }) => milestoneId === subject);
    const lamports = { from: earned?.amountLamports ?? to, to };
    return { purpose: 'milestone_release', subject, destinations: [wallet], lamports, state: 'release' };
  });
  if (distribution === null) return releases;
  const { treasury, eligibleWallets, shares } = distribution;
  const parts = [{ round: 0, treasuryLamports: distribution.treasuryLamports }, ...distribution.rounds];
  const state = 'frozen' as const;
  const heir = { subject: null, destinations: [destinationOnFail], state };
  const frozen = (lamports: bigint) => (eligibleWallets === 0 ? null : exactly(lamports));
  return [
    ...releases,
    ...(treasury === null
      ? []
      : parts.map(({ round: part, treasuryLamports }): Draft => {
          const lamports = exactly(treasuryLamports);
          return {
            purpose: 'failure_treasury',
            subject: null,
            part,
            destinations: [treasury],
            lamports,
            state,
          };
        })),
    { ...heir, purpose: 'failure_destination', lamports: frozen(distribution.destinationLamports) },
    { ...heir, purpose: 'failure_remainder', lamports: frozen(distribution.reserveLamports) },
    ...shares.map(({ wallet: owner, round: part, amountLamports }): Draft => {
      const lamports = exactly(amountLamports);
      return { purpose: 'distribution_claim', subject: owner, part, destinations: [owner], lamports, state };
    }),
  ];
}

function forwardsOf({ wallet, destinationOnFail, forwards }: RecoverableFacts): Draft[] {
  const destinations = [wallet, destinationOnFail];
  return Array.from({ length: forwards + MORE_FORWARDS }, (_, part) => {
    return { purpose: 'stray_forward', subject: null, part, destinations, lamports: null, state: 'ended' };
  });
}

function exactly(lamports: bigint) {
  return { from: lamports, to: lamports };
}

/** What a transaction says that it has paid. */
export interface SeenPayment {
  readonly payoutId: string;
  readonly destination: string;
  readonly lamports: bigint;
}

/**
 * Which of them a transaction has paid, or why it is none.
 * @param emptied whether it has left nothing behind: then dust may have gone along
 */
export function recoverable(
  possible: readonly PossiblePayout[],
  { payoutId, destination, lamports }: SeenPayment,
  emptied: boolean,
): { readonly payout: PossiblePayout } | { readonly refusal: string } {
  const payout = possible.find(({ id }) => id === payoutId);
  if (payout === undefined)
    return { refusal: `its memo ${payoutId} can be derived from nothing that is left` };
  if (!payout.destinations.includes(destination))
    return {
      refusal: `it pays ${destination}, and ${payout.purpose} is owed to ${payout.destinations.join(' or ')}`,
    };
  const { lamports: due } = payout;
  if (due === null || (lamports >= due.from && lamports <= due.to)) return { payout };
  if (emptied && lamports > due.to && lamports - due.to < MOST_DUST) return { payout };
  return { refusal: `it pays ${lamports} lamports, and ${payout.purpose} owes ${due.to}` };
}
