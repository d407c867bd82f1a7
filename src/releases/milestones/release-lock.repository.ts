import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReleaseLock } from './release-lock.entity.js';

@Injectable()
export class ReleaseLockRepository {
  async insert(manager: EntityManager, lock: ReleaseLock): Promise<void> {
    await manager.insert(ReleaseLock, lock);
  }

  async find(manager: EntityManager, commitmentId: string, milestoneId: string): Promise<ReleaseLock | null> {
    return manager.findOneBy(ReleaseLock, { commitmentId, milestoneId });
  }

  /** Oldest first. */
  async findAll(manager: EntityManager, limit: number): Promise<ReleaseLock[]> {
    return manager.find(ReleaseLock, { order: { createdAt: 'ASC' }, take: limit });
  }

  async setSignature(manager: EntityManager, payoutId: string, txSig: string): Promise<void> {
    await manager.update(ReleaseLock, { payoutId }, { txSig });
  }

  /** The database refuses it while the payout may still land. */
  async deleteByPayout(manager: EntityManager, payoutId: string): Promise<void> {
    await manager.delete(ReleaseLock, { payoutId });
  }
}
