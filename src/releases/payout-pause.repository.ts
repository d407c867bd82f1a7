import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import { PAUSED_TEXTS, PAUSES_LOCK, type PauseTarget } from './pause.js';
import { PayoutPause } from './payout-pause.entity.js';
import type { Payout } from './payout.entity.js';

@Injectable()
export class PayoutPauseRepository {
  /** Until the end of the transaction no pause is made. To be followed by the look in a statement of its own. */
  async holdOff(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [PAUSES_LOCK.toString()]);
  }

  /** Waits for whoever holds pauses off, and keeps everybody from it until the end of the transaction. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [PAUSES_LOCK.toString()]);
  }

  async insert(manager: EntityManager, pause: PayoutPause): Promise<void> {
    await manager.insert(PayoutPause, pause);
  }

  async findById(manager: EntityManager, id: string): Promise<PayoutPause | null> {
    return manager.findOneBy(PayoutPause, { id });
  }

  async findOpen(
    manager: EntityManager,
    { scope, commitmentId, purpose }: PauseTarget,
  ): Promise<PayoutPause | null> {
    return manager.findOneBy(PayoutPause, {
      scope,
      commitmentId: commitmentId ?? IsNull(),
      purpose: purpose ?? IsNull(),
      endedAt: IsNull(),
    });
  }

  /** The oldest open pause that covers this payout. */
  async findCovering(
    manager: EntityManager,
    { commitmentId, purpose }: Pick<Payout, 'commitmentId' | 'purpose'>,
  ): Promise<PayoutPause | null> {
    const open = { endedAt: IsNull() };
    return manager.findOne(PayoutPause, {
      where: [
        { ...open, scope: 'all' },
        { ...open, commitmentId },
        { ...open, purpose },
      ],
      order: { createdAt: 'ASC' },
    });
  }

  /** Open ones first, then the newest. */
  async findAll(manager: EntityManager, ended: boolean, limit: number): Promise<PayoutPause[]> {
    return manager.find(PayoutPause, {
      where: ended ? {} : { endedAt: IsNull() },
      order: { endedAt: { direction: 'DESC', nulls: 'FIRST' }, createdAt: 'DESC' },
      take: limit,
    });
  }

  /** @returns false when it has been ended before, or does not exist */
  async end(manager: EntityManager, id: string, endedBy: string, endedAt: Date): Promise<boolean> {
    const result = await manager.update(PayoutPause, { id, endedAt: IsNull() }, { endedBy, endedAt });
    return result.affected === 1;
  }

  /** Makes due at once what this pause has kept waiting. */
  async wake(
    manager: EntityManager,
    { scope, commitmentId, purpose }: PauseTarget,
    now: Date,
  ): Promise<void> {
    await manager.query(
      `UPDATE public.payouts
          SET next_run_at = $1, waiting_for = CASE WHEN waiting_for LIKE $2 THEN NULL ELSE waiting_for END
        WHERE status IN ('pending', 'in_flight')
          AND ($3 = 'all' OR commitment_id = $4::uuid OR purpose = $5)`,
      [now, PAUSED_TEXTS, scope, commitmentId, purpose],
    );
  }
}
