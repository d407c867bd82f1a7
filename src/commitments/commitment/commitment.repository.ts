import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, In, LessThan } from 'typeorm';
import { Commitment } from './commitment.entity.js';
import { FINAL_STATUSES, type Kind, type Resolution, type Status, type StatusFilter } from './commitment.js';

/** As its index has it. */
const SWEEP_DUE_AT =
  'coalesce(sweep_tried_at, CASE WHEN attested_at IS NULL THEN deadline ELSE decision_ends_at END)';

/** As its index has it: the filed failures of personal commitments, and the announced ones of rewards. */
const IN_NOTICE = `failure_filed_at IS NOT NULL AND status IN ('active', 'failing')`;

export interface CommitmentFilter {
  readonly kind?: Kind | undefined;
  readonly status?: StatusFilter | undefined;
  readonly wallet?: string | undefined;
  readonly tokenMint?: string | undefined;
}

/** A page of whole rows, newest first. @param after the last id of the page before */
export function commitmentPage(
  { kind, status, wallet, tokenMint }: CommitmentFilter,
  limit: number,
  after: string | undefined,
): { readonly sql: string; readonly values: unknown[] } {
  const values: unknown[] = [limit];
  const conditions: string[] = [];
  const where = (condition: string, value: string | undefined) => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
  };
  // Only rewards have a token: said with it, the kind would only hide the index.
  if (tokenMint === undefined) where('kind =', kind);
  if (status === 'in_notice') conditions.push(IN_NOTICE);
  else where('status =', status);
  where('wallet =', wallet);
  where('token_mint =', tokenMint);
  where('id <', after);
  const condition = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return { sql: `SELECT * FROM public.commitments ${condition} ORDER BY id DESC LIMIT $1`, values };
}

@Injectable()
export class CommitmentRepository {
  async insert(manager: EntityManager, commitment: Commitment): Promise<void> {
    await manager.insert(Commitment, commitment);
  }

  async findById(manager: EntityManager, id: string): Promise<Commitment | null> {
    return manager.findOneBy(Commitment, { id });
  }

  async findIdByMessageHash(manager: EntityManager, messageHash: string): Promise<string | null> {
    const row = await manager.findOne(Commitment, { where: { messageHash }, select: { id: true } });
    return row?.id ?? null;
  }

  /** Of the active commitments of a wallet. */
  async findOpenIds(manager: EntityManager, wallet: string): Promise<string[]> {
    const where = { wallet, status: 'active' as const };
    return (await manager.find(Commitment, { where, select: { id: true } })).map(({ id }) => id);
  }

  /** Succeeded, failed or completed; newest first, `after` is the last id of the page before. */
  async findSettledPage(
    manager: EntityManager,
    limit: number,
    after: string | undefined,
  ): Promise<Commitment[]> {
    const where: FindOptionsWhere<Commitment> = { status: In([...FINAL_STATUSES]) };
    if (after !== undefined) where.id = LessThan(after);
    return manager.find(Commitment, { where, order: { id: 'DESC' }, take: limit });
  }

