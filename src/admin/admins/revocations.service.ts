import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import type { AdminRevocation } from '#src/admin/allowlist/admin-revocation.entity.js';
import { AdminRevocationRepository } from '#src/admin/allowlist/admin-revocation.repository.js';
import { lastAdmin, revoked } from '#src/admin/allowlist/allowlist.errors.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { AdminSessions } from '#src/admin/sessions/admin-sessions.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { Ids } from '#src/common/ids.js';
import { present } from '#src/common/present.js';
import { Transactions } from '#src/common/database/transactions.js';
import { RevocationActParams, type RevocationDto } from './revocations.dto.js';

const MAX_SHOWN = 200;

/** Shuts an admin out, on every replica at once. */
@Injectable()
export class Revocations implements OnModuleInit {
  constructor(
    private readonly rows: AdminRevocationRepository,
    private readonly allowlist: Allowlist,
    private readonly sessions: AdminSessions,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.revocation.create',
      params: RevocationActParams,
      subject: async ({ voidFrom }) => this.requirePast(voidFrom),
    });
  }

  /** The newest first. */
  async list(): Promise<{ items: RevocationDto[] }> {
    const rows = await this.rows.findNewest(this.transactions.manager, MAX_SHOWN);
    return { items: rows.map((row) => this.view(row)) };
  }

  /**
   * From the answer on the wallet is no admin on any replica, and its sessions are gone.
   * @throws DomainError `last_admin`
   */
  async create(act: AdminAct<RevocationActParams>): Promise<RevocationDto> {
    const { admin, voidFrom, reason } = act.given;
    return this.transactions.run(async (manager) => {
      await this.rows.lock(manager);
      await this.requireAnother(manager, admin, act.signed.wallet);
      const { id: actId } = await this.acts.record(manager, act);
      const row: AdminRevocation = {
        id: this.ids.uuid(),
        admin,
        voidFrom: voidFrom === undefined ? null : new Date(voidFrom),
        reason: reason ?? null,
        actId,
        revokedBy: act.signed.wallet,
        revokedAt: this.clock.now(),
      };
      await this.rows.insert(manager, row);
      this.transactions.onCommit(manager, () => this.allowlist.remember(row));
      const sessionsEnded = await this.sessions.endAll(manager, admin);
      const fields = { revocationId: row.id, revoked: admin, sessionsEnded, ...act.given };
      await this.audit.record(manager, { event: 'admin_revocation_create_ok', fields });
      return this.view(row);
    });
  }

  /** Asked again under the lock: two admins who revoke each other at once do not leave nobody. */
  private async requireAnother(manager: EntityManager, admin: string, by: string): Promise<void> {
    const admins = await this.allowlist.admins(manager);
    if (!admins.includes(by)) throw revoked(by);
    if (admins.every((wallet) => wallet === admin)) throw lastAdmin(admin);
  }

  private requirePast(voidFrom: string | undefined): null {
    if (voidFrom === undefined || new Date(voidFrom) <= this.clock.now()) return null;
    throw new ValidationError([{ path: 'voidFrom', message: 'voidFrom must not lie in the future' }]);
  }

  private view({ id, admin, voidFrom, reason, revokedBy, revokedAt }: AdminRevocation): RevocationDto {
    return present({
      id,
      admin,
      voidFrom: voidFrom?.toISOString(),
      reason,
      revokedBy,
      revokedAt: revokedAt.toISOString(),
      restored: this.allowlist.isRestored(id),
    });
  }
}
