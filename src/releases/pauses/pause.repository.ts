import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { PAUSED_TEXTS, PAUSES_LOCK, type PauseTarget } from './pause.js';
import { Pause } from './pause.entity.js';
import type { HeldRelease, PausedSpan } from './paused-time.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';

@Injectable()
export class PauseRepository {
  /** Until the end of the transaction no pause is made. To be followed by the look in a statement of its own. */
  async holdOff(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock_shared($1)', [PAUSES_LOCK.toString()]);
  }

  /** Waits for whoever holds pauses off, and keeps everybody from it until the end of the transaction. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock($1)', [PAUSES_LOCK.toString()]);
  }

  async insert(manager: EntityManager, pause: Pause): Promise<void> {
    await manager.insert(Pause, pause);
  }

  async findById(manager: EntityManager, id: string): Promise<Pause | null> {
    return manager.findOneBy(Pause, { id });
  }

  async findOpen(
    manager: EntityManager,
    { scope, commitmentId, purpose }: PauseTarget,
  ): Promise<Pause | null> {
    return manager.findOneBy(Pause, {
      scope,
      commitmentId: commitmentId ?? IsNull(),
      purpose: purpose ?? IsNull(),
      endedAt: IsNull(),
    });
  }

  /** The oldest open pause that covers this payout now. */
  async findCovering(
    manager: EntityManager,
    { commitmentId, purpose }: Pick<Payout, 'commitmentId' | 'purpose'>,
    now: Date,
  ): Promise<Pause | null> {
    const open = { endedAt: IsNull(), endsAt: MoreThan(now) };
    return manager.findOne(Pause, {
      where: [
        { ...open, scope: 'all' },
        { ...open, commitmentId },
        { ...open, purpose },
      ],
      order: { createdAt: 'ASC' },
    });
  }

  /** What the signed terms say of pauses of this release; null before the milestone has become claimable. */
  async findHeldRelease(manager: EntityManager, milestoneId: string | null): Promise<HeldRelease | null> {
    const [release] = await manager.query<HeldRelease[]>(
      `SELECT m.claimable_at AS "claimableAt", (c.terms->>'selfReleaseSeconds')::int AS "selfReleaseSeconds",
              (c.terms->>'pauseMaxSeconds')::int AS "pauseMaxSeconds"
         FROM public.reward_milestones m JOIN public.commitments c ON c.id = m.commitment_id
        WHERE m.id = $1 AND m.claimable_at IS NOT NULL`,
      [milestoneId],
    );
    return release ?? null;
  }

  /** Every pause that covers this payout or has covered it. */
  async findSpans(
    manager: EntityManager,
    { commitmentId, purpose }: Pick<Payout, 'commitmentId' | 'purpose'>,
  ): Promise<PausedSpan[]> {
    const where = [{ scope: 'all' as const }, { commitmentId }, { purpose }];
    const pauses = await manager.find(Pause, { where, select: { createdAt: true, endedAt: true } });
    return pauses.map(({ createdAt, endedAt }) => ({
      begin: createdAt.getTime(),
      end: endedAt?.getTime() ?? null,
    }));
  }

  /** Open ones whose time is over. */
  async findOver(manager: EntityManager, now: Date): Promise<Pause[]> {
    const where = { endedAt: IsNull(), endsAt: LessThanOrEqual(now) };
    return manager.find(Pause, { where, order: { endsAt: 'ASC' } });
  }

  /** Open ones first, then the newest. */
  async findAll(manager: EntityManager, ended: boolean, limit: number): Promise<Pause[]> {
    return manager.find(Pause, {
      where: ended ? {} : { endedAt: IsNull() },
      order: { endedAt: { direction: 'DESC', nulls: 'FIRST' }, createdAt: 'DESC' },
      take: limit,
    });
  }

  /** @returns false when it has been ended before, or does not exist */
  async end(manager: EntityManager, id: string, endedBy: string, endedAt: Date): Promise<boolean> {
    const result = await manager.update(Pause, { id, endedAt: IsNull() }, { endedBy, endedAt });
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
