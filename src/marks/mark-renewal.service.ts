import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MarkRow } from './mark.js';
import { MarkRepository } from './mark.repository.js';
import { Marks } from './marks.service.js';
import { ServerKeys, type UseKeys } from './server-keys.service.js';

/** Where a pass through the marks has come to. */
export type MarkPosition = Pick<MarkRow, 'kind' | 'id'>;

export interface RenewedBatch {
  readonly last: MarkPosition;
  /** Made by none of the configured secrets that they name: they were worth nothing, and are gone. */
  readonly forged: readonly MarkRow[];
}

/** Brings marks under the newest secret, each only after it was verified under its own. */
@Injectable()
export class MarkRenewal {
  private readonly keys: UseKeys;

  constructor(
    keys: ServerKeys,
    private readonly marks: Marks,
    private readonly rows: MarkRepository,
  ) {
    this.keys = keys.of('marks');
  }

  /** @returns null when none is left behind `after` that nobody else holds */
  async batch(manager: EntityManager, after: MarkPosition, limit: number): Promise<RenewedBatch | null> {
    const taken = await this.rows.take(manager, this.keys.current.id, after, limit);
    const last = taken.at(-1);
    if (last === undefined) return null;
    // Of a secret that this process does not have nothing can be said.
    const known = taken.filter(({ keyId }) => this.keys.find(keyId) !== undefined);
    const genuine = known.filter((row) => this.marks.isGenuine(row));
    const forged = known.filter((row) => !genuine.includes(row));
    await this.rows.save(
      manager,
      genuine.map((row) => this.marks.renewed(row)),
    );
    await this.rows.delete(manager, forged);
    return { last, forged };
  }

  /** Marks that older secrets have made: while there are any, those secrets must stay configured. */
  async countOlder(manager: EntityManager): Promise<number> {
    return this.rows.countOthers(manager, this.keys.currentId ?? '');
  }

  /** Key ids of marks that no configured secret has made, with their number. */
  async withoutSecret(
    manager: EntityManager,
  ): Promise<readonly { readonly keyId: string; readonly rows: number }[]> {
    return this.rows.countByKey(manager, this.keys.ids);
  }
}
