import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AdminRevocation } from '#src/admin/allowlist/admin-revocation.entity.js';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import type { MarkRow } from '#src/marks/mark.js';
import type { SignedAct } from '#src/signed-messages/signed-act.entity.js';
import type { DoorTerms, ProvenDistribution, ProvenRound } from '#src/escrow/door/facts/evidence.js';
import type {
  AttemptCount,
  DecidedPayout,
  FrozenShare,
  PausesMade,
  PlannedAttempt,
  Unlocked,
} from '#src/escrow/door/facts/facts.js';
import { PURPOSES } from '#src/escrow/door/facts/purpose.js';

/** A commitment and its escrow as they stand in the tables. */
export interface CommitmentRow {
  readonly id: string;
  readonly terms: DoorTerms & { readonly [name: string]: CanonicalValue };
  readonly termsHash: string;
  readonly messageHash: string;
  readonly excludedWallets: readonly string[];
  readonly resolution: 'success' | 'failure' | null;
  readonly resolvedByChainTime: Date | null;
  readonly address: string;
  readonly custody: string;
  readonly privyWalletId: string | null;
}

export type UnlockRow = Omit<Unlocked, 'milestoneId' | 'commitmentId'>;

/** What stands in the tables, of one moment: nothing in it is believed. */
export interface StoredEvidence {
  readonly claim: DecidedPayout | null;
  readonly attempt: PlannedAttempt | null;
  /** Null where there is none, or it has no escrow. */
  readonly commitment: CommitmentRow | null;
  /** The oldest first. */
  readonly acts: readonly SignedAct[];
  readonly marks: readonly MarkRow[];
  /** Of the admins whose acts are among these. */
  readonly revocations: readonly AdminRevocation[];
  readonly attempts: AttemptCount;
  readonly unlock: UnlockRow | null;
  readonly distribution: ProvenDistribution | null;
  /** In their order. */
  readonly rounds: readonly ProvenRound[];
  /** Every payout of the commitment that a table calls paid. */
  readonly paid: readonly string[];
  readonly pauses: PausesMade;
}

/** What the evidence is wanted for. */
export type Question =
  { readonly commitmentId: string } | { readonly payoutId: string } | { readonly attemptId: string };

/** As JSON has it: text in place of big numbers, times and bytes. */
type Told<T> = T extends bigint | Date | Uint8Array
  ? string
  : T extends readonly (infer E)[]
    ? readonly Told<E>[]
    : T extends object
      ? { readonly [K in keyof T]: Told<T[K]> }
      : T;

interface Row extends Pick<StoredEvidence, 'marks' | 'attempts' | 'paid' | 'pauses'> {
  readonly claim: Told<DecidedPayout> | null;
  readonly attempt: Told<PlannedAttempt> | null;
  readonly commitment:
    (Omit<CommitmentRow, 'resolvedByChainTime'> & { readonly resolvedByChainTime: string | null }) | null;
  readonly acts: readonly Told<SignedAct>[];
  readonly revocations: readonly Told<AdminRevocation>[];
  readonly unlock: Told<UnlockRow> | null;
  readonly distribution: ToldDistribution | null;
  readonly rounds: readonly ToldRound[];
}

type ToldDistribution = Told<ProvenDistribution['distribution']> & Pick<Told<ProvenDistribution>, 'shares'>;
type ToldRound = Told<ProvenRound['round']> & Pick<Told<ProvenRound>, 'shares'>;

/** Reads what the signing door looks at, straight from the tables: it relies on no other code's picture of them. */
@Injectable()
export class EvidenceRepository {
  async find(manager: EntityManager, question: Question): Promise<StoredEvidence> {
    const asked = { commitmentId: null, payoutId: null, attemptId: null, ...question };
    const [{ row }] = await manager.query<[{ readonly row: Row }]>(EVIDENCE, [
      asked.commitmentId,
      asked.payoutId,
      asked.attemptId,
    ]);
    const { commitment, acts, revocations, unlock } = row;
    return {
      ...row,
      claim: claimOf(row.claim),
      attempt: row.attempt === null ? null : attemptOf(row.attempt),
      commitment: commitment && {
        ...commitment,
        resolvedByChainTime: timeOf(commitment.resolvedByChainTime),
      },
      acts: acts.map(actOf),
      revocations: revocations.map(revocationOf),
      unlock: unlock && { ...unlock, claimableAt: new Date(unlock.claimableAt) },
      distribution: row.distribution === null ? null : distributionOf(row.distribution),
      rounds: row.rounds.map(roundOf),
    };
  }

