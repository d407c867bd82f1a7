import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '../../config/settings.js';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import { setActor } from '../common/request-context.js';
import { Transactions } from '../common/transactions.js';
import { notAnAdmin, notSignedIn } from './admin.errors.js';
import { AdminRepository } from './admin.repository.js';
import { hashSessionId, isSessionId, SESSION_ID_BYTES } from './session-id.js';

/** A session as the request that made it sees it: the only moment at which the id is known to this service. */
export interface OpenedSession {
  readonly id: string;
  readonly wallet: string;
  readonly expiresAt: Date;
}

/** The admin that a request was admitted for. */
export interface SignedInAdmin {
  readonly wallet: string;
  readonly expiresAt: Date;
  readonly idHash: string;
}

@Injectable()
export class AdminSessions {
  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
    private readonly audit: AuditService,
  ) {}

  /** Always a fresh id: one that a browser brought along is never taken over. */
  async open(manager: EntityManager, wallet: string): Promise<OpenedSession> {
    const id = this.ids.token(SESSION_ID_BYTES);
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + this.settings.env.ADMIN_SESSION_TTL_SECONDS * 1_000);
    await this.repository.insertSession(manager, { idHash: hashSessionId(id), wallet, createdAt, expiresAt });
    return { id, wallet, expiresAt };
  }

  /**
   * The admin behind a session id; its wallet becomes the actor. The allowlist is asked every time, so a wallet that was
   * taken off it is out at once.
   * @throws DomainError `not_signed_in`, `not_an_admin`
   */
  async admit(sessionId: unknown): Promise<SignedInAdmin> {
    if (!isSessionId(sessionId)) throw notSignedIn();
    const idHash = hashSessionId(sessionId);
    const session = await this.repository.findLiveSession(
      this.transactions.manager,
      idHash,
      this.clock.now(),
    );
    if (session === null) throw notSignedIn();
    setActor(session.wallet);
    this.requireAllowed(session.wallet);
    return { wallet: session.wallet, expiresAt: session.expiresAt, idHash };
  }

  /** @throws DomainError `not_an_admin` */
  requireAllowed(wallet: string): void {
    if (!this.settings.env.ADMIN_WALLET_PUBKEYS.includes(wallet)) throw notAnAdmin(wallet);
  }

  async close(admin: SignedInAdmin): Promise<void> {
    await this.transactions.run(async (manager) => {
      await this.repository.deleteSession(manager, admin.idHash);
      await this.audit.record(manager, { event: 'admin_logout_ok', actor: admin.wallet });
    });
  }
}
