import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { actor } from '#src/common/request-context.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { refused, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { LAUNCH_ACTION } from '#src/escrow/door/acts/launch.js';
import { LaunchDoor } from '#src/escrow/door/launch-door.service.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { MintKeys } from '#src/escrow/keys/mint-keys.service.js';
import { newOperation } from '#src/pumpfun/operations/new-operation.js';
import { OperationBookings } from '#src/pumpfun/operations/operation-bookings.service.js';
import type { LaunchRow } from './launch-row.entity.js';
import { alreadyLaunched, mintNotReserved, noLaunchPayer } from './launch.errors.js';
import { LaunchRepository } from './launch.repository.js';
import { LaunchParams, type ReservedMintDto } from './launches.dto.js';

/**
 * Launches of coins. The commitment comes first, under a mint that is kept for its creator, so that no launched coin is ever without
 * one. The act of an admin writes both transactions down; the driver of operations makes them.
 */
@Injectable()
export class Launches implements OnModuleInit {
  constructor(
    private readonly commitments: Commitments,
    private readonly rows: LaunchRepository,
    private readonly bookings: OperationBookings,
    private readonly mints: MintKeys,
    private readonly door: LaunchDoor,
    private readonly signing: SigningDoor,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: LAUNCH_ACTION,
      params: LaunchParams,
      subject: (given) => this.subjectOf(given),
    });
  }

  /** Makes the key of a coin that is to be. @throws DomainError `custody_unavailable` */
  async reserve(creator: string): Promise<ReservedMintDto> {
    return this.transactions.run(async (manager) => {
      const { mint } = await this.mints.reserve(manager, creator);
      await this.audit.record(manager, { event: 'admin_pumpfun_mint_ok', fields: { mint, creator } });
      return { mint, creator };
    });
  }

  /**
   * Writes a launch down; nothing is sent here.
   * @throws DomainError `commitment_not_found`, `wrong_kind`, `already_resolved`, `already_failing`, `already_launched`,
   * `mint_not_reserved`, `fee_payer_missing`, `signing_refused`
   */
  async launch(act: AdminAct<LaunchParams>): Promise<void> {
    const { commitmentId } = act.given;
    await this.signing.vouch(commitmentId);
    await this.transactions.run(async (manager) => {
      const commitment = await this.commitments.getLocked(manager, commitmentId);
      const { wallet: creator, mint } = await this.launchable(manager, commitment);
      if (!(await this.mints.take(manager, { mint, creator }, commitmentId)))
        throw alreadyLaunched(commitmentId);
      const launch = this.rowOf(act.given);
      await this.rows.insert(manager, launch);
      const kinds = launch.buyTokens === null ? (['create'] as const) : (['create', 'buy'] as const);
      for (const kind of kinds)
        await this.bookings.beginIn(manager, newOperation(commitmentId, kind, 0, this.clock.now()));
      await this.acts.record(manager, act);
      const { name, symbol } = launch;
      const fields = { mint, name, symbol, buys: launch.buyTokens !== null };
      await this.audit.record(manager, { event: 'admin_pumpfun_launch_ok', commitmentId, fields });
    });
  }

  private async subjectOf({ commitmentId, buyTokens, buyMostLamports }: LaunchParams): Promise<string> {
    if ((buyTokens === undefined) !== (buyMostLamports === undefined)) {
      const message = 'must be given together with buyTokens, or neither of them';
      throw new ValidationError([{ path: 'buyMostLamports', message }]);
    }
    if (this.door.payer === null) throw noLaunchPayer();
    const commitment = await this.commitments.get(commitmentId);
    await this.launchable(this.transactions.manager, commitment);
    return commitment.id;
  }

  private async launchable(
    manager: EntityManager,
    commitment: Commitment,
  ): Promise<{ readonly wallet: string; readonly mint: string }> {
    const { id, status, tokenMint: mint, wallet } = commitment;
    if (mint === null) throw wrongKind(commitment, 'a launch');
    if ((await this.rows.find(manager, id)) !== null) throw alreadyLaunched(id);
    if (status === 'failing') throw refused('already_failing', commitment);
    if (status !== 'active') throw refused('already_resolved', commitment);
    if ((await this.mints.creatorOf(manager, mint)) !== wallet) throw mintNotReserved(mint, wallet);
    return { wallet, mint };
  }

  private rowOf({ buyTokens, buyMostLamports, ...texts }: LaunchParams): LaunchRow {
    return {
      ...texts,
      buyTokens: buyTokens === undefined ? null : BigInt(buyTokens),
      buyMostLamports: buyMostLamports === undefined ? null : BigInt(buyMostLamports),
      requestedBy: actor(),
      createdAt: this.clock.now(),
    };
  }
}
