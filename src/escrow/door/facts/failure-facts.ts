/** What exactly is marked about an announced failure, one function a fact. */
import type { MarkedFact } from '#src/marks/mark.js';
import { type FrozenShare, sharesHash } from './facts.js';

export interface Announced {
  readonly id: string;
  readonly commitmentId: string;
  readonly slot: bigint;
  readonly announcedAt: Date;
  readonly effectiveAt: Date;
  readonly announcedBy: string;
  readonly supplyGrown: boolean;
  readonly confirmedBy: string | null;
  readonly calledOffAt: Date | null;
}

/** When a failure was announced, the slot by which it weighs, and whether it was called off. */
export function announcementFact(announced: Announced): MarkedFact {
  const { id, commitmentId, slot, announcedBy, supplyGrown, confirmedBy } = announced;
  return {
    kind: 'announcement',
    id,
    facts: {
      commitmentId,
      slot: slot.toString(),
      announcedAt: announced.announcedAt.toISOString(),
      effectiveAt: announced.effectiveAt.toISOString(),
      announcedBy,
      supplyGrown,
      confirmedBy,
      calledOffAt: announced.calledOffAt?.toISOString() ?? null,
    },
  };
}

export interface Enrolled {
  readonly announcementId: string;
  readonly wallet: string;
  readonly tokenAccounts: readonly string[];
  readonly enrolledAt: Date;
}

/** A wallet is to share in a failure, by its own word or by its approval. */
export function enrollmentFact({ announcementId, wallet, tokenAccounts, enrolledAt }: Enrolled): MarkedFact {
  const facts = { tokenAccounts: tokenAccounts.toSorted(), enrolledAt: enrolledAt.toISOString() };
  return { kind: 'enrollment', id: `${announcementId}:${wallet}`, facts };
}

/** What it held at the announcement slot, as this server has read it. */
export function weightFact(announcementId: string, wallet: string, weightRaw: bigint): MarkedFact {
  return { kind: 'weight', id: `${announcementId}:${wallet}`, facts: { weightRaw: weightRaw.toString() } };
}

/** One distribution of what reached a failed escrow later. */
export interface FrozenRound {
  readonly commitmentId: string;
  /** From 1. */
  readonly round: number;
  readonly escrowBalanceLamports: bigint;
  readonly keptLamports: bigint;
  readonly treasuryLamports: bigint;
  readonly potLamports: bigint;
  readonly legFeeLamports: bigint;
}

/** A round, to the last share. */
export function roundFact(round: FrozenRound, shares: readonly FrozenShare[]): MarkedFact {
  return {
    kind: 'round',
    id: `${round.commitmentId}:${round.round}`,
    facts: {
      escrowBalance: round.escrowBalanceLamports.toString(),
      kept: round.keptLamports.toString(),
      treasuryLamports: round.treasuryLamports.toString(),
      pot: round.potLamports.toString(),
      legFee: round.legFeeLamports.toString(),
      shares: sharesHash(shares),
    },
  };
}
