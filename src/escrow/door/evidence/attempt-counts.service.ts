import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#src/common/database/transactions.js';
import type { GatheredMarks } from '#src/marks/gathered-marks.js';
import { Marks } from '#src/marks/marks.service.js';
import { EvidenceRepository } from './evidence.repository.js';
import { type AttemptCount, attemptsFact } from '#src/escrow/door/facts/facts.js';

const MAX_REMEMBERED = 50_000;

/** How many transactions of a payout were planned and signed: one that is missing in the table may have landed, or still land. */
@Injectable()
export class AttemptCounts {
  /** Beside the mark: an older mark could be put back with the older rows, but not into this process. */
  private readonly remembered = new Map<string, AttemptCount>();

  constructor(
    private readonly rows: EvidenceRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
  ) {}

  /** In the transaction that writes the payout. */
  async begin(manager: EntityManager, payoutId: string): Promise<void> {
    await this.marks.make(manager, attemptsFact(payoutId, { planned: 0, signed: 0 }));
  }

  /**
   * In the transaction that plans or signs the next one, and before it.
   * @returns false when one is missing
   */
  async advance(manager: EntityManager, payoutId: string, step: keyof AttemptCount): Promise<boolean> {
    const count = await this.complete(manager, payoutId);
    if (count === null) return false;
    const next = { ...count, [step]: count[step] + 1 };
    await this.marks.make(manager, attemptsFact(payoutId, next));
    this.transactions.onCommit(manager, () => this.remember(payoutId, next));
    return true;
  }

  /** What the table has now; null when one is missing. */
  async complete(manager: EntityManager, payoutId: string): Promise<AttemptCount | null> {
    await this.marks.write(manager);
    const { count, marks } = await this.rows.countAttempts(manager, payoutId);
    return (await this.isComplete(payoutId, count, this.marks.gathered(manager, marks))) ? count : null;
  }

  /**
   * Whether the table has all of them, with their signatures.
   * @param count of those that it has
   */
  async isComplete(payoutId: string, count: AttemptCount, marks: GatheredMarks): Promise<boolean> {
    const before = this.remembered.get(payoutId);
    if (before !== undefined && (count.planned < before.planned || count.signed < before.signed))
      return false;
    if (!(await marks.proves(attemptsFact(payoutId, count)))) return false;
    this.remember(payoutId, count);
    return true;
  }

  private remember(payoutId: string, count: AttemptCount): void {
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    this.remembered.set(payoutId, count);
  }
}
