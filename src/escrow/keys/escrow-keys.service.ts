import { Injectable } from '@nestjs/common';
import { addressOfSeed } from '#src/chain/signing/keypair.js';
import { Ids } from '#src/common/ids.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';
import { KeyRing } from './key-ring.service.js';
import { open, seal, type SealContext, VaultError } from './vault.js';

/** What is needed of a row to open it. */
export type SealedEscrow = Pick<Escrow, 'commitmentId' | 'address' | 'keyId' | 'ciphertext'> & SealContext;

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

  /** Never throws. */
  tryOpen(escrow: SealedEscrow): Opened {
    try {
      const seed = this.unsealed(escrow);
      return addressOfSeed(seed) === escrow.address ? { seed } : { reason: 'it belongs to another address' };
    } catch (error) {
      // What other code says of bytes that it cannot take may show some of them.
      return { reason: error instanceof VaultError ? error.message : 'it cannot be read' };
    }
  }

  /** Seals with the newest secret under a fresh nonce. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  seal(context: SealContext, seed: Uint8Array): Buffer {
    return seal(this.keyRing.current, context, seed, this.ids.bytes(12));
  }

  private unsealed({ keyId, ciphertext, ...context }: SealedEscrow): Uint8Array {
    if (keyId === null || ciphertext === null) throw new VaultError('it is not in local custody');
    const key = this.keyRing.find(keyId);
    if (key === undefined) throw new VaultError(`No configured secret has the key id ${keyId}`);
    return open(key, context, ciphertext);
  }
}
