import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { EscrowService } from '../escrow/escrow.service.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService, type VerifiedMessage } from '../signed-messages/signed-messages.service.js';
import { Commitment } from './commitment.entity.js';
import { signatureUsed, termsChanged } from './commitment.errors.js';
import { CommitmentRepository } from './commitment.repository.js';
import type { CreatedCommitmentDto } from './commitments.dto.js';
import { CommitmentsService } from './commitments.service.js';
import { CreationChecks } from './creation-checks.service.js';
import { type CreationBody, parseCreationParams } from './creation.dto.js';
import { type Chosen, draft, earlierDraft, type Draft, normalize, promisedLamports } from './creation.js';
import type { Milestone } from './milestone.entity.js';
import { MilestoneRepository } from './milestone.repository.js';
import { excludedWallets, lockedMilestones } from './reward-creation.js';
import { TermPolicies } from './term-policies.service.js';
import { termsHash } from './terms.js';

const ACTION = 'commitment.create';
const MESSAGE_HASH_KEY = 'commitments_message_hash_key';

/** Everything that a creation stores. */
interface Creation {
  readonly commitment: Commitment;
  readonly milestones: readonly Milestone[];
  readonly escrow: Awaited<ReturnType<EscrowService['prepare']>>;
}

/** Creates commitments from a wallet's signature over the full terms. */
@Injectable()
export class CreateCommitmentService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly policies: TermPolicies,
    private readonly checks: CreationChecks,
    private readonly escrows: EscrowService,
    private readonly repository: CommitmentRepository,
    private readonly milestones: MilestoneRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(wallet: string, params: unknown): Promise<PreparedAction> {
    const chosen = normalize(wallet, parseCreationParams(params), 'params.');
    const { terms, message } = draft(wallet, chosen, this.policies.current);
    return { params: message, extra: { terms, termsHash: termsHash(terms) } };
  }

  /**
   * @throws DomainError `invalid_signature`, `terms_changed`, `signature_used`, `not_token_authority`,
   * `destination_not_payable`, `custody_unavailable`, `rpc_unavailable`; ValidationError
   */
  async create(body: CreationBody): Promise<CreatedCommitmentDto> {
    const chosen = normalize(body.wallet, body, '');
    const drafted = draft(body.wallet, chosen, this.policies.current);
    const verified = await this.verify(body, chosen, drafted);
    await this.checkUnused(verified);
    const authorities = await this.checks.check(body.wallet, chosen);
    const creation = await this.build(body, drafted, verified, authorities);
    await this.store(creation);
    const view = await this.commitments.view(creation.commitment);
    return { ...view, escrowAddress: creation.escrow.address };
  }

  private async verify(body: CreationBody, chosen: Chosen, { message }: Draft): Promise<VerifiedMessage> {
    const { wallet, issuedAt, signature } = body;
    const request = { action: ACTION, wallet, issuedAt, signature } as const;
    try {
      return await this.messages.verify({ ...request, params: message });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_signature') throw error;
      const earlier = (await this.policies.earlier()).map((policy) => earlierDraft(wallet, chosen, policy));
      if (earlier.some((one) => one !== null && this.messages.matches({ ...request, params: one.message })))
        throw termsChanged();
      throw error;
    }
  }

  /** The constraint decides; this keeps a repetition from asking for a wallet, and answers it while that cannot be had. */
  private async checkUnused({ messageHash }: VerifiedMessage): Promise<void> {
    const id = await this.repository.findIdByMessageHash(this.transactions.manager, messageHash);
    if (id !== null) throw signatureUsed(id);
  }

  private async build(
    { signature }: CreationBody,
    { terms }: Draft,
    { messageHash }: VerifiedMessage,
    authorities: readonly (string | null)[],
  ): Promise<Creation> {
    const id = this.ids.uuid();
    const escrow = await this.escrows.prepare(id, messageHash);
    const isReward = terms.kind === 'creator_reward';
    const commitment: Commitment = {
      id,
      kind: terms.kind,
      status: 'active',
      resolution: null,
      wallet: terms.wallet,
      destinationOnFail: terms.destinationOnFail,
      statement: terms.statement,
      amountLamports: isReward ? null : BigInt(terms.amountLamports),
      deadline: isReward ? null : new Date(terms.deadline),
      attestedAt: null,
      sweepTriedAt: null,
      tokenMint: isReward ? terms.tokenMint : null,
      creatorFeeMode: isReward ? terms.creatorFeeMode : null,
      excludedWallets: isReward ? excludedWallets([terms.wallet, escrow.address, ...authorities]) : [],
      terms,
      termsHash: termsHash(terms),
      messageHash,
      signature,
      createdAt: this.clock.now(),
      resolvedAt: null,
    };
    return {
      commitment,
      escrow,
      milestones: isReward ? lockedMilestones(id, terms, () => this.ids.uuid()) : [],
    };
  }

  private async store({ commitment, milestones, escrow }: Creation): Promise<void> {
    try {
      await this.transactions.run(async (manager) => {
        await this.repository.insert(manager, commitment);
        if (milestones.length > 0) await this.milestones.insert(manager, milestones);
        await this.escrows.insert(manager, escrow);
        await this.audit.record(manager, {
          event: 'commitment_create_ok',
          commitmentId: commitment.id,
          fields: {
            escrow: escrow.address,
            termsHash: commitment.termsHash,
            amountLamports: promisedLamports(commitment.terms),
          },
        });
      });
    } catch (error) {
      if (violatedConstraint(error) !== MESSAGE_HASH_KEY) throw error;
      throw signatureUsed(
        await this.repository.findIdByMessageHash(this.transactions.manager, commitment.messageHash),
      );
    }
  }
}
