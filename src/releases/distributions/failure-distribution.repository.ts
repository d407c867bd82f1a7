import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Share } from './failure-split.js';
import { FailureDistribution } from './failure-distribution.entity.js';
import { FROZEN_SHARES } from '#src/releases/payouts/frozen-shares.js';
import type { PayoutStatus } from '#src/releases/payouts/payout.js';
import { claimKeySql } from '#src/releases/payouts/purpose.js';

/** A share and the payout that claims it, if one was written and not given up. */
export interface ClaimedShare {
  readonly wallet: string;
  /** 0: of the failure itself; from 1 on of later money. */
  readonly round: number;
  readonly weightRaw: bigint;
  readonly amountLamports: bigint;
  /** What the escrow pays for its transfer; 0 where a fee payer does. */
  readonly legFeeLamports: bigint;
  readonly payoutId: string | null;
  readonly payoutStatus: PayoutStatus | null;
  /** Of the transaction that has landed. */
  readonly signature: string | null;
}

export interface Unclaimed {
  readonly shares: number;
  readonly lamports: bigint;
}

export interface UnclaimedDistribution extends Unclaimed {
  readonly commitmentId: string;
  readonly escrow: string;
  readonly frozenAt: Date;
}

interface ShareRow {
  readonly wallet: string;
  readonly round: number;
  readonly weight_raw: string;
  readonly amount_lamports: string;
  readonly leg_fee_lamports: string;
  readonly payout_id: string | null;
  readonly payout_status: PayoutStatus | null;
  readonly signature: string | null;
}

interface UnclaimedRow {
  readonly commitment_id: string;
  readonly escrow: string;
  readonly frozen_at: Date;
  readonly shares: number;
  readonly lamports: string;
}

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Joins a share `s` of `FROZEN_SHARES` with its claim. */
const CLAIM = `LEFT JOIN public.payouts p ON p.status <> 'cancelled' AND p.business_key = ${claimKeySql('s')}`;

const SHARES = `
  SELECT s.wallet, s.round, s.weight_raw::text, s.amount_lamports::text, s.leg_fee_lamports::text, p.id AS payout_id,
         p.status AS payout_status, a.signature
    FROM ${FROZEN_SHARES} AS s ${CLAIM}
    LEFT JOIN public.payout_attempts a ON a.payout_id = p.id AND a.status IN ('confirmed', 'finalized')`;

@Injectable()
export class FailureDistributionRepository {
  async insert(manager: EntityManager, distribution: FailureDistribution): Promise<void> {
    await manager.insert(FailureDistribution, distribution);
  }

  /** After what was earned, and all in one statement: the database takes no other one for them. */
  async insertShares(manager: EntityManager, commitmentId: string, shares: readonly Share[]): Promise<void> {
    if (shares.length === 0) return;
    await manager.query(
      `INSERT INTO public.failure_shares (commitment_id, wallet, weight_raw, amount_lamports)
       SELECT $1, v.* FROM unnest($2::text[], $3::numeric[], $4::bigint[]) AS v`,
      [
        commitmentId,
        shares.map(({ wallet }) => wallet),
        shares.map(({ weightRaw }) => weightRaw.toString()),
        shares.map(({ amountLamports }) => amountLamports.toString()),
      ],
    );
  }

  async find(manager: EntityManager, commitmentId: string): Promise<FailureDistribution | null> {
    return manager.findOneBy(FailureDistribution, { commitmentId });
  }

  /** All shares of one wallet, the first round first. */
  async findSharesOf(manager: EntityManager, commitmentId: string, wallet: string): Promise<ClaimedShare[]> {
    const rows = await manager.query<ShareRow[]>(
      `${SHARES} WHERE s.commitment_id = $1 AND s.wallet = $2 ORDER BY s.round`,
      [commitmentId, wallet],
    );
    return rows.map(shareOf);
  }

  /** Of `limit` wallets, by wallet and round; `after` is the last wallet of the page before. */
  async findShares(
    manager: EntityManager,
    commitmentId: string,
    limit: number,
    after: string | undefined,
  ): Promise<ClaimedShare[]> {
    const rows = await manager.query<ShareRow[]>(
      `${SHARES}
        WHERE s.commitment_id = $1 AND s.wallet IN (
          SELECT wallet FROM (
            (SELECT wallet FROM public.failure_shares WHERE commitment_id = $1 AND wallet > $2 ORDER BY wallet LIMIT $3)
            UNION
            (SELECT DISTINCT wallet FROM public.failure_round_shares
              WHERE commitment_id = $1 AND wallet > $2 ORDER BY wallet LIMIT $3)) AS either
           ORDER BY wallet LIMIT $3)
        ORDER BY s.wallet, s.round`,
      [commitmentId, after ?? '', limit],
    );
    return rows.map(shareOf);
  }

  /** Shares that nobody has claimed. @param lastRound those of later rounds are left out */
  async unclaimed(manager: EntityManager, commitmentId: string, lastRound?: number): Promise<Unclaimed> {
    const [row] = await manager.query<[{ shares: number; lamports: string }]>(
      `SELECT count(*)::int AS shares, coalesce(sum(s.amount_lamports), 0)::text AS lamports
         FROM ${FROZEN_SHARES} AS s ${CLAIM}
        WHERE s.commitment_id = $1 AND p.id IS NULL AND ($2::int IS NULL OR s.round <= $2)`,
      [commitmentId, lastRound ?? null],
    );
    return { shares: row.shares, lamports: BigInt(row.lamports) };
  }

  /** Newest commitment first; `after` is the last one of the page before. */
  async findUnclaimed(
    manager: EntityManager,
    limit: number,
    after: string | undefined,
  ): Promise<UnclaimedDistribution[]> {
    const rows = await manager.query<UnclaimedRow[]>(
      // One distribution after the other, until the page is full.
      `SELECT d.commitment_id, d.escrow, d.frozen_at, open.shares, open.lamports
         FROM public.failure_distributions d
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS shares, sum(s.amount_lamports)::text AS lamports
            FROM (SELECT f.commitment_id, 0 AS round, f.wallet, f.amount_lamports FROM public.failure_shares AS f
                   WHERE f.commitment_id = d.commitment_id
                  UNION ALL
                  SELECT r.commitment_id, r.round, r.wallet, r.amount_lamports FROM public.failure_round_shares AS r
                   WHERE r.commitment_id = d.commitment_id) AS s ${CLAIM} WHERE p.id IS NULL) AS open
        WHERE open.shares > 0 AND d.commitment_id < $1 ORDER BY d.commitment_id DESC LIMIT $2`,
      [after ?? AFTER_ALL, limit],
    );
    return rows.map((row) => ({
      commitmentId: row.commitment_id,
      escrow: row.escrow,
      frozenAt: row.frozen_at,
      shares: row.shares,
      lamports: BigInt(row.lamports),
    }));
  }
}

function shareOf(row: ShareRow): ClaimedShare {
  return {
    wallet: row.wallet,
    round: row.round,
    weightRaw: BigInt(row.weight_raw),
    amountLamports: BigInt(row.amount_lamports),
    legFeeLamports: BigInt(row.leg_fee_lamports),
    payoutId: row.payout_id,
    payoutStatus: row.payout_status,
    signature: row.signature,
  };
}

/** Whether a share has reached its wallet. */
export function isPaid({ payoutStatus }: Pick<ClaimedShare, 'payoutStatus'>): boolean {
  return payoutStatus === 'confirmed' || payoutStatus === 'finalized';
}
