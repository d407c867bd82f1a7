import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { RewardTerms } from '#src/commitments/commitment/terms.js';
import type { Status } from '#src/commitments/commitment/commitment.js';
import { Milestone } from './milestone.entity.js';
import type { MilestoneStatus } from './milestone.js';

export interface Completion {
  readonly completedAt: Date;
  readonly claimReadyAt: Date;
  readonly voteEndsAt: Date;
}

/** Sum of the weights by balances that were just read. */
export interface ReweighedSum {
  /** Exact decimal text. */
  readonly reweighedUsd: string;
  /** Raw units behind it, and the supply of the token then; decimal integers. */
  readonly approvedRaw: string;
  readonly seenSupply: string;
  /** Chain time. */
  readonly at: Date;
}

/** A milestone whose claim delay is over and whose approvals reach the threshold as they were given. */
export interface DueMilestone {
  readonly milestone: Milestone;
  /** The token whose balances are to be read again. */
  readonly tokenMint: string;
  readonly terms: RewardTerms;
  /** Of its commitment. */
  readonly status: Status;
  readonly failureFiledAt: Date | null;
}

interface DueRow {
  readonly token_mint: string;
  readonly terms: RewardTerms;
  readonly commitment_status: Status;
  readonly failure_filed_at: Date | null;
}

/** What unlocking asks for. */
export interface DueQuery {
  /** Chain time. */
  readonly now: Date;
  readonly limit: number;
  readonly commitmentId?: string | undefined;
  /** Also milestones that were held a moment ago: for a person who asks, not for the scheduler. */
  readonly pausedToo: boolean;
}

export interface Hold extends ReweighedSum {
  /** How many approvals the sum is of. */
  readonly voters: number;
  /** Chain time of the next look, unless more approvals have come meanwhile. */
  readonly nextCheckAt: Date;
}

/**
 * The commitment of milestone $1 has to be like that, and stays so until the caller's transaction ends. Whoever locks both takes
 * the commitment first.
 */
function ofCommitment(condition: string): string {
  return `
    FROM (SELECT id, status, failure_filed_at FROM public.commitments
           WHERE id = (SELECT commitment_id FROM public.reward_milestones WHERE id = $1) AND ${condition}
             FOR SHARE) c
   WHERE m.id = $1 AND m.commitment_id = c.id`;
}
const OF_ACTIVE = ofCommitment(`status = 'active'`);
/** What was due when a failure was announced is still weighed. */
const WEIGHED = `(c.status = 'active' OR (c.status = 'failing' AND m.claim_ready_at <= c.failure_filed_at))`;
const OF_WEIGHED = `${ofCommitment(`status IN ('active', 'failing')`)} AND ${WEIGHED}`;

/** Every move is conditional on the present state and answers false when it was another one. */
@Injectable()
export class MilestoneRepository {
  async insert(manager: EntityManager, milestones: readonly Milestone[]): Promise<void> {
    await manager.insert(Milestone, [...milestones]);
  }

  async findOne(manager: EntityManager, commitmentId: string, id: string): Promise<Milestone | null> {
    return manager.findOneBy(Milestone, { id, commitmentId });
  }

  /** In the creator's order. */
  async findByCommitments(manager: EntityManager, commitmentIds: readonly string[]): Promise<Milestone[]> {
    const where = { commitmentId: In([...commitmentIds]) };
    return manager.find(Milestone, { where, order: { commitmentId: 'ASC', position: 'ASC' } });
  }

  /** The longest due first. One statement over reward_milestones_due_idx, whose rows are what may be due and nothing else. */
  async findDue(
    manager: EntityManager,
    { now, limit, commitmentId, pausedToo }: DueQuery,
  ): Promise<DueMilestone[]> {
    const query = manager
      .createQueryBuilder(Milestone, 'm')
      .innerJoin('commitments', 'c', `c.id = m.commitment_id AND ${WEIGHED}`)
      .addSelect('c.token_mint', 'token_mint')
      .addSelect('c.status', 'commitment_status')
      .addSelect('c.failure_filed_at', 'failure_filed_at')
      .addSelect('c.terms', 'terms')
      .where(`m.status = 'completed' AND m.signalled_usd >= m.threshold_usd`)
      .andWhere(pausedToo ? 'm.claim_ready_at <= :now' : 'm.next_check_at <= :now', { now })
      .orderBy('m.next_check_at')
      .limit(limit);
    if (commitmentId !== undefined) query.andWhere('m.commitment_id = :commitmentId', { commitmentId });
    const { entities, raw } = await query.getRawAndEntities<DueRow>();
    return entities.flatMap((milestone, index) => {
      const found = raw[index];
      if (found === undefined) return [];
      const { token_mint: tokenMint, terms, commitment_status: status } = found;
      return [{ milestone, tokenMint, terms, status, failureFiledAt: found.failure_filed_at }];
    });
  }

  /** locked -> completed */
  async complete(manager: EntityManager, id: string, completion: Completion): Promise<boolean> {
    return this.update(
      manager,
      `SET status = 'completed', completed_at = $2, claim_ready_at = $3, vote_ends_at = $4, next_check_at = $3
       ${OF_ACTIVE} AND m.status = 'locked'`,
      [id, completion.completedAt, completion.claimReadyAt, completion.voteEndsAt],
    );
  }

