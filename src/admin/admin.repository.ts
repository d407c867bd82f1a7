import { Injectable } from '@nestjs/common';
import { MoreThan, type EntityManager } from 'typeorm';
import { AdminNonce } from './admin-nonce.entity.js';
import { AdminSession } from './admin-session.entity.js';

const PURGE_BATCH = 5_000;

@Injectable()
export class AdminRepository {
  async insertNonce(manager: EntityManager, nonce: AdminNonce): Promise<void> {
    await manager.insert(AdminNonce, nonce);
  }

  /** Takes the nonce out of the world; of any number of simultaneous calls one gets its message, the others null. */
  async consumeNonce(
    manager: EntityManager,
    nonce: string,
    wallet: string,
    now: Date,
  ): Promise<string | null> {
    const result = await manager
      .createQueryBuilder()
      .delete()
      .from(AdminNonce)
      .where('nonce = :nonce AND wallet = :wallet AND expires_at > :now', { nonce, wallet, now })
      .returning('message')
      .execute();
    const [row] = result.raw as { message: string }[];
    return row?.message ?? null;
  }

  async insertSession(manager: EntityManager, session: AdminSession): Promise<void> {
    await manager.insert(AdminSession, session);
  }

  async findLiveSession(manager: EntityManager, idHash: string, now: Date): Promise<AdminSession | null> {
    return manager.findOneBy(AdminSession, { idHash, expiresAt: MoreThan(now) });
  }

  async deleteSession(manager: EntityManager, idHash: string): Promise<void> {
    await manager.delete(AdminSession, { idHash });
  }

  async purgeNonces(manager: EntityManager, now: Date): Promise<number> {
    return this.purge(manager, 'public.admin_nonces', 'nonce', now);
  }

  async purgeSessions(manager: EntityManager, now: Date): Promise<number> {
    return this.purge(manager, 'public.admin_sessions', 'id_hash', now);
  }

  /** In batches, so that a flood of rows cannot make one statement run into its timeout for ever. */
  private async purge(manager: EntityManager, table: string, key: string, now: Date): Promise<number> {
    const statement = `DELETE FROM ${table} WHERE ${key} IN
      (SELECT ${key} FROM ${table} WHERE expires_at <= $1 LIMIT ${PURGE_BATCH})`;
    let total = 0;
    for (;;) {
      const [, deleted] = await manager.query<[unknown[], number]>(statement, [now]);
      total += deleted;
      if (deleted < PURGE_BATCH) return total;
    }
  }
}
