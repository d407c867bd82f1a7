import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { addressOfSeed, signWithSeed } from '../chain/keypair.js';
import { requiredSigners } from '../chain/transfer-transaction.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import { Transactions } from '../common/transactions.js';
import { Escrow } from './escrow.entity.js';
import { custodyUnavailable } from './escrow.errors.js';
import { EscrowKeys } from './escrow-keys.service.js';
import { EscrowRepository } from './escrow.repository.js';
import { KeyRing } from './key-ring.service.js';
import { seal } from './vault.js';

/** What may be told about an escrow. */
export type EscrowView = Pick<Escrow, 'commitmentId' | 'address' | 'custody'>;

/** Custody: makes escrow wallets and signs for them. No other code sees an escrow's key. */
@Injectable()
export class EscrowService {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly keys: EscrowKeys,
    private readonly escrows: EscrowRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Makes a fresh key for a commitment that is about to be created; `insert` stores it in the creating transaction.
   * @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET.
   */
  generate(commitmentId: string): Escrow {
    const key = this.keyRing.current;
    const seed = this.ids.bytes(32);
    const address = addressOfSeed(seed);
    const ciphertext = seal(key, { commitmentId, address }, seed, this.ids.bytes(12));
    seed.fill(0);
    const createdAt = this.clock.now();
    return {
      commitmentId,
      address,
      custody: 'local',
      keyId: key.id,
      ciphertext,
      privyWalletId: null,
      createdAt,
    };
  }

  async insert(manager: EntityManager, escrow: Escrow): Promise<void> {
    await this.escrows.insert(manager, escrow);
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
   * Signs a compiled message as the escrow of this commitment.
   * @returns the 64-byte Ed25519 signature; the same one for the same message, however often it is asked.
   * @throws DomainError `custody_unavailable` when the key cannot be opened, or the message does not ask this escrow to sign.
   */
  async sign(commitmentId: string, message: Uint8Array): Promise<Uint8Array> {
    const escrow = await this.escrows.findByCommitment(this.transactions.manager, commitmentId);
    if (escrow === null) throw custodyUnavailable(`Commitment ${commitmentId} has no escrow.`);
    if (!requiredSigners(message).includes(escrow.address)) {
      throw custodyUnavailable(`The message is not one that escrow ${escrow.address} has to sign.`);
    }
    const seed = this.keys.openSeed(escrow);
    try {
      return signWithSeed(seed, message);
    } finally {
      seed.fill(0);
    }
  }
}
