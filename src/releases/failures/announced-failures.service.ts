import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AdminAct, AdminActs } from '#src/admin/acts/admin-acts.service.js';
import { Allowlist } from '#src/admin/allowlist/allowlist.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { Transactions } from '#src/common/database/transactions.js';
import {
  announceRefusal,
  callOffRefusal,
  confirmRefusal,
  needsSecondAdmin,
  type Refusal,
  type RewardFacts,
} from '#src/commitments/commitment/commitment.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { refused } from '#src/commitments/commitment/commitment.errors.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { announcementFact } from '#src/escrow/door/facts/failure-facts.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { hasSupplyGrown } from '#src/escrow/door/facts/supply.js';
import { Marks } from '#src/marks/marks.service.js';
import type { FailureAnnouncement } from './failure-announcement.entity.js';
import { FailureAnnouncementRepository } from './failure-announcement.repository.js';
import { FailureProposals } from './failure-proposals.service.js';

/** When a failure is announced: by the chain's clock, and at a slot that cannot be undone. */
interface Moment {
  readonly at: Date;
  readonly slot: bigint;
  readonly supplyGrown: boolean;
}

/** Failures of reward commitments, as admins announce, confirm and call them off. */
@Injectable()
export class AnnouncedFailures {
  constructor(
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly proposals: FailureProposals,
    private readonly allowlist: Allowlist,
    private readonly acts: AdminActs,
    private readonly door: SigningDoor,
    private readonly marks: Marks,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Announces a failure, or confirms one whose announcer is no admin any more. Decided at once: what it takes is weighed later.
   * @throws DomainError `already_failing`, `already_resolved`, `nothing_to_fail`, `signing_refused`, `rpc_unavailable`
   */
  async announce(commitment: Commitment, act: AdminAct, reason: string | null): Promise<void> {
    if (commitment.status === 'failing') return this.confirm(commitment, act);
    const { manager } = this.transactions;
    await this.refuse(manager, commitment);
    await this.door.vouch(commitment.id);
    const moment = await this.moment(commitment);
    await this.transactions.run(async (transaction) => {
      const locked = await this.commitments.getLocked(transaction, commitment.id);
      await this.refuse(transaction, locked);
      await this.acts.record(transaction, act, moment.at);
      if (await this.needsAnother(transaction, commitment.id, act, moment.at))
        return this.propose(transaction, commitment.id, reason);
      return this.begin(transaction, locked, act, moment, reason);
    });
  }

  /** @throws DomainError `not_failing`, `already_resolved`, `decision_window_passed`, `rpc_unavailable` */
  async callOff(commitment: Commitment, act: AdminAct): Promise<void> {
    const at = await this.chain.timeOfAct(this.clock.now());
    const { id: commitmentId } = commitment;
    await this.transactions.run(async (manager) => {
      const locked = await this.commitments.getLocked(manager, commitmentId);
      const standing = await this.announcements.findStanding(manager, commitmentId);
      const facts = await this.facts(manager, locked, standing);
      const refusal = callOffRefusal(facts, at.getTime() / 1000);
      if (refusal !== null || standing === null) throw refused(refusal ?? 'not_failing', locked);
      await this.commitments.endFailing(manager, commitmentId);
      await this.announcements.callOff(manager, standing.id, at, act.signed.wallet);
      await this.marks.make(manager, announcementFact({ ...standing, calledOffAt: at }));
      await this.milestones.extendVotes(manager, commitmentId, standing.announcedAt, at);
      await this.acts.record(manager, act, at);
      await this.audit.record(manager, { event: 'admin_failure_cancel_ok', commitmentId });
    });
  }

  /** Whether the announcer is no admin any more and nobody who is one has confirmed it. */
  async isOrphaned(
    manager: EntityManager,
    { announcedBy, confirmedBy }: FailureAnnouncement,
  ): Promise<boolean> {
    const admins = await this.allowlist.admins(manager);
    return !admins.includes(announcedBy) && (confirmedBy === null || !admins.includes(confirmedBy));
  }

  private async confirm({ id: commitmentId }: Commitment, act: AdminAct): Promise<void> {
    const at = await this.chain.timeOfAct(this.clock.now());
    const { wallet: confirmedBy } = act.signed;
    await this.transactions.run(async (manager) => {
      const locked = await this.commitments.getLocked(manager, commitmentId);
      const standing = await this.announcements.findStanding(manager, commitmentId);
      const refusal = confirmRefusal(await this.facts(manager, locked, standing));
      if (refusal !== null || standing === null) throw refused(refusal ?? 'already_resolved', locked);
      await this.announcements.confirm(manager, standing.id, confirmedBy);
      await this.marks.make(manager, announcementFact({ ...standing, confirmedBy }));
      await this.acts.record(manager, act, at);
      await this.audit.record(manager, { event: 'admin_failure_confirmed', commitmentId });
    });
  }

  private async refuse(manager: EntityManager, commitment: Commitment): Promise<void> {
    const canFail = await this.milestones.canFail(manager, commitment.id);
    const refusal: Refusal | null = announceRefusal(commitment, canFail);
    if (refusal !== null) throw refused(refusal, commitment);
  }

  private async moment({ terms, tokenMint }: Commitment): Promise<Moment> {
    const [time, slot] = await Promise.all([this.chain.now(), this.chain.finalizedSlot()]);
    const at = new Date(time.unixSeconds * 1000);
    if (terms.kind !== 'creator_reward' || !terms.mintable || tokenMint === null)
      return { at, slot, supplyGrown: false };
    const token = await this.chain.tokenMint(tokenMint);
    return { at, slot, supplyGrown: hasSupplyGrown(terms, token?.supply ?? 0n) };
  }

  /** After a failure was called off, the next one is announced by two admins. */
  private async needsAnother(
    manager: EntityManager,
    commitmentId: string,
    { signed: { wallet } }: AdminAct,
    at: Date,
  ): Promise<boolean> {
    const last = (await this.announcements.findCalledOff(manager, commitmentId)).at(-1);
    const calledOffAt = last?.calledOffAt ?? null;
    if (calledOffAt === null || !needsSecondAdmin(calledOffAt.getTime() / 1000, at.getTime() / 1000))
      return false;
    return !(await this.proposals.isProposed(manager, commitmentId, { besides: wallet, calledOffAt, at }));
  }

  private async propose(manager: EntityManager, commitmentId: string, reason: string | null): Promise<void> {
    const fields = reason === null ? {} : { reason };
    await this.audit.record(manager, { event: 'admin_failure_proposed', commitmentId, fields });
  }

  private async begin(
    manager: EntityManager,
    { id: commitmentId, terms }: Commitment,
    { signed: { wallet: announcedBy } }: AdminAct,
    { at, slot, supplyGrown }: Moment,
    reason: string | null,
  ): Promise<void> {
    if (terms.kind !== 'creator_reward') throw new Error(`commitment ${commitmentId} is no reward`);
    const effectiveAt = new Date(at.getTime() + terms.failureNoticeSeconds * 1000);
    const announcement: FailureAnnouncement = {
      id: this.ids.uuid(),
      commitmentId,
      slot,
      announcedAt: at,
      effectiveAt,
      announcedBy,
      supplyGrown,
      confirmedBy: null,
      calledOffAt: null,
      calledOffBy: null,
      frozenAt: null,
      dueAt: effectiveAt,
      waitingFor: null,
    };
    await this.commitments.beginFailing(manager, commitmentId, { at, effectiveAt, reason });
    await this.announcements.insert(manager, announcement);
    await this.marks.make(manager, announcementFact(announcement));
    await this.audit.record(manager, {
      event: 'admin_failure_announced',
      commitmentId,
      fields: {
        failureEffectiveAt: effectiveAt.toISOString(),
        slot: slot.toString(),
        ...(reason === null ? {} : { reason }),
      },
    });
  }

  private async facts(
    manager: EntityManager,
    { status, failureEffectiveAt }: Commitment,
    standing: FailureAnnouncement | null,
  ): Promise<RewardFacts> {
    return {
      status,
      failureEffectiveAt: failureEffectiveAt === null ? null : failureEffectiveAt.getTime() / 1000,
      isOrphaned: standing !== null && (await this.isOrphaned(manager, standing)),
    };
  }
}
