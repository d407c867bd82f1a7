import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '#config/settings.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { type Custody, Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';
import { EscrowRepository } from '#src/escrow/escrows/escrow.repository.js';
import { bindingFact } from '#src/escrow/door/facts/facts.js';
import type { Bond, EscrowSigner } from '#src/escrow/escrows/escrow-signer.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
import { PrivySigner } from '#src/escrow/privy/privy-signer.service.js';
import { Marks } from '#src/marks/marks.service.js';

/** What may be told about an escrow. */
export type EscrowView = Pick<Escrow, 'commitmentId' | 'address' | 'custody'>;

const WALLET_CONSTRAINTS = ['escrows_address_key', 'escrows_privy_wallet_id_key'];

/** Custody: makes escrow wallets. They sign behind the signing door alone. */
@Injectable()
export class Escrows {
  private readonly signers: Readonly<Record<Custody, EscrowSigner>>;

  constructor(
    local: LocalSigner,
    privy: PrivySigner,
    private readonly escrows: EscrowRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
  ) {
    this.signers = { local, privy };
  }

  /**
   * Makes the wallet of a commitment that is about to be created, in the configured custody; `insert` stores it in the
   * creating transaction. May ask an upstream: never call it inside a transaction.
   * @param bond a repetition of one creation gets the same managed wallet again, by its message's hash
   * @throws DomainError `custody_unavailable`
   */
  prepare(bond: Bond): Promise<Escrow> {
    return this.signers[this.settings.custody].prepare(bond);
  }

  /**
   * Stores the escrow and binds it: the creator's signature cannot name an escrow that is made after it, this mark does.
   * @param excludedWallets who can never approve
   * @throws DomainError `custody_unavailable` when the wallet is the escrow of another commitment already.
   */
  async insert(
    manager: EntityManager,
    escrow: Escrow,
    bond: Bond,
    excludedWallets: readonly string[],
  ): Promise<void> {
    try {
      await this.escrows.insert(manager, escrow);
      const { address, custody, privyWalletId } = escrow;
      await this.marks.make(
        manager,
        bindingFact({ ...bond, address, custody, privyWalletId, excludedWallets }),
      );
    } catch (error) {
      if (!WALLET_CONSTRAINTS.includes(violatedConstraint(error) ?? '')) throw error;
      throw custodyUnavailable(
        `The wallet ${escrow.address} is the escrow of another commitment already. Nothing was stored; sign a new message.`,
      );
    }
  }

  /** Whether an address is the escrow of any commitment. */
  isEscrow(address: string): Promise<boolean> {
    return this.escrows.existsByAddress(this.transactions.manager, address);
  }

  /** @throws Error when the commitment has none: one is made with every commitment. */
  async addressOf(commitmentId: string): Promise<string> {
    const escrow = await this.escrows.findByCommitment(this.transactions.manager, commitmentId);
    if (escrow === null) throw new Error(`commitment ${commitmentId} has no escrow`);
    return escrow.address;
  }

  /** One escrow for each commitment that exists, by commitment id. */
  async findMany(commitmentIds: readonly string[]): Promise<Map<string, EscrowView>> {
    const rows = await this.escrows.findByCommitments(this.transactions.manager, commitmentIds);
    return new Map(
      rows.map(({ commitmentId, address, custody }) => [commitmentId, { commitmentId, address, custody }]),
    );
  }
}