  /** The pauses that a table calls this server's, and the mark of them. */
  async findPauses(
    manager: EntityManager,
  ): Promise<{ readonly pauses: PausesMade; readonly marks: readonly MarkRow[] }> {
    type Found = { readonly pauses: PausesMade; readonly marks: readonly MarkRow[] };
    const [row] = await manager.query<[Found]>(PAUSES);
    return row;
  }

  /** How many transactions a table says were planned for the payout, or operation, and signed, and the mark of that. */
  async countAttempts(
    manager: EntityManager,
    payoutId: string,
  ): Promise<{ readonly count: AttemptCount; readonly marks: readonly MarkRow[] }> {
    const [row] = await manager.query<[AttemptCount & { readonly marks: readonly MarkRow[] }]>(ATTEMPTS, [
      payoutId,
    ]);
    const { marks, ...count } = row;
    return { count, marks };
  }
}

/** Migration 0041: planned once for each connection. The commitment, or the payout, or the attempt that it is about. */
const EVIDENCE = 'SELECT public.signing_evidence($1, $2, $3) AS row';

const PAUSES = `
  SELECT public.pauses_made() AS pauses,
         (SELECT coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'digest', digest, 'keyId', key_id, 'mac', mac)), '[]')
            FROM public.marks WHERE kind = 'pauses') AS marks`;

const ATTEMPTS = `
  SELECT count(*)::int AS planned, count(signature)::int AS signed,
         (SELECT coalesce(json_agg(json_build_object('kind', kind, 'id', id, 'digest', digest, 'keyId', key_id, 'mac', mac)), '[]')
            FROM public.marks WHERE kind = 'attempts' AND id = $1::text) AS marks
    FROM (SELECT signature FROM public.payout_attempts WHERE payout_id = $1::uuid
          UNION ALL SELECT signature FROM public.pump_attempts WHERE operation_id = $1::uuid) AS attempts`;

function claimOf(row: Row['claim']): DecidedPayout | null {
  if (row === null || !PURPOSES.includes(row.purpose)) return null;
  const { amountLamports, feeLamports } = row;
  return {
    ...row,
    amountLamports: BigInt(amountLamports),
    feeLamports: feeLamports === null ? null : BigInt(feeLamports),
  };
}

function actOf(row: Told<SignedAct>): SignedAct {
  const { issuedAt, acceptedAt, chainTime } = row;
  const times = {
    issuedAt: new Date(issuedAt),
    acceptedAt: new Date(acceptedAt),
    chainTime: timeOf(chainTime),
  };
  return { ...row, ...times };
}

function revocationOf(row: Told<AdminRevocation>): AdminRevocation {
  return { ...row, voidFrom: timeOf(row.voidFrom), revokedAt: new Date(row.revokedAt) };
}

function attemptOf(row: Told<PlannedAttempt>): PlannedAttempt {
  const { sourceBalanceLamports: balance } = row;
  return {
    ...row,
    amountLamports: BigInt(row.amountLamports),
    feeLamports: BigInt(row.feeLamports),
    sourceBalanceLamports: balance === null ? null : BigInt(balance),
    message: Buffer.from(row.message, 'hex'),
    lastValidBlockHeight: BigInt(row.lastValidBlockHeight),
    blockhashSlot: BigInt(row.blockhashSlot),
  };
}

function distributionOf({ shares, ...row }: ToldDistribution): ProvenDistribution {
  const distribution = {
    ...row,
    escrowBalanceLamports: BigInt(row.escrowBalanceLamports),
    rentExemptMinimum: BigInt(row.rentExemptMinimum),
    treasuryLamports: BigInt(row.treasuryLamports),
    potLamports: BigInt(row.potLamports),
    destinationLamports: BigInt(row.destinationLamports),
    earnedLamports: BigInt(row.earnedLamports),
    earned: row.earned.map((one) => ({ ...one, amountLamports: BigInt(one.amountLamports) })),
    legFeeLamports: BigInt(row.legFeeLamports),
    reserveLamports: BigInt(row.reserveLamports),
  };
  return { distribution, shares: shares.map(shareOf) };
}

function roundOf({ shares, ...row }: ToldRound): ProvenRound {
  const round = {
    ...row,
    escrowBalanceLamports: BigInt(row.escrowBalanceLamports),
    keptLamports: BigInt(row.keptLamports),
    treasuryLamports: BigInt(row.treasuryLamports),
    potLamports: BigInt(row.potLamports),
    legFeeLamports: BigInt(row.legFeeLamports),
  };
  return { round, shares: shares.map(shareOf) };
}

function shareOf({ wallet, weightRaw, amountLamports }: Told<FrozenShare>): FrozenShare {
  return { wallet, weightRaw: BigInt(weightRaw), amountLamports: BigInt(amountLamports) };
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
