import { Injectable } from '@nestjs/common';
import { type EntityManager, type FindOptionsWhere, LessThan } from 'typeorm';
import type { ReweighedApproval } from '#src/approvals/weights/reweighing.js';
import { Signal } from './signal.entity.js';

/** Of the unique index that lets a wallet approve a milestone once. */
export const ONE_SIGNAL_A_WALLET = 'reward_signals_wallet_key';

@Injectable()
export class SignalRepository {
  async insert(manager: EntityManager, signal: Signal): Promise<void> {
    await manager.insert(Signal, signal);
  }

  async findOne(manager: EntityManager, milestoneId: string, wallet: string): Promise<Signal | null> {
    return manager.findOneBy(Signal, { milestoneId, wallet });
  }

  async findAll(manager: EntityManager, milestoneId: string): Promise<Signal[]> {
    return manager.findBy(Signal, { milestoneId });
  }

  /** Those that earn a share of a failure, of all milestones of the commitment. */
  async findInTime(manager: EntityManager, commitmentId: string): Promise<Signal[]> {
    return manager.findBy(Signal, { commitmentId, inVoteWindow: true });
  }

  /** Newest first; `after` is the last id of the page before. */
  async findPage(
    manager: EntityManager,
    milestoneId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Signal[]> {
    const where: FindOptionsWhere<Signal> = { milestoneId };
    if (after !== undefined) where.id = LessThan(after);
    return manager.find(Signal, { where, order: { id: 'DESC' }, take: limit });
  }

  /** All in one statement; rows that stay as they are are not written. */
  async saveReweighed(manager: EntityManager, approvals: readonly ReweighedApproval[]): Promise<void> {
    await manager.query(
      `UPDATE public.reward_signals s SET reweighed_raw = v.raw, reweighed_usd = v.usd
         FROM unnest($1::uuid[], $2::numeric[], $3::numeric[]) AS v (id, raw, usd)
        WHERE s.id = v.id AND (s.reweighed_raw, s.reweighed_usd) IS DISTINCT FROM (v.raw, v.usd)`,
      [
        approvals.map(({ id }) => id),
        approvals.map(({ presentRaw }) => presentRaw.toString()),
        approvals.map(({ weightUsd }) => weightUsd),
      ],
    );
  }
}
