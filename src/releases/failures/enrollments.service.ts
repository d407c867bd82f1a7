import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import { enrollRefusal } from '#src/commitments/commitment/commitment.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { refused } from '#src/commitments/commitment/commitment.errors.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { enrollmentFact } from '#src/escrow/door/facts/failure-facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import type { VerifiedMessage } from '#src/signed-messages/signed-messages.service.js';
import { cannotShare, heldNothing } from './enrollment.errors.js';
import { type EnrollBody, EnrolledDto, EnrollParams } from './enrollments.dto.js';
import type { FailureAnnouncement } from './failure-announcement.entity.js';
import { FailureAnnouncementRepository } from './failure-announcement.repository.js';
import type { FailureEnrollment } from './failure-enrollment.entity.js';
import { FailureEnrollmentRepository } from './failure-enrollment.repository.js';
import { PastWeights } from './past-weights.service.js';

/** Over all repetitions: each is looked at when the wallet is weighed. */
const MAX_NAMED = 100;

/** Holders who want their share of an announced failure, by their signed word. */
@Injectable()
export class Enrollments {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly commitments: Commitments,
    private readonly announcements: FailureAnnouncementRepository,
    private readonly rows: FailureEnrollmentRepository,
    private readonly weights: PastWeights,
    private readonly chain: Chain,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {
    this.verifySigned = actions.define('distribution.enroll', EnrollParams);
  }

  /**
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `not_failing`, `not_eligible`, `not_a_holder`,
   * `rpc_unavailable`
   */
  async enroll(commitmentId: string, body: EnrollBody): Promise<EnrolledDto> {
    const { wallet, accounts } = body;
    const params = { commitmentId, ...(accounts === undefined ? {} : { accounts }) };
    const verified = await this.verifySigned(body, params);
    const at = await this.chain.timeOfAct(verified.issuedAt);
    const commitment = await this.commitments.get(commitmentId);
    const announcement = await this.requireOpen(this.transactions.manager, commitment, at);
    if (commitment.wallet === wallet || commitment.excludedWallets.includes(wallet))
      throw cannotShare(wallet, commitmentId);
    const known = await this.rows.find(this.transactions.manager, announcement.id, wallet);
    const tokenAccounts = [...new Set([...(known?.tokenAccounts ?? []), ...(accounts ?? [])])];
    const holder = { owner: wallet, accounts: tokenAccounts };
    const [weightRaw = 0n] = await this.weights.read(commitment, announcement.slot, [holder]);
    if (weightRaw === 0n) throw heldNothing(wallet, commitment.tokenMint ?? '', announcement.slot);
    const enrollment = {
      announcementId: announcement.id,
      wallet,
      tokenAccounts: tokenAccounts.slice(-MAX_NAMED),
      enrolledAt: known?.enrolledAt ?? at,
      weightRaw: null,
    };
    await this.store(commitmentId, enrollment, verified, at);
    return { wallet, weightRaw: weightRaw.toString(), enrolledAt: enrollment.enrolledAt.toISOString() };
  }

  private async store(
    commitmentId: string,
    enrollment: FailureEnrollment,
    verified: VerifiedMessage,
    at: Date,
  ): Promise<void> {
    await this.transactions.run(async (manager) => {
      const locked = await this.commitments.getLocked(manager, commitmentId);
      const { id } = await this.requireOpen(manager, locked, at);
      // Announced anew meanwhile: the wallet is to say it again, for that one.
      if (id !== enrollment.announcementId) throw refused('not_failing', locked);
      const isNew = (await this.rows.insertNew(manager, [enrollment])).length > 0;
      if (!isNew && !(await this.rows.nameAccounts(manager, enrollment)))
        throw refused('not_failing', locked);
      await this.marks.make(manager, enrollmentFact(enrollment));
      await this.acts.record(manager, verified, { commitmentId, chainTime: at });
      await this.audit.record(manager, { event: 'distribution_enroll_ok', commitmentId });
    });
  }

  private async requireOpen(
    manager: EntityManager,
    commitment: Commitment,
    at: Date,
  ): Promise<FailureAnnouncement> {
    const { status, failureEffectiveAt } = commitment;
    const effectiveAt = failureEffectiveAt === null ? null : failureEffectiveAt.getTime() / 1000;
    const refusal = enrollRefusal({ status, failureEffectiveAt: effectiveAt }, at.getTime() / 1000);
    if (refusal !== null) throw refused(refusal, commitment);
    const announcement = await this.announcements.findStanding(manager, commitment.id);
    if (announcement === null) throw refused('not_failing', commitment);
    return announcement;
  }
}
