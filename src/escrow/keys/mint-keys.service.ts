import { Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, Not } from 'typeorm';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { actor } from '#src/common/request-context.js';
import { custodyUnavailable } from '#src/escrow/escrows/escrow.errors.js';
import { KeyRing } from './key-ring.service.js';
import { PumpMint } from './pump-mint.entity.js';
import { open, seal, VaultError } from './vault.js';

/** Keys of coins that are to be. Each signs the creation of its coin, and is worth nothing afterwards. */
@Injectable()
export class MintKeys {
  constructor(
    private readonly keyRing: KeyRing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Makes a key and keeps it for a coin of this creator. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET */
  async reserve(manager: EntityManager, creator: string): Promise<PumpMint> {
    const seed = this.ids.bytes(32);
    try {
      const mint = addressOfSeed(seed);
      const { current } = this.keyRing;
      const row: PumpMint = {
        mint,
        creator,
        keyId: current.id,
        ciphertext: seal(current, { mint, creator }, seed, this.ids.bytes(12)),
        reservedBy: actor(),
        createdAt: this.clock.now(),
        commitmentId: null,
      };
      await manager.insert(PumpMint, row);
      return row;
    } finally {
      seed.fill(0);
    }
  }

  /** For whom the mint is kept; null when it is not, was launched, or the row is not as this server has written it. */
  async creatorOf(manager: EntityManager, mint: string): Promise<string | null> {
    const row = await manager.findOneBy(PumpMint, { mint, commitmentId: IsNull() });
    const seed = row === null ? null : this.tryOpen(row);
    seed?.fill(0);
    return seed === null ? null : (row?.creator ?? null);
  }

  /** Uses the mint up for a commitment. @returns false when it is not kept for this creator any more */
  async take(
    manager: EntityManager,
    { mint, creator }: Pick<PumpMint, 'mint' | 'creator'>,
    commitmentId: string,
  ): Promise<boolean> {
    const result = await manager.update(
      PumpMint,
      { mint, creator, commitmentId: IsNull() },
      { commitmentId },
    );
    return result.affected === 1;
  }

  /** @throws DomainError `custody_unavailable` when there is no such key, or it does not open */
  async sign(
    manager: EntityManager,
    { mint, creator }: Pick<PumpMint, 'mint' | 'creator'>,
    message: Uint8Array,
  ): Promise<Uint8Array> {
    const row = await manager.findOneBy(PumpMint, { mint, creator });
    const seed = row === null ? null : this.tryOpen(row);
    if (seed === null) throw custodyUnavailable(`The key of coin ${mint} does not open for ${creator}.`);
    try {
      return signWithSeed(seed, message);
    } finally {
      seed.fill(0);
    }
  }

  /** Seals with the newest secret: an older one may be withdrawn afterwards. */
  async reseal(manager: EntityManager): Promise<void> {
    const { current } = this.keyRing;
    const rows = await manager.findBy(PumpMint, { keyId: Not(current.id) });
    for (const row of rows) {
      const seed = this.tryOpen(row);
      if (seed === null) continue;
      const ciphertext = seal(current, row, seed, this.ids.bytes(12));
      seed.fill(0);
      const { mint, keyId } = row;
      await manager.update(PumpMint, { mint, keyId }, { keyId: current.id, ciphertext });
    }
  }

  private tryOpen({ mint, creator, keyId, ciphertext }: PumpMint): Uint8Array | null {
    const key = this.keyRing.find(keyId);
    if (key === undefined) return null;
    try {
      const seed = open(key, { mint, creator }, ciphertext);
      return addressOfSeed(seed) === mint ? seed : null;
    } catch (error) {
      if (error instanceof VaultError) return null;
      throw error;
    }
  }
}
