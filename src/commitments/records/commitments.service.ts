import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '#src/common/clock.js';
import { decodeCursor, type Page, toPageBy } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { resolutionFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { EscrowBalances } from '#src/escrow/escrows/escrow-balances.service.js';
import { outcomeOf, type PersonalFacts, type Resolution } from '#src/commitments/commitment/commitment.js';
import { ChainTimeDisplay } from '#src/commitments/commitment/chain-time-display.service.js';
import type { Missed } from '#src/commitments/commitment/missed.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { commitmentNotFound, wrongKind } from '#src/commitments/commitment/commitment.errors.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import { commitmentView } from './commitment.view.js';
import { type CommitmentRecord, CommitmentReadsRepository } from './commitment-reads.repository.js';
import type { CommitmentDto, CommitmentsQuery } from './commitments.dto.js';
import { milestoneViews } from '#src/commitments/milestones/milestones.service.js';

/** Reads commitments and moves their state. Reading never writes. */
@Injectable()
export class Commitments {
  constructor(
    private readonly marks: Marks,
    private readonly repository: CommitmentRepository,
    private readonly reads: CommitmentReadsRepository,
    private readonly balances: EscrowBalances,
    private readonly chainTime: ChainTimeDisplay,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `commitment_not_found` */
  async get(id: string): Promise<Commitment> {
    const commitment = await this.repository.findById(this.transactions.manager, id);
    if (commitment === null) throw commitmentNotFound(id);
    return commitment;
  }

  /** @throws DomainError `commitment_not_found`, `wrong_kind` */
  async getPersonal(id: string, action: string): Promise<Commitment> {
    const commitment = await this.get(id);
    if (commitment.kind !== 'personal') throw wrongKind(commitment, action);
    return commitment;
  }

  /** For the public. @throws DomainError `invalid_cursor` */
  async list(query: CommitmentsQuery): Promise<Page<CommitmentDto>> {
    const after = decodeCursor(query.cursor);
    const records = await this.reads.findPage(query, query.limit + 1, after);
    const page = toPageBy(records, query.limit, ({ commitment }) => commitment.id);
    return { items: await this.views(page.items), nextCursor: page.nextCursor };
  }

  /** For the public: it may be as old as the copy of the database that is read. @throws DomainError `commitment_not_found` */
  async showPublic(id: string): Promise<CommitmentDto> {
    return this.view(id, await this.reads.findPublic(id));
  }

  /** As it is now, for who has just changed it. @throws DomainError `commitment_not_found` */
  async show(id: string): Promise<CommitmentDto> {
    return this.view(id, await this.reads.find(id));
  }

  /** Serializes what promises or moves this commitment's money, until the caller's transaction ends. */
  async lock(manager: EntityManager, id: string): Promise<void> {
    await this.repository.lock(manager, id);
  }

  /** Locks it and reads it again: what the caller's transaction decides then holds until its end. */
  async getLocked(manager: EntityManager, id: string): Promise<Commitment> {
    await this.lock(manager, id);
    const commitment = await this.repository.findById(manager, id);
    if (commitment === null) throw commitmentNotFound(id);
    return commitment;
  }

  /** Settled ones, newest first. @param after the last id of the page before */
  async findSettled(limit: number, after: string | undefined): Promise<Commitment[]> {
    return this.repository.findSettledPage(this.transactions.manager, limit, after);
  }

  /**
   * Personal commitments whose deadline has passed unattested, or whose decision window is over; at most `limit`, those that
   * were never taken or the longest ago first.
   * @param now chain time
   */
  async takeForSweep(now: Date, limit: number): Promise<Commitment[]> {
    return this.repository.takeForSweep(this.transactions.manager, now, limit);
  }

  /**
   * active -> resolving, of a reward commitment failing -> resolving, in the caller's transaction.
   * @param chainTime the clock by which it is decided; null where the rules go by none
   * @param funded what the escrow held then, where that is told for ever
   * @returns false when somebody else has resolved it.
   */
  async beginResolution(
    manager: EntityManager,
    id: string,
    resolution: Resolution,
    chainTime: Date | null,
    funded: bigint | null = null,
  ): Promise<boolean> {
    if (!(await this.repository.beginResolution(manager, id, resolution, chainTime, funded))) return false;
    if (chainTime !== null)
      await this.marks.make(manager, resolutionFact({ commitmentId: id, resolution, chainTime }));
    return true;
  }

  /**
   * Personal commitments that nobody has funded or attested: active -> failed, in the caller's transaction.
   * @returns ids of those that this call has ended
   */
  async endUnfunded(manager: EntityManager, ids: readonly string[], chainTime: Date): Promise<string[]> {
    const ended = await this.repository.endUnfunded(manager, ids, chainTime, this.clock.now());
    const facts = ended.map((commitmentId) =>
      resolutionFact({ commitmentId, resolution: 'failure', chainTime }),
    );
    if (facts.length > 0) await this.marks.make(manager, ...facts);
    return ended;
  }

  /** A failure of an attested commitment, filed or (null) withdrawn, in the caller's transaction. @returns false: it was not so. */
  async fileFailure(
    manager: EntityManager,
    id: string,
    filed: { readonly at: Date; readonly reason: string } | null,
  ): Promise<boolean> {
    return this.repository.fileFailure(manager, id, filed);
  }

  /** active -> failing, in the caller's transaction. @returns false when it is no longer active. */
  async beginFailing(
    manager: EntityManager,
    id: string,
    failure: { readonly at: Date; readonly effectiveAt: Date; readonly reason: string | null },
  ): Promise<boolean> {
    return this.repository.beginFailing(manager, id, failure);
  }

  /** failing -> active, in the caller's transaction. @returns false when it is not failing. */
  async endFailing(manager: EntityManager, id: string): Promise<boolean> {
    return this.repository.endFailing(manager, id);
  }

  /** resolving -> its outcome, in the caller's transaction, when the money has moved. */
  async finishResolution(
    manager: EntityManager,
    id: string,
    resolution: Resolution,
    missed: Missed,
  ): Promise<void> {
    const outcome = outcomeOf(resolution);
    if (await this.repository.finishResolution(manager, id, resolution, outcome, this.clock.now())) return;
    const found = await this.repository.findById(manager, id);
    await missed(`commitment ${id} is ${found?.status ?? 'not there'}; it should have become ${outcome}`);
  }

  private async view(id: string, record: CommitmentRecord | null): Promise<CommitmentDto> {
    const [view] = record === null ? [] : await this.views([record]);
    if (view === undefined) throw commitmentNotFound(id);
    return view;
  }

  private async views(records: readonly CommitmentRecord[]): Promise<CommitmentDto[]> {
    const hasRewards = records.some(({ commitment }) => commitment.kind === 'creator_reward');
    const [balances, now] = await Promise.all([
      this.balances.read(records.map(({ escrow }) => escrow.address)),
      hasRewards ? this.chainTime.seconds() : 0,
    ]);
    return records.map(({ commitment, escrow, milestones, routing }) => {
      const balance = balances.get(escrow.address);
      return commitmentView(
        commitment,
        escrow,
        balance,
        milestoneViews(commitment, milestones, now),
        routing,
      );
    });
  }
}

/** What the deadline rules look at; times in seconds of the chain's clock. */
export function personalFacts(commitment: Commitment): PersonalFacts {
  const { status, deadline, attestedAt, failureFiledAt, terms } = commitment;
  if (deadline === null || terms.kind !== 'personal') throw new Error('a personal commitment has a deadline');
  return {
    status,
    deadline: deadline.getTime() / 1000,
    decisionWindowSeconds: terms.decisionWindowSeconds,
    attestedAt: attestedAt === null ? null : attestedAt.getTime() / 1000,
    isFailureFiled: failureFiledAt !== null,
  };
}