  /** Takes what is due for a sweep and puts it behind all that falls due until then, so that nothing stands before others. */
  async takeForSweep(manager: EntityManager, now: Date, limit: number): Promise<Commitment[]> {
    // An array is looked up row by row; joined with a subquery the whole table might be read.
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.commitments SET sweep_tried_at = $1
        WHERE id = ANY (ARRAY (
          SELECT id FROM public.commitments
           WHERE status = 'active' AND deadline IS NOT NULL AND ${SWEEP_DUE_AT} <= $1
           ORDER BY ${SWEEP_DUE_AT} LIMIT $2
             FOR UPDATE SKIP LOCKED))
        RETURNING id`,
      [now, limit],
    );
    if (taken.length === 0) return [];
    const where = { id: In(taken.map(({ id }) => id)) };
    return manager.find(Commitment, { where, order: { deadline: 'ASC' } });
  }

  /** @returns false when it is attested already, or no longer active. */
  async markAttested(manager: EntityManager, id: string, attestedAt: Date): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      // A sweep may have looked at it before the attestation came in, which has another time to wait for.
      .set({ attestedAt, sweepTriedAt: null })
      .where(`id = :id AND status = 'active' AND attested_at IS NULL`, { id })
      .execute();
    return result.affected === 1;
  }

  /** Of an active commitment; null withdraws it. @returns false when it stands like that already, or is no longer active. */
  async fileFailure(
    manager: EntityManager,
    id: string,
    filed: { readonly at: Date; readonly reason: string } | null,
  ): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ failureFiledAt: filed?.at ?? null, failureReason: filed?.reason ?? null })
      .where(`id = :id AND status = 'active' AND (failure_filed_at IS NULL) = :isNew`, {
        id,
        isNew: filed !== null,
      })
      .execute();
    return result.affected === 1;
  }

  /** active -> resolving -> failed, of those that are still active and unattested; their ids. */
  async endUnfunded(
    manager: EntityManager,
    ids: readonly string[],
    chainTime: Date,
    resolvedAt: Date,
  ): Promise<string[]> {
    const [begun] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.commitments
          SET status = 'resolving', resolution = 'failure', resolution_chain_time = $2, funded_lamports = 0
        WHERE id = ANY (ARRAY (
          SELECT id FROM public.commitments
           WHERE id = ANY ($1) AND status = 'active' AND kind = 'personal' AND attested_at IS NULL
           ORDER BY id FOR UPDATE))
        RETURNING id`,
      [ids, chainTime],
    );
    const ended = begun.map(({ id }) => id);
    const sql = `UPDATE public.commitments SET status = 'failed', resolved_at = $2 WHERE id = ANY ($1)`;
    if (ended.length > 0) await manager.query(sql, [ended, resolvedAt]);
    return ended;
  }

  /** active -> failing. @returns false when it is no longer active. */
  async beginFailing(
    manager: EntityManager,
    id: string,
    failure: { readonly at: Date; readonly effectiveAt: Date; readonly reason: string | null },
  ): Promise<boolean> {
    const { at: failureFiledAt, effectiveAt: failureEffectiveAt, reason: failureReason } = failure;
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ status: 'failing', failureFiledAt, failureEffectiveAt, failureReason })
      .where(`id = :id AND status = 'active' AND kind = 'creator_reward'`, { id })
      .execute();
    return result.affected === 1;
  }

  /** failing -> active. @returns false when it is not failing. */
  async endFailing(manager: EntityManager, id: string): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ status: 'active', failureFiledAt: null, failureEffectiveAt: null, failureReason: null })
      .where(`id = :id AND status = 'failing'`, { id })
      .execute();
    return result.affected === 1;
  }

  /** active -> resolving, failing -> resolving of a reward commitment. @returns false when somebody else has resolved it. */
  async beginResolution(
    manager: EntityManager,
    id: string,
    resolution: Resolution,
    resolutionChainTime: Date | null,
    fundedLamports: bigint | null,
  ): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ status: 'resolving', resolution, resolutionChainTime, fundedLamports })
      .where(`id = :id AND status = CASE kind WHEN 'personal' THEN 'active' ELSE 'failing' END`, { id })
      .execute();
    return result.affected === 1;
  }

  /** resolving -> succeeded | failed. @returns false when it is not resolving towards this. */
  async finishResolution(
    manager: EntityManager,
    id: string,
    resolution: Resolution,
    status: Status,
    resolvedAt: Date,
  ): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ status, resolvedAt })
      .where(`id = :id AND status = 'resolving' AND resolution = :resolution`, { id, resolution })
      .execute();
    return result.affected === 1;
  }

  /** Holds the row until the transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<void> {
    await manager.query('SELECT 1 FROM public.commitments WHERE id = $1 FOR UPDATE', [id]);
  }

  /** active -> completed, of a reward commitment. @returns false when it is no longer active. */
  async complete(manager: EntityManager, id: string, resolvedAt: Date): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Commitment)
      .set({ status: 'completed', resolvedAt })
      .where(`id = :id AND status = 'active' AND kind = 'creator_reward'`, { id })
      .execute();
    return result.affected === 1;
  }
}
