import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { DomainError } from '#src/common/errors/errors.js';
import { Ids } from '#src/common/ids.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import type { PreparedAction } from '#src/signed-messages/signed-action.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { SignedMessages, type VerifiedMessage } from '#src/signed-messages/signed-messages.service.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { signatureUsed, termsChanged } from '#src/commitments/commitment/commitment.errors.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import type { CreatedCommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { CreationChecks } from './creation-checks.service.js';
import { type CreationBody, type CreationParams, parseCreationParams } from './creation.dto.js';
import { type Chosen, draft, type Draft, normalize, promisedLamports } from './creation.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { MilestoneRepository } from '#src/commitments/milestones/milestone.repository.js';
import { checkMinimum, decisionEnd } from './personal-creation.js';
import { excludedWallets, lockedMilestones } from './reward-creation.js';
import { RewardTokens } from '#src/commitments/tokens/reward-tokens.service.js';
import type { TokenTerms } from '#src/commitments/commitment/token-terms.js';
import { UnfundedCap } from './unfunded-cap.service.js';
import { TermPolicies } from './term-policies.service.js';
import { type RewardParams, termsHash } from '#src/commitments/commitment/terms.js';

const ACTION = 'commitment.create';
const MESSAGE_HASH_KEY = 'commitments_message_hash_key';

/** Everything that a creation stores. */
interface Creation {
  readonly commitment: Commitment;
  readonly milestones: readonly Milestone[];
  readonly verified: VerifiedMessage;
  readonly escrow: Awaited<ReturnType<Escrows['prepare']>>;
}

/** Creates commitments from a wallet's signature over the full terms. */
@Injectable()
export class CreateCommitment {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly messages: SignedMessages,
    private readonly acts: SignedActs,
    private readonly policies: TermPolicies,
    private readonly tokens: RewardTokens,
    private readonly checks: CreationChecks,
    private readonly escrows: Escrows,
    private readonly repository: CommitmentRepository,
    private readonly milestones: MilestoneRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly settings: Settings,
    private readonly unfunded: UnfundedCap,
  ) {
    this.verifySigned = actions.defineWith(ACTION, (wallet, params) => this.prepare(wallet, params));
  }

  private async prepare(wallet: string, params: unknown): Promise<PreparedAction> {
    const chosen = this.choice(wallet, parseCreationParams(params), 'params.');
    const token = isReward(chosen) ? await this.tokens.tell(chosen.tokenMint) : null;
    const { terms, message } = draft(wallet, chosen, this.policies.current, token);
    return { params: message, extra: { terms, termsHash: termsHash(terms) } };
  }

  private choice(wallet: string, params: CreationParams, prefix: string): Chosen {
    const chosen = normalize(wallet, params, prefix);
    checkMinimum(chosen, this.settings.env.PERSONAL_MIN_LAMPORTS);
    return chosen;
  }

  /**
   * @throws DomainError `invalid_signature`, `amount_below_minimum`, `too_many_unfunded`, `terms_changed`, `signature_used`, `not_token_authority`,
   * `destination_not_payable`, `custody_unavailable`, `rpc_unavailable`; ValidationError
   */
  async create(body: CreationBody): Promise<CreatedCommitmentDto> {
    const chosen = this.choice(body.wallet, body, '');
    const token = isReward(chosen) ? await this.tokens.termsOf(chosen.tokenMint) : null;
    const drafted = draft(body.wallet, chosen, this.policies.current, token);
    const verified = await this.verify(body, chosen, drafted, token);
    await this.checkUnused(verified);
    const funded = await this.unfunded.fundedOf(body.wallet);
    const authorities = await this.checks.check(body.wallet, chosen);
    const creation = await this.build(body, drafted, verified, authorities);
    await this.store(creation, funded);
    const view = await this.commitments.show(creation.commitment.id);
    return { ...view, escrowAddress: creation.escrow.address };
  }

  private async verify(
    body: CreationBody,
    chosen: Chosen,
    { message }: Draft,
    token: TokenTerms | null,
  ): Promise<VerifiedMessage> {
    const { wallet, issuedAt, signature } = body;
    const request = { action: ACTION, wallet, issuedAt, signature } as const;
    try {
      return await this.verifySigned(body, message);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_signature') throw error;
      const policies = [this.policies.current, ...(await this.policies.earlier())];
      const tokens = isReward(chosen) ? [token, ...this.tokens.earlier(chosen.tokenMint)] : [null];
      const earlier = policies.flatMap((policy) => tokens.map((one) => draft(wallet, chosen, policy, one)));
      if (earlier.some((one) => this.messages.matches({ ...request, params: one.message })))
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
    verified: VerifiedMessage,
    authorities: readonly (string | null)[],
  ): Promise<Creation> {
    const id = this.ids.uuid();
    const { messageHash } = verified;
    const bond = { commitmentId: id, messageHash, termsHash: termsHash(terms) };
    const escrow = await this.escrows.prepare(bond);
    const isReward = terms.kind === 'creator_reward';
    const commitment: Commitment = {
      id,
      kind: terms.kind,
      status: 'active',
      resolution: null,
      resolutionChainTime: null,
      wallet: terms.wallet,
      destinationOnFail: terms.destinationOnFail,
      statement: terms.statement,
      amountLamports: isReward ? null : BigInt(terms.amountLamports),
      deadline: isReward ? null : new Date(terms.deadline),
      attestedAt: null,
      decisionEndsAt: isReward ? null : decisionEnd(terms),
      failureFiledAt: null,
      failureEffectiveAt: null,
      failureReason: null,
      fundedLamports: null,
      sweepTriedAt: null,
      tokenMint: isReward ? terms.tokenMint : null,
      creatorFeeMode: isReward ? terms.creatorFeeMode : null,
      excludedWallets: isReward ? excludedWallets([terms.wallet, escrow.address, ...authorities]) : [],
      terms,
      termsHash: bond.termsHash,
      messageHash,
      signature,
      createdAt: this.clock.now(),
      resolvedAt: null,
    };
    return {
      commitment,
      verified,
      escrow,
      milestones: isReward ? lockedMilestones(id, terms) : [],
    };
  }

  private async store(
    { commitment, milestones, escrow, verified }: Creation,
    funded: readonly string[],
  ): Promise<void> {
    try {
      await this.transactions.run(async (manager) => {
        await this.unfunded.require(manager, commitment.wallet, funded);
        await this.repository.insert(manager, commitment);
        if (milestones.length > 0) await this.milestones.insert(manager, milestones);
        const { id: commitmentId, messageHash, excludedWallets } = commitment;
        const bond = { commitmentId, messageHash, termsHash: commitment.termsHash };
        await this.escrows.insert(manager, escrow, bond, excludedWallets);
        await this.acts.record(manager, verified, { commitmentId });
        await this.audit.record(manager, {
          event: 'commitment_create_ok',
          commitmentId,
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

function isReward(chosen: Chosen): chosen is RewardParams {
  return chosen.kind === 'creator_reward';
}
