import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { setActor } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { notSignedIn } from './admin.errors.js';
import type { AdminSession } from './admin-session.entity.js';
import { AdminRepository } from './admin.repository.js';
import { ServerKeys, type UseKeys } from '#src/marks/server-keys.service.js';
import { hashSessionId, isGenuine, isSessionId, macOfSession, SESSION_ID_BYTES } from './session-id.js';

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

/** An open session, and when it was used last, to the minute. */
export type SeenSession = AdminSession & { readonly lastSeenAt: Date };

@Injectable()
export class AdminSessions {
  private readonly keys: UseKeys;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly transactions: Transactions,
    private readonly repository: AdminRepository,
    private readonly audit: Audit,
    private readonly allowlist: Allowlist,
    keys: ServerKeys,
  ) {
    this.keys = keys.of('sessions');
  }

  /** Always a fresh id: one that a browser brought along is never taken over. */
  async open(manager: EntityManager, wallet: string): Promise<OpenedSession> {
    const id = this.ids.token(SESSION_ID_BYTES);
    const createdAt = this.clock.now();
    const expiresAt = new Date(createdAt.getTime() + this.settings.env.ADMIN_SESSION_TTL_SECONDS * 1_000);
    const key = this.keys.current.bytes;
    const row = { idHash: hashSessionId(id, key), wallet, createdAt, expiresAt };
    await this.repository.insertSession(manager, { ...row, mac: macOfSession(row, key) });
    return { id, wallet, expiresAt };
  }

  /**
   * The admin behind a session id; its wallet becomes the actor. The allowlist is asked every time, so a wallet that was
   * taken off it, or revoked, is out at once.
   * @throws DomainError `not_signed_in`, `not_an_admin`
   */
  async admit(sessionId: unknown): Promise<SignedInAdmin> {
    if (!isSessionId(sessionId)) throw notSignedIn();
    // One for each secret, so that a session outlives the rotation of the newest.
    const hashes = this.everyKey().map((key) => hashSessionId(sessionId, key));
    const { manager } = this.transactions;
    const now = this.clock.now();
    const session = await this.repository.findLiveSession(manager, hashes, now);
    if (session === null || !this.isOurs(session)) throw notSignedIn();
    setActor(session.wallet);
    await this.allowlist.requireAllowed(session.wallet);
    await this.repository.visit(manager, session.idHash, now);
    return { wallet: session.wallet, expiresAt: session.expiresAt, idHash: session.idHash };
  }

  /** Every open session, the newest first. One that was written by hand opens nothing, and is not among them. */
  async live(): Promise<SeenSession[]> {
    const { manager } = this.transactions;
    const sessions = await this.repository.findLiveSessions(manager, this.clock.now());
    const ours = sessions.filter((session) => this.isOurs(session));
    const visits = await this.repository.findVisits(
      manager,
      ours.map(({ idHash }) => idHash),
    );
    return ours.map((one) => Object.assign(one, { lastSeenAt: visits.get(one.idHash) ?? one.createdAt }));
  }

  /** @returns how many there were */
  async endOne(manager: EntityManager, handle: string): Promise<number> {
    return this.repository.deleteByStart(manager, handle);
  }

  /** @returns how many there were */
  async endAll(manager: EntityManager, wallet: string): Promise<number> {
    return this.repository.deleteByWallet(manager, wallet);
  }

  /** Of all admins. @returns how many there were */
  async endEvery(manager: EntityManager): Promise<number> {
    return this.repository.deleteEvery(manager);
  }

  async close(admin: SignedInAdmin): Promise<void> {
    await this.transactions.run(async (manager) => {
      await this.repository.deleteSession(manager, admin.idHash);
      await this.audit.record(manager, { event: 'admin_logout_ok', actor: admin.wallet });
    });
  }

  private isOurs(session: AdminSession): boolean {
    return this.everyKey().some((key) => isGenuine(session, key));
  }

  private everyKey(): Uint8Array[] {
    return this.keys.ids.flatMap((id) => this.keys.find(id)?.bytes ?? []);
  }
}
