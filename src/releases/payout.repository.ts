import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { Lamports } from '../common/lamports.js';
import type { PayoutStatus } from './payout.js';
import { Payout } from './payout.entity.js';
import type { Purpose } from './purpose.js';

@Injectable()
export class PayoutRepository {
  async insert(manager: EntityManager, payout: Payout): Promise<void> {
    await manager.insert(Payout, payout);
  }

  async findById(manager: EntityManager, id: string): Promise<Payout | null> {
    return manager.findOneBy(Payout, { id });
  }

  /** Newest first; `after` is the last id of the page before. */
  async findPage(
    manager: EntityManager,
    commitmentId: string,
    limit: number,
    after: string | undefined,
  ): Promise<Payout[]> {
    const where = { commitmentId, ...(after === undefined ? {} : { id: LessThan(after) }) };
    return manager.find(Payout, { where, order: { id: 'DESC' }, take: limit });
  }

  /** Newest first, without cancelled ones. */
  async findOfPurpose(manager: EntityManager, commitmentId: string, purpose: Purpose): Promise<Payout[]> {
    const where = { commitmentId, purpose, status: Not<PayoutStatus>('cancelled') };
    return manager.find(Payout, { where, order: { id: 'DESC' } });
  }

  /** Takes due payouts for this worker by pushing their next run; other workers skip rows that are being taken. */
  async takeDue(manager: EntityManager, now: Date, nextRunAt: Date, limit: number): Promise<string[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.payouts SET next_run_at = $2
        WHERE id IN (
          SELECT id FROM public.payouts
           WHERE status IN ('pending', 'in_flight', 'confirmed') AND next_run_at <= $1
           ORDER BY next_run_at LIMIT $3
             FOR UPDATE SKIP LOCKED)
        RETURNING id`,
      [now, nextRunAt, limit],
    );
    return taken.map(({ id }) => id);
  }

  /** What other open payouts of this escrow still have to pay, and how many they are. */
  async promisedToOthers(
    manager: EntityManager,
    source: string,
    exceptId: string,
  ): Promise<{ lamports: Lamports; count: number }> {
    const [row] = await manager.query<[{ lamports: string; count: number }]>(
      `SELECT coalesce(sum(amount_lamports), 0)::text AS lamports, count(*)::int AS count
         FROM public.payouts
        WHERE source = $1 AND id <> $2 AND status IN ('pending', 'in_flight', 'stopped')`,
      [source, exceptId],
    );
    return { lamports: BigInt(row.lamports), count: row.count };
  }

  /** Moves a payout on if it still is in `from`. @returns false when somebody else has moved it. */
  async move(
    manager: EntityManager,
    id: string,
    from: PayoutStatus | readonly PayoutStatus[],
    change: Partial<
      Pick<Payout, 'status' | 'amountLamports' | 'failures' | 'confirmedAt' | 'finalizedAt'>
    > & {
      waitingFor?: string | null;
    },
  ): Promise<boolean> {
    const status = In(typeof from === 'string' ? [from] : [...from]);
    const result = await manager.update(Payout, { id, status }, change);
    return result.affected === 1;
  }

  async schedule(manager: EntityManager, id: string, nextRunAt: Date): Promise<void> {
    await manager.update(Payout, { id }, { nextRunAt });
  }

  /** Notes why a payout waits. @returns false when that is already noted, so that it is reported once. */
  async noteWaiting(manager: EntityManager, id: string, waitingFor: string): Promise<boolean> {
    const result = await manager
      .createQueryBuilder()
      .update(Payout)
      .set({ waitingFor })
      .where('id = :id AND waiting_for IS DISTINCT FROM :waitingFor', { id, waitingFor })
      .execute();
    return result.affected === 1;
  }
}
