import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { DomainError } from '#src/common/errors/errors.js';
import { type DerivedKey, deriveKey, type KeyUse, rootOf } from './derived-key.js';

/** The keys of one use: the newest secret's, which makes what is new, and those that only read what is older. */
export interface UseKeys {
  /** @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET. */
  readonly current: DerivedKey;
  /** Null without ESCROW_DB_SECRET. */
  readonly currentId: string | null;
  /** Of every configured secret, the newest first. */
  readonly ids: readonly string[];
  find(id: string): DerivedKey | undefined;
}

/** Every key that is made from ESCROW_DB_SECRET and ESCROW_DB_SECRET_PREVIOUS, derived once at start. */
@Injectable()
export class ServerKeys {
  private readonly newest: Uint8Array | undefined;
  private readonly roots: readonly Uint8Array[];

  constructor({ env }: Settings) {
    const { ESCROW_DB_SECRET: newest, ESCROW_DB_SECRET_PREVIOUS: previous } = env;
    const secrets = [...new Set(newest === undefined ? previous : [newest, ...previous])];
    this.roots = secrets.map(rootOf);
    this.newest = newest === undefined ? undefined : this.roots[0];
  }

  of(use: KeyUse): UseKeys {
    const keys = new Map(this.roots.map((root) => deriveKey(root, use)).map((key) => [key.id, key]));
    const current = this.newest === undefined ? null : deriveKey(this.newest, use);
    return {
      get current() {
        if (current === null) throw noSecret();
        return current;
      },
      currentId: current?.id ?? null,
      ids: [...keys.keys()],
      find: (id) => keys.get(id),
    };
  }
}

function noSecret(): DomainError {
  return new DomainError(
    'custody_unavailable',
    'ESCROW_DB_SECRET is not set: no escrow key may be made, and nothing can be marked as accepted here. Set it and start again.',
  );
}
