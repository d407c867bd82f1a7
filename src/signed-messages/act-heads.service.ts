import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Transactions } from '#src/common/database/transactions.js';
import type { MarkedFact } from '#src/marks/mark.js';
import type { GatheredMarks } from '#src/marks/gathered-marks.js';
import { Marks } from '#src/marks/marks.service.js';
import { isHeaded } from './act-head.js';
import type { SignedAct } from './signed-act.entity.js';
import { SignedActRepository } from './signed-act.repository.js';

const MAX_REMEMBERED = 50_000;

/**
 * Which acts each commitment has: a table cannot prove that one is absent. The marked head of a commitment counts its acts and
 * hashes them together, and every act moves it on.
 */
@Injectable()
export class ActHeads {
  /** Beside the mark: an older head could be put back with the older rows, but not into this process. */
  private readonly remembered = new Map<string, number>();

  constructor(
    private readonly acts: SignedActRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
  ) {}

  /**
   * In the transaction that writes an act, and before it. One after the other for each commitment.
   * @returns marks the new head once the act is written; a head that does not fit the acts any more is never moved on
   */
  async before(
    manager: EntityManager,
    commitmentId: string,
  ): Promise<(messageHash: string) => Promise<void>> {
    const marks = await this.marks.lock(manager, 'head', commitmentId);
    const hashes = await this.acts.findHeadedHashes(manager, commitmentId);
    const fits = hashes.length === 0 || (await marks.proves(headFact(commitmentId, hashes)));
    return async (messageHash) => {
      if (!fits) return;
      await this.marks.make(manager, headFact(commitmentId, [...hashes, messageHash]));
      this.transactions.onCommit(manager, () => this.remember(commitmentId, hashes.length + 1));
    };
  }

  /** Whether these are all acts that the commitment has ever had, as far as heads count them. */
  async isComplete(
    commitmentId: string,
    acts: readonly Pick<SignedAct, 'action' | 'messageHash'>[],
    marks: GatheredMarks,
  ): Promise<boolean> {
    const hashes = acts.filter(isHeaded).map(({ messageHash }) => messageHash);
    if (hashes.length < (this.remembered.get(commitmentId) ?? 0)) return false;
    if (!(await marks.proves(headFact(commitmentId, hashes)))) return false;
    this.remember(commitmentId, hashes.length);
    return true;
  }

  private remember(commitmentId: string, count: number): void {
    if (this.remembered.size >= MAX_REMEMBERED) this.remembered.clear();
    this.remembered.set(commitmentId, Math.max(count, this.remembered.get(commitmentId) ?? 0));
  }
}

function headFact(commitmentId: string, messageHashes: readonly string[]): MarkedFact {
  const sha256 = createHash('sha256').update(messageHashes.toSorted().join('\n')).digest('hex');
  return { kind: 'head', id: commitmentId, facts: { count: messageHashes.length, sha256 } };
}
