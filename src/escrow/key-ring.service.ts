import { Injectable } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { custodyUnavailable } from './escrow.errors.js';
import { deriveVaultKey, type VaultKey } from './vault.js';

/** The keys that open and seal escrow seeds, derived once at start from ESCROW_DB_SECRET. */
@Injectable()
export class KeyRing {
  private readonly keys: readonly VaultKey[];

  constructor(settings: Settings) {
    const secret = settings.env.ESCROW_DB_SECRET;
    this.keys = secret === undefined ? [] : [deriveVaultKey(secret)];
  }

  /** The key for new ciphertexts. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  get current(): VaultKey {
    const [newest] = this.keys;
    if (newest === undefined)
      throw custodyUnavailable('ESCROW_DB_SECRET is not set, so no escrow key may be made.');
    return newest;
  }

  /** @throws DomainError `custody_unavailable` when no configured secret has this key id. */
  byId(id: string): VaultKey {
    const key = this.keys.find((candidate) => candidate.id === id);
    if (key === undefined) {
      throw custodyUnavailable(
        `No configured secret has the key id ${id}. Configure the secret that sealed this escrow.`,
      );
    }
    return key;
  }
}
