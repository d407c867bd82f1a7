import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Transactions } from '#src/common/database/transactions.js';
import { textParam } from '#src/signed-messages/signed-act.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { notAnAdmin, revoked } from './allowlist.errors.js';
import type { AdminRevocation } from './admin-revocation.entity.js';
import { AdminRevocationRepository } from './admin-revocation.repository.js';
import { isRevoked, remaining, type Revocation } from './revocation.js';

/**
 * Who is an admin: whom the environment names, without whom an admin has revoked. The table only ever takes away, and a row
 * that no admin has signed takes nothing.
 */
@Injectable()
export class Allowlist {
  /** What has counted once counts for as long as this process runs: rows can be deleted. */
  private readonly known = new Map<string, Revocation>();

  constructor(
    private readonly settings: Settings,
    private readonly transactions: Transactions,
    private readonly rows: AdminRevocationRepository,
    private readonly acts: SignedActs,
  ) {}

  /**
   * Asked at every request of an admin, so that a revocation holds on every replica at once.
   * @throws DomainError `not_an_admin`
   */
  async requireAllowed(wallet: string): Promise<void> {
    if (!this.settings.env.ADMIN_WALLET_PUBKEYS.includes(wallet)) throw notAnAdmin(wallet);
    const { manager } = this.transactions;
    if (isRevoked(wallet, await this.revocationsOf(manager, [wallet]))) throw revoked(wallet);
  }

  /** Those that count, of any of these wallets. */
  async revocationsOf(manager: EntityManager, wallets: readonly string[]): Promise<Revocation[]> {
    if (wallets.length === 0) return [];
    return this.countedOf(manager, await this.rows.findOf(manager, wallets), wallets);
  }

  /**
   * The same of rows that were read already.
   * @param found all of these wallets
   */
  async countedOf(
    manager: EntityManager,
    found: readonly AdminRevocation[],
    wallets: readonly string[],
  ): Promise<Revocation[]> {
    for (const row of found) if (await this.counts(manager, row)) this.remember(row);
    return [...this.known.values()].filter(({ admin }) => wallets.includes(admin));
  }

  /** @param revocation one that is committed, and that an admin has signed */
  remember({ id, admin, voidFrom }: Revocation): void {
    this.known.set(id, { id, admin, voidFrom });
  }

  /** The wallets that may still sign in. */
  async admins(manager: EntityManager): Promise<string[]> {
    const { ADMIN_WALLET_PUBKEYS: allowed } = this.settings.env;
    return remaining(allowed, await this.revocationsOf(manager, allowed));
  }

  isRestored(id: string): boolean {
    return this.settings.env.ADMIN_RESTORED_REVOCATIONS.includes(id);
  }

  private async counts(manager: EntityManager, row: AdminRevocation): Promise<boolean> {
    if (this.isRestored(row.id)) return false;
    const act = await this.acts.provenById(manager, row.actId);
    return (
      act?.action === 'admin.revocation.create' &&
      act.wallet === row.revokedBy &&
      textParam(act, 'admin') === row.admin &&
      textParam(act, 'voidFrom') === (row.voidFrom?.toISOString() ?? null)
    );
  }
}
