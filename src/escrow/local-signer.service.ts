import { Injectable } from '@nestjs/common';
import { addressOfSeed, signWithSeed } from '../chain/keypair.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import type { Escrow } from './escrow.entity.js';
import { EscrowKeys } from './escrow-keys.service.js';
import type { EscrowSigner } from './escrow-signer.js';
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

  async prepare(commitmentId: string): Promise<Escrow> {
    const seed = this.ids.bytes(32);
    try {
      const address = addressOfSeed(seed);
      return {
        commitmentId,
        address,
        custody: 'local',
        keyId: this.keyRing.current.id,
        ciphertext: this.keys.seal({ commitmentId, address }, seed),
        privyWalletId: null,
        createdAt: this.clock.now(),
      };
    } finally {
      seed.fill(0);
    }
  }

  async sign(escrow: Escrow, message: Uint8Array): Promise<Uint8Array> {
    const seed = this.keys.openSeed(escrow);
    try {
      return signWithSeed(seed, message);
    } finally {
      seed.fill(0);
    }
  }
}
