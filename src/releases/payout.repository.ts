import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThan, Not } from 'typeorm';
import type { Lamports } from '../common/lamports.js';
import type { PayoutStatus } from './payout.js';
import { Payout } from './payout.entity.js';
import type { Purpose } from './purpose.js';

/** What other open payouts of the same escrow still have to pay. */
export interface Promises {
  /** Amounts, and the fees that are part of the promise. */
  readonly lamports: Lamports;
  readonly count: number;
  /** How many of them pay the market's price for their transaction. */
  readonly marketFees: number;
}

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

  /** What other open payouts of this escrow still have to pay. */
  async promisedToOthers(manager: EntityManager, source: string, exceptId: string): Promise<Promises> {
    const [row] = await manager.query<[{ lamports: string; count: number; marketFees: number }]>(
      `SELECT coalesce(sum(amount_lamports + coalesce(fee_lamports, 0)), 0)::text AS lamports,
              count(*)::int AS count,
              (count(*) FILTER (WHERE fee_lamports IS NULL))::int AS "marketFees"
         FROM public.payouts
        WHERE source = $1 AND id <> $2 AND status IN ('pending', 'in_flight', 'stopped')`,
      [source, exceptId],
    );
    return { ...row, lamports: BigInt(row.lamports) };
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
