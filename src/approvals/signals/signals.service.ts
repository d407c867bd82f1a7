import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Ids } from '#src/common/ids.js';
import type { SignedBody } from '#src/common/input/fields.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { signalFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { type VerifiedMessage } from '#src/signed-messages/signed-messages.service.js';
import { signalRefused } from './approvals.errors.js';
import { Eligibility, type WeighedHolding } from './eligibility.service.js';
import { Signal } from './signal.entity.js';
import { signalRefusal } from './signal.js';
import { ONE_SIGNAL_A_WALLET, SignalRepository } from './signal.repository.js';
import { signalledView, signalView } from './signal.view.js';
import { type SignalDto, type SignalledDto, SignalParams } from './signals.dto.js';

const EVENT = 'milestone_signal_ok';

/** Approvals of milestones by the signed word of token holders. */
@Injectable()
export class Signals {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly commitments: Commitments,
    private readonly milestones: Milestones,
    private readonly eligibility: Eligibility,
    private readonly signals: SignalRepository,
    private readonly marks: Marks,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly ids: Ids,
  ) {
    this.verifySigned = actions.define('milestone.signal', SignalParams);
  }

  /**
   * Approving again is harmless: a client that lost the answer gets it again, whatever has happened since.
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `milestone_not_found`, `already_resolved`,
   * `not_completed`, `already_unlocked`, and those of `Eligibility.weigh`
   */
  async signal(commitmentId: string, milestoneId: string, body: SignedBody): Promise<SignalledDto> {
    const verified = await this.verifySigned(body, { commitmentId, milestoneId });
    const { wallet } = body;
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    const present = await this.signals.findOne(this.transactions.manager, milestoneId, wallet);
    if (present !== null) return this.answer(present);
    const refusal = signalRefusal(commitment.status, milestone.status);
    if (refusal !== null) throw signalRefused(refusal, commitment, milestone);

    const holding = await this.eligibility.weigh(commitment, wallet);
    const signal = this.build(milestone, body, holding);
    return (await this.store(signal, verified)) ? this.answer(signal) : this.answerLate(signal);
  }

  /**
   * Newest first.
   * @throws DomainError `milestone_not_found`, `invalid_cursor`
   */
  async list(commitmentId: string, milestoneId: string, query: PageQuery): Promise<Page<SignalDto>> {
    const after = decodeCursor(query.cursor);
    await this.commitments.get(commitmentId);
    await this.milestones.get(commitmentId, milestoneId);
    const { manager } = this.transactions;
    const rows = await this.signals.findPage(manager, milestoneId, query.limit + 1, after);
    const { items, nextCursor } = toPage(rows, query.limit);
    return { items: items.map(signalView), nextCursor };
  }

  /** @returns false when the milestone takes no approvals any more, or the wallet's is there already. */
  private async store(signal: Signal, verified: VerifiedMessage): Promise<boolean> {
    try {
      return await this.transactions.run(async (manager) => {
        const ref = { id: signal.milestoneId, commitmentId: signal.commitmentId };
        if (!(await this.milestones.addSignal(manager, ref, signal.weightUsd))) return false;
        await this.signals.insert(manager, signal);
        const { commitmentId, signalledAt: chainTime } = signal;
        await this.acts.record(manager, verified, { commitmentId, chainTime });
        await this.marks.make(manager, signalFact(signal));
        await this.audit.record(manager, {
          event: EVENT,
          commitmentId,
          fields: {
            milestoneId: signal.milestoneId,
            rawAmount: signal.rawAmount.toString(),
            decimals: signal.decimals,
            priceUsd: signal.priceUsd,
            weightUsd: signal.weightUsd,
            inVoteWindow: signal.inVoteWindow,
            approval: signal.signature,
            issuedAt: verified.issuedAt.toISOString(),
          },
        });
        return true;
      });
    } catch (error) {
      if (violatedConstraint(error) === ONE_SIGNAL_A_WALLET) return false;
      throw error;
    }
  }

  /** The milestone is read after the approval was found: its sums include it. */
  private async answer(signal: Signal): Promise<SignalledDto> {
    this.audit.onRecordAlready(EVENT);
    return signalledView(signal, await this.milestones.get(signal.commitmentId, signal.milestoneId));
  }

  /** Somebody was faster: another request of the same wallet, or what ended the approvals. */
  private async answerLate({ commitmentId, milestoneId, wallet }: Signal): Promise<SignalledDto> {
    const present = await this.signals.findOne(this.transactions.manager, milestoneId, wallet);
    if (present !== null) return this.answer(present);
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    const refusal = signalRefusal(commitment.status, milestone.status) ?? 'already_unlocked';
    throw signalRefused(refusal, commitment, milestone);
  }

  private build(milestone: Milestone, body: SignedBody, holding: WeighedHolding): Signal {
    const { at, ...weighed } = holding;
    const signalledAt = new Date(at.unixSeconds * 1000);
    return {
      id: this.ids.uuid(),
      milestoneId: milestone.id,
      commitmentId: milestone.commitmentId,
      wallet: body.wallet,
      signalledAt,
      inVoteWindow: milestone.voteEndsAt !== null && signalledAt <= milestone.voteEndsAt,
      ...weighed,
      reweighedRaw: null,
      reweighedUsd: null,
      signature: body.signature,
    };
  }
}
