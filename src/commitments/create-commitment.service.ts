import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { transferFee } from '../chain/transfer-transaction.js';
import { Clock } from '../common/clock.js';
import { DomainError, ValidationError } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { normalizeText } from '../common/text.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { parseDto } from '../common/validation.js';
import { EscrowService } from '../escrow/escrow.service.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService, type VerifiedMessage } from '../signed-messages/signed-messages.service.js';
import { Commitment } from './commitment.entity.js';
import { signatureUsed, termsChanged } from './commitment.errors.js';
import { CommitmentRepository } from './commitment.repository.js';
import { type CreateCommitmentBody, CreateCommitmentParams } from './commitments.dto.js';
import { CommitmentsService } from './commitments.service.js';
import type { CreatedCommitmentDto } from './commitments.dto.js';
import { TermPolicies } from './term-policies.service.js';
import {
  personalTerms,
  type PersonalParams,
  type PersonalTerms,
  type TermPolicy,
  termsHash,
} from './terms.js';

const ACTION = 'commitment.create';
const MESSAGE_HASH_KEY = 'commitments_message_hash_key';
const MAX_DEADLINE_SECONDS = 10 * 365 * 86_400;

/** Creates personal commitments from a wallet's signature over the full terms. */
@Injectable()
export class CreateCommitmentService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly policies: TermPolicies,
    private readonly chain: Chain,
    private readonly escrows: EscrowService,
    private readonly repository: CommitmentRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(wallet: string, params: unknown): Promise<PreparedAction> {
    const normalized = normalize(wallet, parseDto(CreateCommitmentParams, params, 'params.'), 'params.');
    const terms = personalTerms(wallet, normalized, this.policies.current);
    return { params: messageParams(normalized, terms), extra: { terms, termsHash: termsHash(terms) } };
  }

  /**
   * @throws DomainError `invalid_signature`, `terms_changed`, `signature_used`, `destination_not_payable`,
   * `custody_unavailable`, `rpc_unavailable`; ValidationError
   */
  async create(body: CreateCommitmentBody): Promise<CreatedCommitmentDto> {
    const params = normalize(body.wallet, body, '');
    const terms = personalTerms(body.wallet, params, this.policies.current);
    const verified = await this.verify(body, params, terms);
    await this.checkAgainstChain(params);
    const commitment = this.build(body, params, terms, verified);
    const escrow = this.escrows.generate(commitment.id);
    await this.store(commitment, escrow);
    const view = await this.commitments.view(commitment);
    return { ...view, escrowAddress: escrow.address };
  }

  private async verify(
    body: CreateCommitmentBody,
    params: PersonalParams,
    terms: PersonalTerms,
  ): Promise<VerifiedMessage> {
    const { wallet, issuedAt, signature } = body;
    const request = { action: ACTION, wallet, issuedAt, signature } as const;
    try {
      return this.messages.verify({ ...request, params: messageParams(params, terms) });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid_signature') throw error;
      const signedEarlierTerms = (policy: TermPolicy) =>
        this.messages.matches({
          ...request,
          params: messageParams(params, personalTerms(wallet, params, policy)),
        });
      if ((await this.policies.earlier()).some(signedEarlierTerms)) throw termsChanged();
      throw error;
    }
  }

  private async checkAgainstChain(params: PersonalParams): Promise<void> {
    const [now, rentMinimum, destination] = await Promise.all([
      this.chain.now(),
      this.chain.rentExemptMinimum(),
      this.chain.account(params.destinationOnFail),
    ]);
    const seconds = Date.parse(params.deadline) / 1000;
    if (seconds <= now.unixSeconds || seconds > now.unixSeconds + MAX_DEADLINE_SECONDS) {
      const chainTime = new Date(now.unixSeconds * 1000).toISOString();
      throw invalid(
        'deadline',
        `deadline must be in the future and within ten years; the chain's clock says ${chainTime}`,
      );
    }
    const minimum = rentMinimum + transferFee(1, BigInt(this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS));
    if (BigInt(params.amountLamports) < minimum) {
      throw invalid(
        'amountLamports',
        `amountLamports must be at least ${minimum}: a smaller escrow could not exist and pay for its refund`,
      );
    }
    if (destination.executable || isReserved(params.destinationOnFail)) {
      throw new DomainError(
        'destination_not_payable',
        `${params.destinationOnFail} is a program or a reserved account and cannot receive SOL. Name a wallet.`,
      );
    }
  }

  private build(
    body: CreateCommitmentBody,
    params: PersonalParams,
    terms: PersonalTerms,
    { messageHash }: VerifiedMessage,
  ): Commitment {
    return {
      id: this.ids.uuid(),
      kind: 'personal',
      status: 'active',
      resolution: null,
      wallet: body.wallet,
      destinationOnFail: params.destinationOnFail,
      statement: params.statement,
      amountLamports: BigInt(params.amountLamports),
      deadline: new Date(params.deadline),
      attestedAt: null,
      terms,
      termsHash: termsHash(terms),
      messageHash,
      signature: body.signature,
      createdAt: this.clock.now(),
      resolvedAt: null,
    };
  }

  private async store(commitment: Commitment, escrow: ReturnType<EscrowService['generate']>): Promise<void> {
    try {
      await this.transactions.run(async (manager) => {
        await this.repository.insert(manager, commitment);
        await this.escrows.insert(manager, escrow);
        await this.audit.record(manager, {
          event: 'commitment_create_ok',
          commitmentId: commitment.id,
          fields: {
            escrow: escrow.address,
            termsHash: commitment.termsHash,
            amountLamports: Number(commitment.amountLamports),
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

function invalid(path: string, message: string): ValidationError {
  return new ValidationError([{ path, message }]);
}

// The system program, the native loader and the sysvars accept no lamports, although they are not all executable.
function isReserved(address: string): boolean {
  return address === '1'.repeat(32) || address.startsWith('Sysvar') || address.startsWith('NativeLoader');
}

function normalize(wallet: string, params: CreateCommitmentParams, prefix: string): PersonalParams {
  if (params.destinationOnFail === wallet) {
    throw invalid(
      `${prefix}destinationOnFail`,
      'destinationOnFail must be another wallet than the one that commits',
    );
  }
  return {
    kind: 'personal',
    destinationOnFail: params.destinationOnFail,
    amountLamports: params.amountLamports,
    deadline: new Date(params.deadline).toISOString(),
    statement:
      params.statement === undefined || params.statement === null ? null : normalizeText(params.statement),
  };
}

/** The message shows what the wallet chose, the configured terms it accepts, and the hash over everything. */
function messageParams(
  { statement, ...chosen }: PersonalParams,
  terms: PersonalTerms,
): PreparedAction['params'] {
  return {
    ...chosen,
    ...(statement === null ? {} : { statement }),
    decisionWindowSeconds: terms.decisionWindowSeconds,
    termsHash: termsHash(terms),
  };
}
