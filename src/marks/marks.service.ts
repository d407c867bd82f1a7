import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#src/common/database/transactions.js';
import { GatheredMarks, markKey } from './gathered-marks.js';
import { digestOf, isMarkOf, makeMark, type MarkedFact, type MarkKind, type MarkRow } from './mark.js';
import { MarkRepository } from './mark.repository.js';
import { ServerKeys, type UseKeys } from './server-keys.service.js';

/** Marks what this server has accepted, and tells it from what somebody has written into the database. */
@Injectable()
export class Marks {
  private readonly keys: UseKeys;
  /** Of transactions under way: written together before the commit, in one statement. */
  private readonly waiting = new WeakMap<EntityManager, Map<string, MarkRow>>();

  constructor(
    keys: ServerKeys,
    private readonly rows: MarkRepository,
    private readonly transactions: Transactions,
  ) {
    this.keys = keys.of('marks');
  }

  /**
   * In the transaction that writes the facts; a fact that was marked before is marked anew. Whoever calls has verified
   * everything that the facts were made from. The rows are written before the commit, or when marks are read here before that.
   * @throws DomainError `custody_unavailable` without ESCROW_DB_SECRET
   */
  async make(manager: EntityManager, ...facts: readonly MarkedFact[]): Promise<void> {
    const rows = facts.map((fact) => this.renewed({ kind: fact.kind, id: fact.id, digest: digestOf(fact) }));
    const waiting = this.waitingOf(manager);
    if (waiting === null) await this.rows.save(manager, rows);
    else for (const row of rows) waiting.set(markKey(row), row);
  }

  /** For who reads marks with a statement of its own: those of its transaction are there from now on. */
  async write(manager: EntityManager): Promise<void> {
    const waiting = this.waiting.get(manager);
    if (waiting === undefined || waiting.size === 0) return;
    // In one order, so that two transactions never wait for each other.
    const rows = [...waiting.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    waiting.clear();
    await this.rows.save(manager, rows);
  }

  /** Until the transaction ends nobody else makes this mark anew; without effect where there is none yet. @returns the mark */
  async lock(manager: EntityManager, kind: MarkKind, id: string): Promise<GatheredMarks> {
    if (this.waiting.get(manager)?.has(markKey({ kind, id })) === true) await this.write(manager);
    return this.gathered(manager, await this.rows.lock(manager, kind, id));
  }

  /** Those of the facts that were not accepted here as they stand now; empty when all were. */
  async unproven<F extends MarkedFact>(manager: EntityManager, facts: readonly F[]): Promise<F[]> {
    await this.write(manager);
    const found = await this.rows.find(manager, facts);
    const rows = new Map(found.map((row) => [markKey(row), row]));
    return facts.filter((fact) => {
      const row = rows.get(markKey(fact));
      return row === undefined || !this.fits(fact, row);
    });
  }

  /** Marks that were read together with what they are about; those that are missing are asked for. */
  gathered(manager: EntityManager, rows: readonly MarkRow[]): GatheredMarks {
    return new GatheredMarks(rows, {
      fits: (fact, row) => this.fits(fact, row),
      unproven: (facts) => this.unproven(manager, facts),
    });
  }

  async proves(manager: EntityManager, fact: MarkedFact): Promise<boolean> {
    return (await this.unproven(manager, [fact])).length === 0;
  }

  /** Whether the row, which names this fact, is a genuine mark of it as it stands now. */
  fits(fact: MarkedFact, row: MarkRow): boolean {
    return row.digest === digestOf(fact) && this.isGenuine(row);
  }

  /** Whether the row is a mark that a configured secret has made. */
  isGenuine(row: MarkRow): boolean {
    const key = this.keys.find(row.keyId);
    return key !== undefined && isMarkOf(key, row, row.kind, row.id, row.digest);
  }

  /** A mark under the newest key. Whoever renews one has seen that it is genuine. */
  renewed({ kind, id, digest }: Pick<MarkRow, 'kind' | 'id' | 'digest'>): MarkRow {
    return { kind, id, digest, ...makeMark(this.keys.current, kind, id, digest) };
  }

  /** Null outside a transaction: nothing would write them later. */
  private waitingOf(manager: EntityManager): Map<string, MarkRow> | null {
    const waiting = this.waiting.get(manager);
    if (waiting !== undefined) return waiting;
    if (!this.transactions.beforeCommit(manager, () => this.write(manager))) return null;
    const fresh = new Map<string, MarkRow>();
    this.waiting.set(manager, fresh);
    return fresh;
  }
}
