import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Chain } from '#src/chain/port/chain.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { SignedBody } from '#src/common/input/fields.js';
import { SignedActs } from '#src/signed-messages/signed-acts.service.js';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { attestRefusal } from '#src/commitments/commitment/commitment.js';
import { notTheAuthority, refused } from '#src/commitments/commitment/commitment.errors.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import type { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { AttestParams } from './attestation.dto.js';
import { Commitments, personalFacts } from '#src/commitments/records/commitments.service.js';

const EVENT = 'commitment_attest_ok';

/** The authority's signed word that the promise is kept. */
@Injectable()
export class Attestation {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly acts: SignedActs,
    private readonly chain: Chain,
    private readonly repository: CommitmentRepository,
    private readonly commitments: Commitments,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
  ) {
    this.verifySigned = actions.define('commitment.attest', AttestParams);
  }

  /**
   * Attesting again is harmless: a client that lost the answer gets it again.
   * @throws DomainError `invalid_signature`, `not_the_authority`, `wrong_kind`, `deadline_passed`, `already_resolved`
   */
  async attest(commitmentId: string, body: SignedBody): Promise<CommitmentDto> {
    const { wallet, issuedAt, signature } = body;
    const verified = await this.verifySigned(body, { commitmentId });
    const commitment = await this.commitments.getPersonal(commitmentId, 'attesting');
    if (commitment.wallet !== wallet) throw notTheAuthority(commitment);
    if (commitment.attestedAt !== null) {
      this.audit.onRecordAlready(EVENT);
      return this.commitments.show(commitmentId);
    }

    const attestedAt = await this.chain.timeOfAct(new Date(issuedAt));
    const refusal = attestRefusal(personalFacts(commitment), attestedAt.getTime() / 1000);
    if (refusal !== null) throw refused(refusal, commitment);
    await this.transactions.run(async (manager) => {
      if (!(await this.repository.markAttested(manager, commitmentId, attestedAt))) return;
      await this.acts.record(manager, verified, { commitmentId, chainTime: attestedAt });
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
    return this.commitments.show(commitmentId);
  }
}
