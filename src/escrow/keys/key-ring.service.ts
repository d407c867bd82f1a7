import { Injectable } from '@nestjs/common';
import { ServerKeys, type UseKeys } from '#src/marks/server-keys.service.js';
import type { VaultKey } from './vault.js';

/**
 * The keys of the configured secrets, derived once at start: ESCROW_DB_SECRET seals and opens, those of
 * ESCROW_DB_SECRET_PREVIOUS only open.
 */
@Injectable()
export class KeyRing {
  private readonly keys: UseKeys;

  constructor(serverKeys: ServerKeys) {
    this.keys = serverKeys.of('escrow-keys');
  }

  /** The key for new ciphertexts. @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  get current(): VaultKey {
    return this.keys.current;
  }

  /** Null without ESCROW_DB_SECRET. */
  get currentId(): string | null {
    return this.keys.currentId;
  }

  /** Ids of every configured secret, the newest first. */
  get ids(): readonly string[] {
    return this.keys.ids;
  }

  find(id: string): VaultKey | undefined {
    return this.keys.find(id);
  }
}
