import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Ids } from '../common/ids.js';
import type { SignedBody } from '../common/http/fields.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '../common/pages.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { parseDto } from '../common/validation.js';
import { CommitmentsService } from '../commitments/commitments.service.js';
import type { Milestone } from '../commitments/milestone.entity.js';
import { MilestonesService } from '../commitments/milestones.service.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService } from '../signed-messages/signed-messages.service.js';
import { signalRefused } from './approvals.errors.js';
import { Eligibility, type WeighedHolding } from './eligibility.service.js';
import { Signal } from './signal.entity.js';
import { signalRefusal } from './signal.js';
import { ONE_SIGNAL_A_WALLET, SignalRepository } from './signal.repository.js';
import { signalledView, signalView } from './signal.view.js';
import { type SignalDto, type SignalledDto, SignalParams } from './signals.dto.js';

const ACTION = 'milestone.signal';
const EVENT = 'milestone_signal_ok';

/** Approvals of milestones by the signed word of token holders. */
@Injectable()
export class SignalsService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly commitments: CommitmentsService,
    private readonly milestones: MilestonesService,
    private readonly eligibility: Eligibility,
    private readonly signals: SignalRepository,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(_wallet: string, params: unknown): Promise<PreparedAction> {
    const { commitmentId, milestoneId } = parseDto(SignalParams, params, 'params.');
    return { params: { commitmentId: commitmentId.toLowerCase(), milestoneId: milestoneId.toLowerCase() } };
  }

  /**
   * Approving again is harmless: a client that lost the answer gets it again, whatever has happened since.
   * @throws DomainError `invalid_signature`, `commitment_not_found`, `milestone_not_found`, `already_resolved`,
   * `not_completed`, `already_unlocked`, and those of `Eligibility.weigh`
   */
  async signal(commitmentId: string, milestoneId: string, body: SignedBody): Promise<SignalledDto> {
    const { wallet, issuedAt, signature } = body;
    const params = { commitmentId, milestoneId };
    await this.messages.verify({ action: ACTION, wallet, issuedAt, signature, params });
    const commitment = await this.commitments.get(commitmentId);
    const milestone = await this.milestones.get(commitmentId, milestoneId);
    const present = await this.signals.findOne(this.transactions.manager, milestoneId, wallet);
    if (present !== null) return this.answer(present);
    const refusal = signalRefusal(commitment.status, milestone.status);
    if (refusal !== null) throw signalRefused(refusal, commitment, milestone);

    const holding = await this.eligibility.weigh(commitment, wallet);
    const signal = this.build(milestone, body, holding);
    return (await this.store(signal, issuedAt)) ? this.answer(signal) : this.answerLate(signal);
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
  private async store(signal: Signal, issuedAt: string): Promise<boolean> {
    try {
      return await this.transactions.run(async (manager) => {
        const ref = { id: signal.milestoneId, commitmentId: signal.commitmentId };
        if (!(await this.milestones.addSignal(manager, ref, signal.weightUsd))) return false;
        await this.signals.insert(manager, signal);
        await this.audit.record(manager, {
          event: EVENT,
          commitmentId: signal.commitmentId,
          fields: {
            milestoneId: signal.milestoneId,
            rawAmount: signal.rawAmount.toString(),
            decimals: signal.decimals,
            priceUsd: signal.priceUsd,
            weightUsd: signal.weightUsd,
            inVoteWindow: signal.inVoteWindow,
            approval: signal.signature,
            issuedAt,
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
