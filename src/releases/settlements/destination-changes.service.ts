import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { NOBODY, unpayable } from '#src/chain/port/payable.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { ValidationError } from '#src/common/errors/errors.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { isBarred, namedDestinations } from '#src/escrow/door/acts/changed-destination.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { destinationBarred, destinationPayable, noWallet } from '#src/releases/payouts/payout.errors.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { type DestinationChangeDto, DestinationChangeParams } from './destination-changes.dto.js';

/** Other destinations for those that cannot be paid any more, as two admins sign them. */
@Injectable()
export class DestinationChanges implements OnModuleInit {
  constructor(
    private readonly commitments: Commitments,
    private readonly escrows: Escrows,
    private readonly payouts: PayoutRepository,
    private readonly door: SigningDoor,
    private readonly chain: Chain,
    private readonly acts: AdminActs,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.acts.define({
      action: 'admin.destination.change',
      params: DestinationChangeParams,
      subject: (given) => this.subjectOf(given),
    });
  }

  /**
   * Keeps the word of one admin; with that of a second one what waits for this destination goes to the other one.
   * @throws DomainError `commitment_not_found`, `destination_payable`, `destination_not_payable`, `signing_refused`, `rpc_unavailable`
   */
  async change(act: AdminAct<DestinationChangeParams>): Promise<DestinationChangeDto> {
    const { commitmentId, replaces, destination } = act.given;
    await this.door.vouch(commitmentId);
    await this.requireUnpayable(replaces, destination);
    const inForce = await this.transactions.run((manager) => this.record(manager, act));
    return { commitmentId, replaces, destination, inForce };
  }

  private async record(manager: EntityManager, act: AdminAct<DestinationChangeParams>): Promise<boolean> {
    const { commitmentId, replaces, destination } = act.given;
    await this.commitments.lock(manager, commitmentId);
    await this.acts.record(manager, act);
    const inForce = (await this.door.changedDestination(commitmentId, replaces, manager)) === destination;
    await this.audit.record(manager, {
      event: inForce ? 'admin_destination_change_ok' : 'admin_destination_change_proposed',
      commitmentId,
      fields: { replaces, destination },
    });
    // What waits for it is looked at now, and not only when its next turn comes.
    if (inForce) await this.payouts.wake(manager, commitmentId, this.clock.now());
    return inForce;
  }

  private async requireUnpayable(replaces: string, destination: string): Promise<void> {
    const [old, other] = await this.chain.equalBalances([replaces, destination]);
    if (unpayable(replaces, old?.occupant ?? NOBODY) === null) throw destinationPayable(replaces);
    const flaw = unpayable(destination, other?.occupant ?? NOBODY);
    if (flaw !== null) throw noWallet(destination, flaw);
  }

  private async subjectOf({ commitmentId, replaces, destination }: DestinationChangeParams): Promise<string> {
    const { id, terms } = await this.commitments.get(commitmentId);
    const named = namedDestinations({ terms });
    if (!named.includes(replaces))
      throw new ValidationError([
        {
          path: 'replaces',
          message: `must be one of the addresses of the signed terms: ${named.join(', ')}`,
        },
      ]);
    const escrow = await this.escrows.addressOf(id);
    const { ADMIN_WALLET_PUBKEYS: admins } = this.settings.env;
    if (destination === replaces || isBarred({ terms, escrow, admins }, destination))
      throw destinationBarred(destination);
    if (await this.escrows.isEscrow(destination)) throw destinationBarred(destination);
    return id;
  }
}
