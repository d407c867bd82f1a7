import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Settings } from '../../config/settings.js';
import { requiredSigners } from '../chain/transfer-transaction.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { type Custody, Escrow } from './escrow.entity.js';
import { custodyUnavailable } from './escrow.errors.js';
import { EscrowRepository } from './escrow.repository.js';
import type { EscrowSigner, SigningOrder } from './escrow-signer.js';
import { LocalSigner } from './local-signer.service.js';
import { PrivySigner } from './privy-signer.service.js';

/** What may be told about an escrow. */
export type EscrowView = Pick<Escrow, 'commitmentId' | 'address' | 'custody'>;

const WALLET_CONSTRAINTS = ['escrows_address_key', 'escrows_privy_wallet_id_key'];

/** Custody: makes escrow wallets and signs for them. No other code sees an escrow's key. */
@Injectable()
export class EscrowService {
  private readonly signers: Readonly<Record<Custody, EscrowSigner>>;

  constructor(
    local: LocalSigner,
    privy: PrivySigner,
    private readonly escrows: EscrowRepository,
    private readonly transactions: Transactions,
    private readonly settings: Settings,
  ) {
    this.signers = { local, privy };
  }

  /**
   * Makes the wallet of a commitment that is about to be created, in the configured custody; `insert` stores it in the
   * creating transaction. May ask an upstream: never call it inside a transaction.
   * @param creationKey the same for every repetition of one creation: it gets the same managed wallet again
   * @throws DomainError `custody_unavailable`
   */
  prepare(commitmentId: string, creationKey: string): Promise<Escrow> {
    return this.signers[this.settings.custody].prepare(commitmentId, creationKey);
  }

  /** @throws DomainError `custody_unavailable` when the wallet is the escrow of another commitment already. */
  async insert(manager: EntityManager, escrow: Escrow): Promise<void> {
    try {
      await this.escrows.insert(manager, escrow);
    } catch (error) {
      if (!WALLET_CONSTRAINTS.includes(violatedConstraint(error) ?? '')) throw error;
      throw custodyUnavailable(
        `The wallet ${escrow.address} is the escrow of another commitment already. Nothing was stored; sign a new message.`,
      );
    }
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

  /**
   * Signs a compiled message as the escrow of this commitment. May ask an upstream.
   * @param order names the attempt: its repetitions get the signature of its first time
   * @returns the 64-byte Ed25519 signature
   * @throws DomainError `custody_unavailable` when the key cannot be had, or the message does not ask this escrow to sign.
   */
  async sign(commitmentId: string, message: Uint8Array, order: SigningOrder): Promise<Uint8Array> {
    const escrow = await this.escrows.findByCommitment(this.transactions.manager, commitmentId);
    if (escrow === null) throw custodyUnavailable(`Commitment ${commitmentId} has no escrow.`);
    if (!requiredSigners(message).includes(escrow.address)) {
      throw custodyUnavailable(`The message is not one that escrow ${escrow.address} has to sign.`);
    }
    return this.signers[escrow.custody].sign(escrow, message, order);
  }
}
