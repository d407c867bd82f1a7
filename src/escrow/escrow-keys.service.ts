import { Injectable } from '@nestjs/common';
import { addressOfSeed } from '../chain/keypair.js';
import { Ids } from '../common/ids.js';
import type { Escrow } from './escrow.entity.js';
import { custodyUnavailable } from './escrow.errors.js';
import { KeyRing } from './key-ring.service.js';
import { isOlderFormat, openOlderFormat, seedsOf } from './older-format.js';
import { open, seal, VaultError } from './vault.js';

/** What is needed of a row to open it. */
export type SealedEscrow = Pick<Escrow, 'commitmentId' | 'address' | 'keyId' | 'ciphertext'>;

/** The 32 bytes that derive the row's address, a secret; or why they cannot be had, in words that hold no secret. */
export type Opened = { readonly seed: Uint8Array } | { readonly reason: string };

/** Opens and seals the keys of escrows in local custody. Whoever gets a seed overwrites it after use. */
@Injectable()
export class EscrowKeys {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly ids: Ids,
  ) {}

  /** @throws DomainError `custody_unavailable` when the key does not open, or derives another address. */
  openSeed(escrow: SealedEscrow): Uint8Array {
    const opened = this.tryOpen(escrow);
    if ('seed' in opened) return opened.seed;
    throw custodyUnavailable(`The key of escrow ${escrow.address} does not open: ${opened.reason}.`);
  }

  /** Never throws. Rows of the present and of the older format. */
  tryOpen(escrow: SealedEscrow): Opened {
    try {
      const seed = this.candidates(escrow).find((candidate) => addressOfSeed(candidate) === escrow.address);
      return seed === undefined ? { reason: 'it belongs to another address' } : { seed };
    } catch (error) {
      // What other code says of bytes that it cannot take may show some of them.
      return { reason: error instanceof VaultError ? error.message : 'it cannot be read' };
    }
  }

  /** Seals with the newest secret under a fresh nonce. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  seal({ commitmentId, address }: Pick<Escrow, 'commitmentId' | 'address'>, seed: Uint8Array): Buffer {
    return seal(this.keyRing.current, { commitmentId, address }, seed, this.ids.bytes(12));
  }

  private candidates({ commitmentId, address, keyId, ciphertext }: SealedEscrow): Uint8Array[] {
    if (keyId === null || ciphertext === null) throw new VaultError('it is not in local custody');
    if (isOlderFormat(ciphertext)) return this.olderCandidates(ciphertext);
    const key = this.keyRing.find(keyId);
    if (key === undefined) throw new VaultError(`No configured secret has the key id ${keyId}`);
    return [open(key, { commitmentId, address }, ciphertext)];
  }

  private olderCandidates(ciphertext: Uint8Array): Uint8Array[] {
    const plaintext = openOlderFormat(this.keyRing.olderKeys, ciphertext);
    try {
      return seedsOf(plaintext);
    } finally {
      plaintext.fill(0);
    }
  }
}