  /** Adds an approval's weight; a milestone that was held back is looked at again. */
  async addSignal(manager: EntityManager, id: string, weightUsd: string): Promise<boolean> {
    return this.update(
      manager,
      `SET signalled_usd = m.signalled_usd + $2::numeric, voters = m.voters + 1, next_check_at = m.claim_ready_at
       ${OF_ACTIVE} AND m.status = 'completed'`,
      [id, weightUsd],
    );
  }

  async hold(manager: EntityManager, id: string, hold: Hold): Promise<boolean> {
    return this.update(
      manager,
      `SET reweighed_usd = $2::numeric, reweighed_at = $3, approved_raw = $6::numeric, seen_supply = $7::numeric,
           next_check_at = CASE WHEN m.voters = $4 THEN $5 ELSE m.next_check_at END
       ${OF_WEIGHED} AND m.status = 'completed'`,
      [id, hold.reweighedUsd, hold.at, hold.voters, hold.nextCheckAt, hold.approvedRaw, hold.seenSupply],
    );
  }

  /** Looks at it again at `until`, unless more approvals have come meanwhile. */
  async postpone(manager: EntityManager, id: string, voters: number, until: Date): Promise<boolean> {
    return this.update(
      manager,
      `SET next_check_at = $3 WHERE m.id = $1 AND m.status = 'completed' AND m.voters = $2`,
      [id, voters, until],
    );
  }

  /** completed -> claimable */
  async unlock(manager: EntityManager, id: string, reweighed: ReweighedSum): Promise<boolean> {
    const { reweighedUsd, at, approvedRaw, seenSupply } = reweighed;
    return this.update(
      manager,
      `SET status = 'claimable', claimable_at = $3, reweighed_usd = $2::numeric, reweighed_at = $3,
           approved_raw = $4::numeric, seen_supply = $5::numeric
       ${OF_WEIGHED} AND m.status = 'completed' AND m.claim_ready_at <= $3
         AND m.signalled_usd >= m.threshold_usd AND m.threshold_usd <= $2::numeric`,
      [id, reweighedUsd, at, approvedRaw, seenSupply],
    );
  }

  /** claimable -> releasing */
  async beginRelease(manager: EntityManager, id: string): Promise<boolean> {
    // When a failure has taken effect, only what is earned is still claimable.
    const sql = `SET status = 'releasing' ${ofCommitment('true')} AND m.status = 'claimable'`;
    return this.update(manager, sql, [id]);
  }

  /** releasing -> claimable, whatever has become of the commitment: nothing can land any more. */
  async undoRelease(manager: EntityManager, id: string): Promise<boolean> {
    const sql = `SET status = 'claimable' WHERE m.id = $1 AND m.status = 'releasing'`;
    return this.update(manager, sql, [id]);
  }

  /**
   * releasing -> released, whatever has become of the commitment: the money has moved.
   * @returns how many others of the commitment are not released; null when it was not `releasing`
   */
  async finishRelease(
    manager: EntityManager,
    id: string,
    { signature, lamports }: { readonly signature: string; readonly lamports: bigint },
    releasedAt: Date,
  ): Promise<number | null> {
    const [rows] = await manager.query<[{ others: number }[], number]>(
      `UPDATE public.reward_milestones m
          SET status = 'released', released_at = $2, release_signature = $3,
              paid_lamports = CASE WHEN $4::bigint < m.unlock_lamports THEN $4::bigint END
        WHERE m.id = $1 AND m.status = 'releasing'
       RETURNING (SELECT count(*)::int FROM public.reward_milestones o
                   WHERE o.commitment_id = m.commitment_id AND o.id <> m.id AND o.status <> 'released') AS others`,
      [id, releasedAt, signature, lamports.toString()],
    );
    return rows[0]?.others ?? null;
  }

  /** Every milestone of a failed commitment that is not released and not earned -> forfeited; never one that is being released. */
  async forfeit(manager: EntityManager, commitmentId: string, earned: readonly string[]): Promise<void> {
    await manager.query(
      `UPDATE public.reward_milestones SET status = 'forfeited'
        WHERE commitment_id = $1 AND status <> 'released' AND id <> ALL ($2::uuid[])`,
      [commitmentId, earned],
    );
  }

  /** Whether some milestone is locked or completed. */
  async canFail(manager: EntityManager, commitmentId: string): Promise<boolean> {
    return manager.existsBy(Milestone, {
      commitmentId,
      status: In<MilestoneStatus>(['locked', 'completed']),
    });
  }

  /** Vote windows that were open when a failure was announced last longer by the time until it was called off. */
  async extendVotes(manager: EntityManager, commitmentId: string, from: Date, until: Date): Promise<void> {
    await manager.query(
      `UPDATE public.reward_milestones SET vote_ends_at = vote_ends_at + ($3::timestamptz - $2::timestamptz)
        WHERE commitment_id = $1 AND vote_ends_at > $2`,
      [commitmentId, from, until],
    );
  }

  /** One that is being released, if there is any. */
  async findReleasing(manager: EntityManager, commitmentId: string): Promise<Milestone | null> {
    return manager.findOneBy(Milestone, { commitmentId, status: 'releasing' });
  }

  private async update(manager: EntityManager, sql: string, values: readonly unknown[]): Promise<boolean> {
    const [, affected] = await manager.query<[unknown, number]>(`UPDATE public.reward_milestones m ${sql}`, [
      ...values,
    ]);
    return affected === 1;
  }
}
