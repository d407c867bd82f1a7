import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import type { DoorTerms } from './evidence.js';
import type {
  AttemptCount,
  DecidedPayout,
  FrozenDistribution,
  FrozenEarned,
  FrozenShare,
  PlannedAttempt,
} from './facts.js';
import { PURPOSES } from './purpose.js';

/** A commitment and its escrow as they stand in the tables. */
export interface CommitmentRow {
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

export interface UnlockRow {
  readonly claimableAt: Date;
  readonly reweighedUsd: string;
  readonly thresholdUsd: string;
  readonly approvedRaw: string;
  readonly seenSupply: string;
  readonly tokenMint: string;
}

const COMMITMENT = `
  SELECT c.terms, c.terms_hash AS "termsHash", c.message_hash AS "messageHash", c.excluded_wallets AS "excludedWallets",
         c.resolution, c.resolution_chain_time AS "resolvedByChainTime",
         e.address, e.custody, e.privy_wallet_id AS "privyWalletId"
    FROM public.commitments c JOIN public.escrows e ON e.commitment_id = c.id WHERE c.id = $1`;

const PAYOUT = `
  SELECT id, commitment_id AS "commitmentId", purpose, subject_id AS "subjectId", part, source, destination,
         amount_lamports AS "amountLamports", drain, fee_lamports AS "feeLamports"
    FROM public.payouts WHERE id = $1`;

const ATTEMPT = `
  SELECT id, payout_id AS "payoutId", number, source, amount_lamports AS "amountLamports", fee_lamports AS "feeLamports",
         fee_payer AS "feePayer", source_balance_lamports AS "sourceBalanceLamports", message, blockhash,
         last_valid_block_height AS "lastValidBlockHeight", blockhash_slot AS "blockhashSlot"
    FROM public.payout_attempts WHERE id = $1`;

const UNLOCK = `
  SELECT m.claimable_at AS "claimableAt", m.reweighed_usd AS "reweighedUsd", m.threshold_usd AS "thresholdUsd",
         m.approved_raw AS "approvedRaw", m.seen_supply AS "seenSupply",
         c.token_mint AS "tokenMint"
    FROM public.reward_milestones m JOIN public.commitments c ON c.id = m.commitment_id
   WHERE m.id = $1 AND m.commitment_id = $2 AND m.claimable_at IS NOT NULL AND m.reweighed_usd IS NOT NULL
     AND m.approved_raw IS NOT NULL AND m.seen_supply IS NOT NULL`;

const APPROVALS = `
  SELECT wallet, reweighed_usd AS "weightUsd" FROM public.reward_signals
   WHERE milestone_id = $1 AND reweighed_usd IS NOT NULL`;

const DISTRIBUTION = `
  SELECT commitment_id AS "commitmentId", escrow, destination, escrow_balance_lamports AS "escrowBalanceLamports",
         rent_exempt_minimum AS "rentExemptMinimum", treasury_share_bps AS "treasuryShareBps", treasury,
         treasury_lamports AS "treasuryLamports", eligible_wallets AS "eligibleWallets", pot_lamports AS "potLamports",
         destination_lamports AS "destinationLamports", earned_lamports AS "earnedLamports", leg_fee_lamports AS "legFeeLamports",
         reserve_lamports AS "reserveLamports"
    FROM public.failure_distributions WHERE commitment_id = $1`;

const SHARES = `
  SELECT wallet, weight_raw AS "weightRaw", amount_lamports AS "amountLamports"
    FROM public.failure_shares WHERE commitment_id = $1`;

const EARNED = `
  SELECT milestone_id AS "milestoneId", position, amount_lamports AS "amountLamports"
    FROM public.failure_earned WHERE commitment_id = $1`;

/** Columns of PostgreSQL's bigint and numeric(20, 0): the driver answers them as text. */
type Texts<T> = { readonly [K in keyof T]: bigint extends T[K] ? string | null : T[K] };

/** Reads what the signing door looks at, straight from the tables: it relies on no other code's picture of them. */
@Injectable()
export class EvidenceRepository {
  async findCommitment(manager: EntityManager, id: string): Promise<CommitmentRow | null> {
    return (await manager.query<CommitmentRow[]>(COMMITMENT, [id]))[0] ?? null;
  }

