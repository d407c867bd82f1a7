import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../common/clock.js';
import { decodeCursor, type Page, toPage } from '../common/pages.js';
import { Transactions } from '../common/transactions.js';
import { EscrowBalances } from '../escrow/balances.service.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { outcomeOf, type PersonalFacts, type Resolution } from './commitment.js';
import { Commitment } from './commitment.entity.js';
import { commitmentNotFound, wrongKind } from './commitment.errors.js';
import { CommitmentRepository } from './commitment.repository.js';
import { commitmentView } from './commitment.view.js';
import type { CommitmentDto, CommitmentsQuery } from './commitments.dto.js';
import { MilestonesService } from './milestones.service.js';

/** Reads commitments and moves their state. Reading never writes. */
@Injectable()
export class CommitmentsService {
  constructor(
    private readonly repository: CommitmentRepository,
    private readonly escrows: EscrowService,
    private readonly balances: EscrowBalances,
    private readonly milestones: MilestonesService,
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

  async list(query: CommitmentsQuery): Promise<Page<CommitmentDto>> {
    const after = decodeCursor(query.cursor);
    const rows = await this.repository.findPage(this.transactions.manager, query, query.limit + 1, after);
    const page = toPage(rows, query.limit);
    return { items: await this.views(page.items), nextCursor: page.nextCursor };
  }

  async show(id: string): Promise<CommitmentDto> {
    return this.view(await this.get(id));
  }

  async view(commitment: Commitment): Promise<CommitmentDto> {
    const [view] = await this.views([commitment]);
    if (view === undefined) throw new Error(`commitment ${commitment.id} has no escrow`);
    return view;
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
   * Unattested personal commitments whose deadline has passed, at most `limit`; those that were never taken or the longest
   * ago first.
   * @param now chain time
   */
  async takeForSweep(now: Date, limit: number): Promise<Commitment[]> {
    return this.repository.takeForSweep(this.transactions.manager, now, limit);
  }

  /** active -> resolving, in the caller's transaction. @returns false when somebody else has resolved it. */
  async beginResolution(manager: EntityManager, id: string, resolution: Resolution): Promise<boolean> {
    return this.repository.beginResolution(manager, id, resolution);
  }

  /** resolving -> its outcome, in the caller's transaction, when the money has moved. */
  async finishResolution(manager: EntityManager, id: string, resolution: Resolution): Promise<boolean> {
    return this.repository.finishResolution(manager, id, resolution, outcomeOf(resolution), this.clock.now());
  }

  private async views(commitments: readonly Commitment[]): Promise<CommitmentDto[]> {
    if (commitments.length === 0) return [];
    const escrows = await this.escrows.findMany(commitments.map(({ id }) => id));
    const [balances, milestones] = await Promise.all([
      this.balances.read([...escrows.values()].map(({ address }) => address)),
      this.milestones.views(commitments.filter(({ kind }) => kind === 'creator_reward')),
    ]);
    return commitments.flatMap((commitment) => {
      const escrow = escrows.get(commitment.id);
      if (escrow === undefined) return [];
      const balance = balances.get(escrow.address);
      return [commitmentView(commitment, escrow, balance, milestones.get(commitment.id))];
    });
  }
}

/** What the deadline rules look at; times in seconds of the chain's clock. */
export function personalFacts({ status, deadline, attestedAt, terms }: Commitment): PersonalFacts {
  if (deadline === null || terms.kind !== 'personal') throw new Error('a personal commitment has a deadline');
  return {
    status,
    deadline: deadline.getTime() / 1000,
    decisionWindowSeconds: terms.decisionWindowSeconds,
    attestedAt: attestedAt === null ? null : attestedAt.getTime() / 1000,
  };
}
