import { Injectable } from '@nestjs/common';
import { type EntityManager, In, Like, MoreThan } from 'typeorm';
import { AdminNonce } from './admin-nonce.entity.js';
import { AdminSession } from './admin-session.entity.js';

const PURGE_BATCH = 5_000;

const VISIT = `
  INSERT INTO public.admin_session_visits AS present (id_hash, seen_at) VALUES ($1, $2)
  ON CONFLICT (id_hash) DO UPDATE SET seen_at = excluded.seen_at
  WHERE present.seen_at <= excluded.seen_at - interval '1 minute'`;

// No session lasts longer than a week.
const FORGET = `DELETE FROM public.admin_session_visits WHERE seen_at < $1::timestamptz - interval '8 days'`;

@Injectable()
export class AdminRepository {
  async insertNonce(manager: EntityManager, nonce: AdminNonce): Promise<void> {
    await manager.insert(AdminNonce, nonce);
  }

  /** Takes the nonce out of the world; of any number of simultaneous calls one gets its row, the others null. */
  async consumeNonce(
    manager: EntityManager,
    nonce: string,
    wallet: string,
    now: Date,
  ): Promise<AdminNonce | null> {
    const result = await manager
      .createQueryBuilder()
      .delete()
      .from(AdminNonce)
      .where('nonce = :nonce AND wallet = :wallet AND expires_at > :now', { nonce, wallet, now })
      .returning(['createdAt', 'expiresAt'])
      .execute();
    const [row] = result.raw as { created_at: Date; expires_at: Date }[];
    return row === undefined ? null : { nonce, wallet, createdAt: row.created_at, expiresAt: row.expires_at };
  }

  async insertSession(manager: EntityManager, session: AdminSession): Promise<void> {
    await manager.insert(AdminSession, session);
  }

  async findLiveSession(
    manager: EntityManager,
    idHashes: readonly string[],
    now: Date,
  ): Promise<AdminSession | null> {
    return manager.findOneBy(AdminSession, { idHash: In([...idHashes]), expiresAt: MoreThan(now) });
  }

  /** Those that are not over, the newest first. */
  async findLiveSessions(manager: EntityManager, now: Date): Promise<AdminSession[]> {
    return manager.find(AdminSession, { where: { expiresAt: MoreThan(now) }, order: { createdAt: 'DESC' } });
  }

  /** Notes that a session was used; at most once a minute. */
  async visit(manager: EntityManager, idHash: string, now: Date): Promise<void> {
    await manager.query(VISIT, [idHash, now]);
  }

  /** When these sessions were used last. */
  async findVisits(manager: EntityManager, idHashes: readonly string[]): Promise<Map<string, Date>> {
    const sql =
      'SELECT id_hash AS "idHash", seen_at AS "seenAt" FROM public.admin_session_visits WHERE id_hash = ANY ($1)';
    const rows = await manager.query<{ idHash: string; seenAt: Date }[]>(sql, [[...idHashes]]);
    return new Map(rows.map(({ idHash, seenAt }) => [idHash, seenAt]));
  }

  /** @param start of its hash @returns how many there were */
  async deleteByStart(manager: EntityManager, start: string): Promise<number> {
    const result = await manager.delete(AdminSession, { idHash: Like(`${start}%`) });
    return result.affected ?? 0;
  }

  /** @returns how many there were */
  async deleteByWallet(manager: EntityManager, wallet: string): Promise<number> {
    return (await manager.delete(AdminSession, { wallet })).affected ?? 0;
  }

  /** @returns how many there were */
  async deleteEvery(manager: EntityManager): Promise<number> {
    const result = await manager.createQueryBuilder().delete().from(AdminSession).execute();
    return result.affected ?? 0;
  }

  async deleteSession(manager: EntityManager, idHash: string): Promise<void> {
    await manager.delete(AdminSession, { idHash });
  }

  async purgeNonces(manager: EntityManager, now: Date): Promise<number> {
    return this.purge(manager, 'public.admin_nonces', 'nonce', now);
  }

  async purgeSessions(manager: EntityManager, now: Date): Promise<number> {
    await manager.query(FORGET, [now]);
    return this.purge(manager, 'public.admin_sessions', 'id_hash', now);
  }

  /** In batches, so that a flood of rows cannot make one statement run into its timeout for ever. */
  private async purge(manager: EntityManager, table: string, key: string, now: Date): Promise<number> {
    const statement = `DELETE FROM ${table} WHERE ${key} = ANY (ARRAY
      (SELECT ${key} FROM ${table} WHERE expires_at <= $1 ORDER BY expires_at LIMIT ${PURGE_BATCH}))`;
    let total = 0;
    for (;;) {
      const [, deleted] = await manager.query<[unknown[], number]>(statement, [now]);
      total += deleted;
      if (deleted < PURGE_BATCH) return total;
    }
  }
}