  async findPayout(manager: EntityManager, id: string): Promise<DecidedPayout | null> {
    const [row] = await manager.query<Texts<DecidedPayout>[]>(PAYOUT, [id]);
    if (row === undefined || !PURPOSES.includes(row.purpose)) return null;
    return {
      ...row,
      amountLamports: BigInt(row.amountLamports ?? 0),
      feeLamports: row.feeLamports === null ? null : BigInt(row.feeLamports),
    };
  }

  async findAttempt(manager: EntityManager, id: string): Promise<PlannedAttempt | null> {
    const [row] = await manager.query<Texts<PlannedAttempt>[]>(ATTEMPT, [id]);
    if (row === undefined) return null;
    const { amountLamports, feeLamports, sourceBalanceLamports: balance, blockhashSlot } = row;
    return {
      ...row,
      amountLamports: BigInt(amountLamports ?? 0),
      feeLamports: BigInt(feeLamports ?? 0),
      sourceBalanceLamports: balance === null ? null : BigInt(balance),
      lastValidBlockHeight: BigInt(row.lastValidBlockHeight ?? 0),
      blockhashSlot: BigInt(blockhashSlot ?? 0),
    };
  }

  async findUnlock(
    manager: EntityManager,
    milestoneId: string,
    commitmentId: string,
  ): Promise<UnlockRow | null> {
    return (await manager.query<UnlockRow[]>(UNLOCK, [milestoneId, commitmentId]))[0] ?? null;
  }

  async findApprovals(
    manager: EntityManager,
    milestoneId: string,
  ): Promise<{ readonly wallet: string; readonly weightUsd: string }[]> {
    return manager.query(APPROVALS, [milestoneId]);
  }

  async findDistribution(manager: EntityManager, commitmentId: string): Promise<FrozenDistribution | null> {
    const [row] = await manager.query<Texts<Omit<FrozenDistribution, 'earned'>>[]>(DISTRIBUTION, [
      commitmentId,
    ]);
    if (row === undefined) return null;
    return {
      ...row,
      escrowBalanceLamports: BigInt(row.escrowBalanceLamports ?? 0),
      rentExemptMinimum: BigInt(row.rentExemptMinimum ?? 0),
      treasuryLamports: BigInt(row.treasuryLamports ?? 0),
      potLamports: BigInt(row.potLamports ?? 0),
      destinationLamports: BigInt(row.destinationLamports ?? 0),
      earnedLamports: BigInt(row.earnedLamports ?? 0),
      earned: await this.findEarned(manager, commitmentId),
      legFeeLamports: BigInt(row.legFeeLamports ?? 0),
      reserveLamports: BigInt(row.reserveLamports ?? 0),
    };
  }

  async findShares(manager: EntityManager, commitmentId: string): Promise<FrozenShare[]> {
    const rows = await manager.query<Texts<FrozenShare>[]>(SHARES, [commitmentId]);
    return rows.map(({ wallet, weightRaw, amountLamports }) => ({
      wallet,
      weightRaw: BigInt(weightRaw ?? 0),
      amountLamports: BigInt(amountLamports ?? 0),
    }));
  }

  private async findEarned(manager: EntityManager, commitmentId: string): Promise<FrozenEarned[]> {
    const rows = await manager.query<Texts<FrozenEarned>[]>(EARNED, [commitmentId]);
    return rows.map(({ milestoneId, position, amountLamports }) => ({
      milestoneId,
      position,
      amountLamports: BigInt(amountLamports ?? 0),
    }));
  }

  /** How many transactions a table says were planned for the payout and signed. */
  async countAttempts(manager: EntityManager, payoutId: string): Promise<AttemptCount> {
    const sql = `SELECT count(*)::int AS planned, count(signature)::int AS signed FROM public.payout_attempts WHERE payout_id = $1`;
    return (await manager.query<[AttemptCount]>(sql, [payoutId]))[0];
  }

  /** Whether a transaction of the payout has been signed. */
  async hasSigned(manager: EntityManager, payoutId: string): Promise<boolean> {
    const sql = 'SELECT 1 FROM public.payout_attempts WHERE payout_id = $1 AND signature IS NOT NULL LIMIT 1';
    return (await manager.query<unknown[]>(sql, [payoutId])).length > 0;
  }

  /** Every payout of the commitment that a table calls paid. */
  async findPaid(manager: EntityManager, commitmentId: string): Promise<string[]> {
    const sql = `SELECT id FROM public.payouts WHERE commitment_id = $1 AND status IN ('confirmed', 'finalized')`;
    return (await manager.query<{ id: string }[]>(sql, [commitmentId])).map(({ id }) => id);
  }
}
