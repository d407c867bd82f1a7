import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { custodyUnavailable } from './escrow.errors.js';
import { olderKeyOf } from './older-format.js';
import { deriveVaultKey, type VaultKey } from './vault.js';

/**
 * The keys of the configured secrets, derived once at start: ESCROW_DB_SECRET seals and opens, those of
 * ESCROW_DB_SECRET_PREVIOUS only open.
 */
@Injectable()
export class KeyRing {
  private readonly newest: VaultKey | undefined;
  private readonly keys: ReadonlyMap<string, VaultKey>;
  /** Keys of rows in the older format, which do not tell whose they are; the newest secret's first. */
  readonly olderKeys: readonly Uint8Array[];

  constructor({ env }: Settings) {
    const { ESCROW_DB_SECRET: newest, ESCROW_DB_SECRET_PREVIOUS: previous } = env;
    const secrets = [...new Set(newest === undefined ? previous : [newest, ...previous])];
    const keys = secrets.map(deriveVaultKey);
    this.newest = newest === undefined ? undefined : keys[0];
    this.keys = new Map(keys.map((key) => [key.id, key]));
    this.olderKeys = secrets.map(olderKeyOf);
  }

  /** The key for new ciphertexts. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  get current(): VaultKey {
    if (this.newest === undefined)
      throw custodyUnavailable('ESCROW_DB_SECRET is not set, so no escrow key may be made.');
    return this.newest;
  }

  /** Null without ESCROW_DB_SECRET. */
  get currentId(): string | null {
    return this.newest?.id ?? null;
  }

  /** Ids of every configured secret, the newest first. */
  get ids(): readonly string[] {
    return [...this.keys.keys()];
  }

  find(id: string): VaultKey | undefined {
    return this.keys.get(id);
  }
}
