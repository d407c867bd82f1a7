import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service.js';
import { Chain } from '../chain/chain.js';
import { Transactions } from '../common/transactions.js';
import { parseDto } from '../common/validation.js';
import type { SignedBody } from '../common/http/fields.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService } from '../signed-messages/signed-messages.service.js';
import { attestRefusal } from './commitment.js';
import { notTheAuthority, refused } from './commitment.errors.js';
import { CommitmentRepository } from './commitment.repository.js';
import { AttestParams, type CommitmentDto } from './commitments.dto.js';
import { CommitmentsService, personalFacts } from './commitments.service.js';

const ACTION = 'commitment.attest';
const EVENT = 'commitment_attest_ok';

/** The authority's signed word that the promise is kept. */
@Injectable()
export class AttestationService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly chain: Chain,
    private readonly repository: CommitmentRepository,
    private readonly commitments: CommitmentsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(_wallet: string, params: unknown): Promise<PreparedAction> {
    const { commitmentId } = parseDto(AttestParams, params, 'params.');
    return { params: { commitmentId: commitmentId.toLowerCase() } };
  }

  /**
   * Attesting again is harmless: a client that lost the answer gets it again.
   * @throws DomainError `invalid_signature`, `not_the_authority`, `wrong_kind`, `deadline_passed`, `already_resolved`
   */
  async attest(commitmentId: string, body: SignedBody): Promise<CommitmentDto> {
    const { wallet, issuedAt, signature } = body;
    await this.messages.verify({ action: ACTION, wallet, issuedAt, signature, params: { commitmentId } });
    const commitment = await this.commitments.getPersonal(commitmentId, 'attesting');
    if (commitment.wallet !== wallet) throw notTheAuthority(commitment);
    if (commitment.attestedAt !== null) {
      this.audit.onRecordAlready(EVENT);
      return this.commitments.view(commitment);
    }

    const { unixSeconds } = await this.chain.now();
    const refusal = attestRefusal(personalFacts(commitment), unixSeconds);
    if (refusal !== null) throw refused(refusal, commitment);
    await this.transactions.run(async (manager) => {
      if (!(await this.repository.markAttested(manager, commitmentId, new Date(unixSeconds * 1000)))) return;
      await this.audit.record(manager, {
        event: EVENT,
        commitmentId,
        fields: { attestation: signature, issuedAt },
      });
    });
    const attested = await this.commitments.get(commitmentId);
    // Somebody else may have resolved it between the check and the update.
    if (attested.attestedAt === null) throw refused('already_resolved', attested);
    this.audit.onRecordAlready(EVENT);
    return this.commitments.view(attested);
  }
}
