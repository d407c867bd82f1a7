import { Injectable } from '@nestjs/common';
import { type EntityManager, In, LessThanOrEqual, Not } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { HOLDERS_ACTIONS } from './act-head.js';
import { SignedAct } from './signed-act.entity.js';

@Injectable()
export class SignedActRepository {
  async insert(manager: EntityManager, act: SignedAct): Promise<void> {
    await manager.insert(SignedAct, act as QueryDeepPartialEntity<SignedAct>);
  }

  async findById(manager: EntityManager, id: string): Promise<SignedAct | null> {
    return manager.findOneBy(SignedAct, { id });
  }

  /** Of one commitment without enrollments, the oldest first. */
  async findByCommitment(
    manager: EntityManager,
    commitmentId: string,
    withApprovals: boolean,
  ): Promise<SignedAct[]> {
    // Enrollments decide by their marks; there may be thousands.
    const left = withApprovals ? ['distribution.enroll'] : ['distribution.enroll', 'milestone.signal'];
    const where = { commitmentId, action: Not(In(left)) };
    return manager.find(SignedAct, { where, order: { id: 'ASC' } });
  }

  /** Hashes of a commitment's texts that its head counts. */
  async findHeadedHashes(manager: EntityManager, commitmentId: string): Promise<string[]> {
    const acts = await manager.find(SignedAct, {
      select: { messageHash: true },
      where: { commitmentId, action: Not(In([...HOLDERS_ACTIONS])) },
    });
    return acts.map(({ messageHash }) => messageHash);
  }

  /** Those of a commitment that were accepted by this time, the newest first. */
  async findNewest(
    manager: EntityManager,
    commitmentId: string,
    until: Date,
    limit: number,
  ): Promise<SignedAct[]> {
    const where = { commitmentId, acceptedAt: LessThanOrEqual(until) };
    return manager.find(SignedAct, { where, order: { id: 'DESC' }, take: limit });
  }
}
