import { Injectable } from '@nestjs/common';
import { type EntityManager, In, IsNull, Not } from 'typeorm';
import { FailureAnnouncement } from './failure-announcement.entity.js';

@Injectable()
export class FailureAnnouncementRepository {
  async insert(manager: EntityManager, announcement: FailureAnnouncement): Promise<void> {
    await manager.insert(FailureAnnouncement, announcement);
  }

  /** The one that nobody has called off; null where there is none. */
  async findStanding(manager: EntityManager, commitmentId: string): Promise<FailureAnnouncement | null> {
    return manager.findOneBy(FailureAnnouncement, { commitmentId, calledOffAt: IsNull() });
  }

  /** In the order in which they were announced. */
  async findCalledOff(manager: EntityManager, commitmentId: string): Promise<FailureAnnouncement[]> {
    const where = { commitmentId, calledOffAt: Not(IsNull()) };
    return manager.find(FailureAnnouncement, { where, order: { announcedAt: 'ASC' } });
  }

  async confirm(manager: EntityManager, id: string, confirmedBy: string): Promise<void> {
    await manager.update(FailureAnnouncement, { id, calledOffAt: IsNull() }, { confirmedBy });
  }

  async callOff(manager: EntityManager, id: string, at: Date, by: string): Promise<void> {
    const change = { calledOffAt: at, calledOffBy: by };
    await manager.update(FailureAnnouncement, { id, calledOffAt: IsNull(), frozenAt: IsNull() }, change);
  }

  /** @returns false when it is frozen or called off already */
  async freeze(manager: EntityManager, id: string, frozenAt: Date): Promise<boolean> {
    const where = { id, calledOffAt: IsNull(), frozenAt: IsNull() };
    return (await manager.update(FailureAnnouncement, where, { frozenAt, waitingFor: null })).affected === 1;
  }

  /** What has taken effect and is not frozen; taking one puts it behind the others, so that nothing stands before them. */
  async takeDue(manager: EntityManager, now: Date, limit: number): Promise<FailureAnnouncement[]> {
    const [taken] = await manager.query<[{ id: string }[], number]>(
      `UPDATE public.failure_announcements SET due_at = $1
        WHERE id = ANY (ARRAY (
          SELECT id FROM public.failure_announcements
           WHERE called_off_at IS NULL AND frozen_at IS NULL AND due_at <= $1
           ORDER BY due_at LIMIT $2
             FOR UPDATE SKIP LOCKED))
        RETURNING id`,
      [now, limit],
    );
    if (taken.length === 0) return [];
    return manager.findBy(FailureAnnouncement, { id: In(taken.map(({ id }) => id)) });
  }

  async noteWaiting(manager: EntityManager, id: string, waitingFor: string): Promise<void> {
    await manager.update(FailureAnnouncement, { id, frozenAt: IsNull() }, { waitingFor });
  }
}
