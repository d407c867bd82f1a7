import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { milestoneNotFound } from './milestone.errors.js';
import type { RewardTerms, Terms } from '#src/commitments/commitment/terms.js';
import type { Missed } from '#src/commitments/commitment/missed.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import type { Milestone } from './milestone.entity.js';
import { requiredRaw } from '#src/escrow/door/facts/supply.js';
import {
  earnedTime,
  type MilestoneFacts,
  selfReleaseTime,
  type SupplyFacts,
  waitingFor,
} from './milestone.js';
import { milestoneView, type ShownMilestone } from './milestone.view.js';
import type { MilestoneDto } from './milestones.dto.js';
import {
  type DueMilestone,
  type DueQuery,
  type Hold,
  MilestoneRepository,
  type ReweighedSum,
} from './milestone.repository.js';

export type { DueMilestone, DueQuery, Hold, ReweighedSum } from './milestone.repository.js';

/** Enough to name a milestone of a commitment. */
export type MilestoneRef = Pick<Milestone, 'id' | 'commitmentId'>;

/**
 * Reads milestones and moves their state, in the caller's transaction. Every move answers false when the milestone was in
 * another state than expected, or, until its release begins, when its commitment is no longer active.
 */
@Injectable()
export class Milestones {
  constructor(
    private readonly milestones: MilestoneRepository,
    private readonly commitments: CommitmentRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `milestone_not_found` */
  async get(commitmentId: string, milestoneId: string): Promise<Milestone> {
    const milestone = await this.milestones.findOne(this.transactions.manager, commitmentId, milestoneId);
    if (milestone === null) throw milestoneNotFound(commitmentId, milestoneId);
    return milestone;
  }

  /** Of one commitment, in the creator's order, as the caller's transaction sees them. */
  async findAll(manager: EntityManager, commitmentId: string): Promise<Milestone[]> {
    return this.milestones.findByCommitments(manager, [commitmentId]);
  }

  /** What unlocking has to look at now, the longest due first; of active commitments, and of failing ones what was due before. */
  async findDue(manager: EntityManager, query: DueQuery): Promise<DueMilestone[]> {
    return this.milestones.findDue(manager, query);
  }

  /**
   * locked -> completed.
   * @param completedAt chain time
   */
  async complete(
    manager: EntityManager,
    { id }: MilestoneRef,
    completedAt: Date,
    terms: { readonly claimDelaySeconds: number; readonly voteWindowSeconds: number },
  ): Promise<boolean> {
    const claimReadyAt = later(completedAt, terms.claimDelaySeconds);
    const voteEndsAt = later(completedAt, terms.voteWindowSeconds);
    return this.milestones.complete(manager, id, { completedAt, claimReadyAt, voteEndsAt });
  }

  /** Adds the weight of one approval that the caller inserts in the same transaction. Only while `completed`. */
  async addSignal(manager: EntityManager, { id }: MilestoneRef, weightUsd: string): Promise<boolean> {
    return this.milestones.addSignal(manager, id, weightUsd);
  }

  /** Notes a re-weighed sum that was not enough; stays `completed`. */
  async hold(manager: EntityManager, { id }: MilestoneRef, hold: Hold): Promise<boolean> {
    return this.milestones.hold(manager, id, hold);
  }

  /**
   * For a milestone that could not be weighed; stays `completed`.
   * @param until chain time of the next look, unless more approvals have come meanwhile
   */
  async postpone(
    manager: EntityManager,
    { id, voters }: Pick<Milestone, 'id' | 'voters'>,
    until: Date,
  ): Promise<boolean> {
    return this.milestones.postpone(manager, id, voters, until);
  }

  /** completed -> claimable; also false when the re-weighed sum is below the threshold or `at` before the delay's end. */
  async unlock(manager: EntityManager, { id }: MilestoneRef, reweighing: ReweighedSum): Promise<boolean> {
    return this.milestones.unlock(manager, id, reweighing);
  }

  /** claimable -> releasing; the commitment cannot be resolved before the caller's transaction ends. */
  async beginRelease(manager: EntityManager, { id }: MilestoneRef): Promise<boolean> {
    return this.milestones.beginRelease(manager, id);
  }

  /** releasing -> claimable, when nothing of the release can land any more. */
  async undoRelease(manager: EntityManager, { id }: MilestoneRef): Promise<boolean> {
    return this.milestones.undoRelease(manager, id);
  }

  /**
   * releasing -> released, and with the last milestone the commitment active -> completed.
   * @param payment the transaction that paid it, and how much
   * @returns `moved`: this call has released it; `completed`: this call has completed the commitment.
   */
  async finishRelease(
    manager: EntityManager,
    { id, commitmentId }: MilestoneRef,
    payment: { readonly signature: string; readonly lamports: bigint },
    missed: Missed,
  ): Promise<{ readonly moved: boolean; readonly completed: boolean }> {
    // Of two last releases at the same moment the second one waits here, and then sees the first.
    await this.commitments.lock(manager, commitmentId);
    const now = this.clock.now();
    const others = await this.milestones.finishRelease(manager, id, payment, now);
    const moved = others !== null;
    if (!moved) await missed(await this.unreleased(manager, commitmentId, id));
    if (others !== 0) return { moved, completed: false };
    const completed = await this.commitments.complete(manager, commitmentId, now);
    if (completed) await this.audit.record(manager, { event: 'commitment_complete_ok', commitmentId });
    return { moved, completed };
  }

  private async unreleased(manager: EntityManager, commitmentId: string, id: string): Promise<string> {
    const found = await this.milestones.findOne(manager, commitmentId, id);
    return `milestone ${id} is ${found?.status ?? 'not there'}; it should have become released`;
  }

  /** Id of a milestone whose release is under way, or null. */
  async findReleasing(manager: EntityManager, commitmentId: string): Promise<string | null> {
    return (await this.milestones.findReleasing(manager, commitmentId))?.id ?? null;
  }

  /**
   * Every milestone that is neither released nor earned -> forfeited, with the commitment that fails. None may be `releasing`.
   * @param earned ids
   */
  async forfeit(manager: EntityManager, commitmentId: string, earned: readonly string[]): Promise<void> {
    await this.milestones.forfeit(manager, commitmentId, earned);
  }

  /** Whether a failure would forfeit anything: some milestone is locked or completed. */
  async canFail(manager: EntityManager, commitmentId: string): Promise<boolean> {
    return this.milestones.canFail(manager, commitmentId);
  }

  /** Vote windows that were open at `from` last longer by the time until `until`; chain times. */
  async extendVotes(manager: EntityManager, commitmentId: string, from: Date, until: Date): Promise<void> {
    await this.milestones.extendVotes(manager, commitmentId, from, until);
  }
}

/**
 * Milestones as anyone may see them, in the order given.
 * @param now seconds of the chain's clock
 */
export function milestoneViews(
  commitment: Parameters<typeof milestoneFacts>[0],
  milestones: readonly ShownMilestone[],
  now: number,
): MilestoneDto[] {
  return milestones.map((milestone) => {
    const facts = milestoneFacts(commitment, milestone);
    return milestoneView(milestone, facts, waitingFor(facts, now));
  });
}

/** What the rules of milestone.ts look at. */
export function milestoneFacts(
  commitment: Pick<Commitment, 'status' | 'failureFiledAt'> & { readonly terms?: Terms },
  milestone: Pick<
    Milestone,
    | 'status'
    | 'completedAt'
    | 'claimReadyAt'
    | 'claimableAt'
    | 'thresholdUsd'
    | 'signalledUsd'
    | 'reweighedUsd'
    | 'approvedRaw'
    | 'seenSupply'
  >,
): MilestoneFacts {
  const { status, claimReadyAt, claimableAt, thresholdUsd, signalledUsd, reweighedUsd } = milestone;
  const { terms } = commitment;
  return {
    commitmentStatus: commitment.status,
    status,
    claimReadyAt: claimReadyAt === null ? null : claimReadyAt.getTime() / 1000,
    thresholdUsd,
    signalledUsd,
    reweighedUsd,
    supply: terms?.kind === 'creator_reward' ? supplyFacts(terms, milestone) : null,
    failingSince: commitment.failureFiledAt === null ? null : commitment.failureFiledAt.getTime() / 1000,
    earnedAt: terms?.kind === 'creator_reward' ? earnedTime(milestone, terms.earnedAfterSeconds) : null,
    selfReleaseAt:
      terms?.kind === 'creator_reward' ? selfReleaseTime(claimableAt, terms.selfReleaseSeconds) : null,
  };
}

/** What the approvals hold together beside their worth, as of the last look. */
export function supplyFacts(
  terms: RewardTerms,
  { approvedRaw, seenSupply }: Pick<Milestone, 'approvedRaw' | 'seenSupply'>,
): SupplyFacts {
  const frozen = BigInt(terms.tokenSupply);
  const seen = seenSupply === null ? frozen : BigInt(seenSupply);
  return {
    frozen,
    seen,
    approved: approvedRaw === null ? null : BigInt(approvedRaw),
    required: requiredRaw(terms, seen),
  };
}

function later(time: Date, seconds: number): Date {
  return new Date(time.getTime() + seconds * 1000);
}
