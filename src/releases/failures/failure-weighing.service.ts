import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Approver, TimelyApprovals } from '#src/approvals/signals/timely-approvals.service.js';
import { least } from '#src/common/money/bigints.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { announcementFact, enrollmentFact, weightFact } from '#src/escrow/door/facts/failure-facts.js';
import { Marks } from '#src/marks/marks.service.js';
import type { FailureAnnouncement } from './failure-announcement.entity.js';
import { FailureAnnouncementRepository } from './failure-announcement.repository.js';
import type { FailureEnrollment } from './failure-enrollment.entity.js';
import { FailureEnrollmentRepository } from './failure-enrollment.repository.js';
import { PastWeights } from './past-weights.service.js';

const BATCH = 25;

export interface Weight {
  readonly wallet: string;
  /** Smallest units of the token. */
  readonly weightRaw: bigint;
}

/**
 * Weighs who has enrolled, a few wallets a transaction: whatever interrupts it, what is weighed stays, and since one slot decides,
 * the order and the time of reading do not matter.
 */
@Injectable()
export class FailureWeighing {
  constructor(
    private readonly announcements: FailureAnnouncementRepository,
    private readonly enrollments: FailureEnrollmentRepository,
    private readonly approvals: TimelyApprovals,
    private readonly weights: PastWeights,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
  ) {}

  /**
   * @returns false when the process is to end before all are weighed
   * @throws DomainError `rpc_unavailable`, `chain_disagrees`, `single_source`: what is weighed by then stays
   */
  async weigh(commitment: Commitment, announcement: FailureAnnouncement): Promise<boolean> {
    await this.requireGenuine(announcement);
    const approvers = await this.enrollApprovers(announcement);
    for (;;) {
      const { manager } = this.transactions;
      const batch = await this.enrollments.findUnweighed(manager, announcement.id, BATCH);
      if (batch.length === 0) return true;
      if (this.shutdown.isShuttingDown) return false;
      await this.weighBatch(commitment, announcement, batch, approvers);
    }
  }

  /**
   * Every weight above 0, by this server's own marks alone.
   * @throws Error where a row is not what this server has written
   */
  async result(manager: EntityManager, { id }: FailureAnnouncement): Promise<Weight[]> {
    const rows = await this.enrollments.findAll(manager, id);
    const weights = rows.map(({ wallet, weightRaw }) => {
      if (weightRaw === null) throw new Error(`${wallet} is not weighed yet`);
      return { wallet, weightRaw };
    });
    const facts = weights.map(({ wallet, weightRaw }) => weightFact(id, wallet, weightRaw));
    const [forged] = await this.marks.unproven(manager, facts);
    if (forged !== undefined) throw new Error(`weight ${forged.id} was not read by this server as it stands`);
    return weights.filter(({ weightRaw }) => weightRaw > 0n);
  }

  private async requireGenuine(announcement: FailureAnnouncement): Promise<void> {
    if (await this.marks.proves(this.transactions.manager, announcementFact(announcement))) return;
    throw new Error(`announcement ${announcement.id} was not made by this server as it stands`);
  }

  /** Who approved in time need not ask. @returns the most that each wallet approved with */
  private async enrollApprovers({
    id: announcementId,
    commitmentId,
  }: FailureAnnouncement): Promise<ReadonlyMap<string, Approver>> {
    const calledOff = await this.announcements.findCalledOff(this.transactions.manager, commitmentId);
    const approvers = await this.approvals.of(
      commitmentId,
      calledOff.flatMap(({ announcedAt: from, calledOffAt: until }) =>
        until === null ? [] : [{ from, until }],
      ),
    );
    const enrollments = approvers.map(({ wallet, tokenAccounts, signalledAt: enrolledAt }) => ({
      announcementId,
      wallet,
      tokenAccounts: [...tokenAccounts],
      enrolledAt,
      weightRaw: null,
    }));
    if (enrollments.length > 0)
      await this.transactions.run(async (manager) => {
        const added = new Set(await this.enrollments.insertNew(manager, enrollments));
        const facts = enrollments.filter(({ wallet }) => added.has(wallet)).map(enrollmentFact);
        if (facts.length > 0) await this.marks.make(manager, ...facts);
      });
    return new Map(approvers.map((approver) => [approver.wallet, approver]));
  }

  private async weighBatch(
    commitment: Commitment,
    { id, slot, supplyGrown }: FailureAnnouncement,
    batch: readonly FailureEnrollment[],
    approvers: ReadonlyMap<string, Approver>,
  ): Promise<void> {
    const [forged] = await this.marks.unproven(this.transactions.manager, batch.map(enrollmentFact));
    if (forged !== undefined)
      throw new Error(`enrollment ${forged.id} was not accepted by this server as it stands`);
    const holders = batch.map(({ wallet, tokenAccounts }) => ({
      owner: wallet,
      accounts: [...new Set([...tokenAccounts, ...(approvers.get(wallet)?.tokenAccounts ?? [])])],
    }));
    const held = await this.weights.read(commitment, slot, holders);
    const weights = new Map(
      batch.map(({ wallet }, index): [string, bigint] => {
        const weightRaw = held[index] ?? 0n;
        // Printed tokens have no share: only what was there before, as an approval has recorded it.
        const most = supplyGrown ? (approvers.get(wallet)?.rawAmount ?? 0n) : weightRaw;
        return [wallet, least(weightRaw, most)];
      }),
    );
    await this.transactions.run(async (manager) => {
      const saved = await this.enrollments.saveWeights(manager, id, weights);
      const facts = saved.map((wallet) => weightFact(id, wallet, weights.get(wallet) ?? 0n));
      if (facts.length > 0) await this.marks.make(manager, ...facts);
    });
  }
}
