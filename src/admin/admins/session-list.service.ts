import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { AdminSessions, type SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';
import { handleOf, isHandle } from '#src/admin/sessions/session-id.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Transactions } from '#src/common/database/transactions.js';
import { sessionNotFound } from '#src/admin/sessions/admin.errors.js';
import { EVERYBODY, SessionActParams, type SessionDto } from './sessions.dto.js';

/** Sessions as admins see each other's. */
@Injectable()
export class SessionList implements OnModuleInit {
  constructor(
    private readonly sessions: AdminSessions,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {}

  onModuleInit(): void {
    this.acts.define({ action: 'admin.session.end', params: SessionActParams, subject: async () => null });
  }

  /** The newest first. */
  async list(admin: SignedInAdmin): Promise<{ items: SessionDto[] }> {
    const sessions = await this.sessions.live();
    const items = sessions.map(({ idHash, wallet, createdAt, lastSeenAt, expiresAt }) => ({
      handle: handleOf(idHash),
      wallet,
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      current: idHash === admin.idHash,
    }));
    return { items };
  }

  /** @throws DomainError `session_not_found` */
  async end(act: AdminAct<SessionActParams>): Promise<{ ended: number }> {
    const { session } = act.given;
    return this.transactions.run(async (manager) => {
      const ended = await this.endIn(manager, session);
      if (ended === 0) throw sessionNotFound(session);
      await this.acts.record(manager, act);
      await this.audit.record(manager, { event: 'admin_session_end_ok', fields: { session, ended } });
      return { ended };
    });
  }

  private async endIn(manager: EntityManager, session: string): Promise<number> {
    if (session === EVERYBODY) return this.sessions.endEvery(manager);
    return isHandle(session)
      ? this.sessions.endOne(manager, session)
      : this.sessions.endAll(manager, session);
  }
}
