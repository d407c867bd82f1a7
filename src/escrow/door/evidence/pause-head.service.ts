import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#src/common/database/transactions.js';
import type { MarkRow } from '#src/marks/mark.js';
import { Marks } from '#src/marks/marks.service.js';
import { type PausesMade, pausesFact } from '#src/escrow/door/facts/facts.js';
import { EvidenceRepository } from './evidence.repository.js';

/** What is still to be done once the pause is written. */
export interface NextHead {
  /** Of a pause that is made now. */
  readonly number: number;
  /** Whether the pauses before it are those that this server has made and ended. */
  readonly isKept: boolean;
  after(): Promise<void>;
}

/** Which pauses there are: whoever takes one out of the table lets nothing go on that an admin has stopped. */
@Injectable()
export class PauseHead {
  /** Beside the mark: an older mark could be put back with the older rows, but not into this process. */
  private newest = 0;

  constructor(
    private readonly rows: EvidenceRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
  ) {}

  /**
   * In the transaction that makes or ends a pause, and before it; no other one may do so meanwhile. A head that does not fit the
   * pauses any more is moved on by a pause of all payouts alone: an admin has looked, and another one lets them go on.
   */
  async before(manager: EntityManager, stopsAll: boolean): Promise<NextHead> {
    await this.marks.write(manager);
    const known = this.known;
    const { pauses, marks } = await this.rows.findPauses(manager);
    const isKept = await this.isKept(manager, pauses, marks, known);
    return {
      number: Math.max(pauses.newest, this.newest) + 1,
      isKept,
      after: async () => {
        if (isKept || stopsAll) await this.move(manager);
      },
    };
  }

  /** The number of the newest pause that this process has seen. */
  get known(): number {
    return this.newest;
  }

  /**
   * @param rows marks that were read together with the pauses
   * @param known before they were read: a pause that is made meanwhile is missing in none
   */
  async isKept(
    manager: EntityManager,
    pauses: PausesMade,
    rows: readonly MarkRow[],
    known: number,
  ): Promise<boolean> {
    if (pauses.newest < known) return false;
    if (pauses.newest === 0) return rows.every(({ kind }) => kind !== 'pauses');
    if (!(await this.marks.gathered(manager, rows).proves(pausesFact(pauses)))) return false;
    this.remember(pauses);
    return true;
  }

  private async move(manager: EntityManager): Promise<void> {
    const { pauses } = await this.rows.findPauses(manager);
    await this.marks.make(manager, pausesFact(pauses));
    this.transactions.onCommit(manager, () => this.remember(pauses));
  }

  private remember({ newest }: PausesMade): void {
    this.newest = Math.max(this.newest, newest);
  }
}
