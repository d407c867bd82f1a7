import { Injectable } from '@nestjs/common';
import { addressOfSeed, signWithSeed } from '../chain/keypair.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import type { Escrow } from './escrow.entity.js';
import { custodyUnavailable } from './escrow.errors.js';
import type { EscrowSigner } from './escrow-signer.js';
import { KeyRing } from './key-ring.service.js';
import { open, seal } from './vault.js';

/** Keys made in this process and kept as ciphertext. The same message always gets the same signature. */
@Injectable()
export class LocalSigner implements EscrowSigner {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  async prepare(commitmentId: string): Promise<Escrow> {
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

  async sign(escrow: Escrow, message: Uint8Array): Promise<Uint8Array> {
    const seed = this.openSeed(escrow);
    try {
      return signWithSeed(seed, message);
    } finally {
      seed.fill(0);
    }
  }

  private openSeed({ commitmentId, address, keyId, ciphertext }: Escrow): Uint8Array {
    if (keyId === null || ciphertext === null)
      throw custodyUnavailable(`Escrow ${address} is not in local custody.`);
    let seed: Uint8Array;
    try {
      seed = open(this.keyRing.byId(keyId), { commitmentId, address }, ciphertext);
    } catch (error) {
      throw custodyUnavailable(`The key of escrow ${address} does not open: ${(error as Error).message}`);
    }
    if (addressOfSeed(seed) !== address)
      throw custodyUnavailable(`The key of escrow ${address} belongs to another address.`);
    return seed;
  }
}
