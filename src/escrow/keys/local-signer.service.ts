import { Injectable } from '@nestjs/common';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { EscrowKeys } from './escrow-keys.service.js';
import type { Bond, EscrowSigner } from '#src/escrow/escrows/escrow-signer.js';
import { KeyRing } from './key-ring.service.js';

/** Keys made in this process and kept as ciphertext. The same message always gets the same signature. */
@Injectable()
export class LocalSigner implements EscrowSigner {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly keys: EscrowKeys,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async prepare(bond: Bond): Promise<Escrow> {
    const { commitmentId } = bond;
    const seed = this.ids.bytes(32);
    try {
      const address = addressOfSeed(seed);
      return {
        commitmentId,
        address,
        custody: 'local',
        keyId: this.keyRing.current.id,
        ciphertext: this.keys.seal({ ...bond, address }, seed),
        privyWalletId: null,
        createdAt: this.clock.now(),
      };
    } finally {
      seed.fill(0);
    }
  }

  async sign(escrow: Escrow, bond: Bond, message: Uint8Array): Promise<Uint8Array> {
    const { commitmentId, address, keyId, ciphertext } = escrow;
    const { messageHash, termsHash } = bond;
    const seed = this.keys.openSeed({ commitmentId, address, keyId, ciphertext, messageHash, termsHash });
    try {
      return signWithSeed(seed, message);
    } finally {
      seed.fill(0);
    }
  }
}
