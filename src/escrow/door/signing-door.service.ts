import { Injectable } from '@nestjs/common';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import { decodeTransfer } from '#src/chain/signing/decode-message.js';
import { TRANSFER_COMPUTE_UNIT_LIMIT, transferFee } from '#src/chain/signing/transfer-transaction.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { EscrowRepository } from '#src/escrow/escrows/escrow.repository.js';
import type { EscrowSigner } from '#src/escrow/escrows/escrow-signer.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
import { PrivySigner } from '#src/escrow/privy/privy-signer.service.js';
import type { Refusal } from './checks/check.js';
import { changedDestination } from './acts/changed-destination.js';
import { refusalOf } from './checks/checks.js';
import { commitmentRefusal } from './checks/commitment-checks.js';
import { atPresent, type Destinations, destinationsOf } from './checks/payout-checks.js';
import { signingRefused } from './door.errors.js';
import type { Claim, Evidence } from './facts/evidence.js';
import { type EvidenceOfClaim, EvidenceReader } from './evidence/evidence-reader.service.js';
import type { PlannedAttempt } from './facts/facts.js';
import { type Limits, MOST_FEE_LAMPORTS, transferRefusal } from './message-rules.js';

/**
 * The one place behind which keys sign, local ones and Privy's alike. It believes no row: what may be signed follows from the
 * acts that wallets have signed and from what this server has marked.
 */
@Injectable()
export class SigningDoor {
  private readonly signers: Readonly<Record<Escrow['custody'], EscrowSigner>>;

  constructor(
    local: LocalSigner,
    privy: PrivySigner,
    private readonly feePayer: FeePayer,
    private readonly escrows: EscrowRepository,
    private readonly reader: EvidenceReader,
    private readonly memory: SealMemory,
    private readonly transactions: Transactions,
  ) {
    this.signers = { local, privy };
  }

  /**
   * Whether the commitment still is what its creator has signed; asked before anything is decided about it.
   * @throws DomainError `signing_refused`
   */
  async vouch(commitmentId: string): Promise<void> {
    this.refuseOlderLog(`commitment ${commitmentId}`);
    const evidence = await this.reader.of(this.transactions.manager, commitmentId);
    const refusal = evidence === null ? NO_ESCROW : commitmentRefusal(evidence);
    if (refusal !== null) throw signingRefused(`commitment ${commitmentId}`, refusal, evidence?.forged);
  }

  /**
   * Whether the payout would be signed as things stand; asked before a transaction is planned.
   * @returns where it may go
   * @throws DomainError `signing_refused`
   */
  async examine(payoutId: string): Promise<Destinations> {
    const read = await this.reader.ofClaim(this.transactions.manager, { payoutId });
    const { claim, evidence } = this.found(`payout ${payoutId}`, read);
    refuse(atPresent(claim, evidence), evidence);
    return destinationsOf(claim, evidence);
  }

  /**
   * What two admins have signed to stand for an address of the signed terms; null: nothing.
   * @param manager of a transaction that has recorded one of the acts
   * @throws DomainError `signing_refused`
   */
  async changedDestination(
    commitmentId: string,
    promised: string,
    manager = this.transactions.manager,
  ): Promise<string | null> {
    const evidence = await this.reader.of(manager, commitmentId);
    const refusal = evidence === null ? NO_ESCROW : commitmentRefusal(evidence);
    if (evidence === null || refusal !== null)
      throw signingRefused(`commitment ${commitmentId}`, refusal ?? NO_ESCROW, evidence?.forged);
    return changedDestination(evidence, promised);
  }

  /**
   * Signs the planned transaction of a payout with every key that it needs. May ask an upstream.
   * @returns 64-byte Ed25519 signatures by wallet
   * @throws DomainError `signing_refused`; `custody_unavailable` when a key cannot be had
   */
  async signPayout(attemptId: string): Promise<Map<string, Uint8Array>> {
    const read = await this.reader.ofClaim(this.transactions.manager, { attemptId });
    const { attempt } = read;
    if (attempt === null) throw signingRefused(`attempt ${attemptId}`, UNPLANNED);
    const { claim, evidence } = this.found(`payout ${attempt.payoutId}`, read);
    refuse(claim, evidence);
    // The attempt's own mark says who was to pay: another one than today's is a changed key, and no break-in.
    if (attempt.feePayer !== claim.source) this.feePayer.requireKeyOf(attempt.feePayer);
    const message = new Uint8Array(attempt.message);
    const refusal = this.messageRefusal(claim, evidence, attempt, message);
    if (refusal !== null) throw signingRefused(`payout ${claim.id}`, refusal, evidence.forged);
    const signatures = new Map<string, Uint8Array>();
    if (attempt.feePayer !== claim.source)
      signatures.set(attempt.feePayer, this.feePayer.sign(attempt.feePayer, message));
    const signature = await this.signAs(evidence, message, {
      payoutId: claim.id,
      attempt: attempt.number,
    });
    return signatures.set(claim.source, signature);
  }

  /** An older state of the database has older marks that fit: nothing in it says what it lacks. */
  private refuseOlderLog(what: string): void {
    const reason = this.memory.wentBackwards;
    if (reason !== null) throw signingRefused(what, { check: 'log', reason });
  }

  private found(what: string, { claim, evidence }: EvidenceOfClaim): { claim: Claim; evidence: Evidence } {
    this.refuseOlderLog(what);
    if (claim === null) throw signingRefused(what, NO_PAYOUT);
    if (evidence === null) throw signingRefused(what, NO_ESCROW);
    return { claim, evidence };
  }

  private messageRefusal(
    claim: Claim,
    evidence: Evidence,
    attempt: PlannedAttempt,
    message: Uint8Array,
  ): Refusal | null {
    const plan = decodeTransfer(message);
    if (plan === null) return { check: 'message', reason: 'it is no transfer with a memo alone' };
    const paysItself = plan.feePayer === plan.source;
    const fee = transferFee(paysItself ? 1 : 2, plan.computeUnitPriceMicroLamports);
    const effect = {
      lamports: plan.lamports,
      feeLamports: paysItself ? fee : 0n,
      sourceBalance: attempt.sourceBalanceLamports ?? 0n,
    };
    return transferRefusal(claim, evidence, plan, effect, fee, this.limits);
  }

  private async signAs(
    { commitmentId, messageHash, termsHash }: Evidence,
    message: Uint8Array,
    order: { readonly payoutId: string; readonly attempt: number },
  ): Promise<Uint8Array> {
    const escrow = await this.escrows.findByCommitment(this.transactions.manager, commitmentId);
    if (escrow === null) throw signingRefused(`payout ${order.payoutId}`, NO_ESCROW);
    return this.signers[escrow.custody].sign(
      escrow,
      { commitmentId, messageHash, termsHash },
      message,
      order,
    );
  }

  private get limits(): Limits {
    return {
      feePayer: this.feePayer.address,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      mostFee: MOST_FEE_LAMPORTS,
    };
  }
}

function refuse(claim: Claim, evidence: Evidence): void {
  const refusal = refusalOf(claim, evidence);
  if (refusal !== null) throw signingRefused(`payout ${claim.id}`, refusal, evidence.forged);
}

const NO_PAYOUT: Refusal = { check: 'payout', reason: 'there is no such payout' };
const NO_ESCROW: Refusal = { check: 'binding', reason: 'there is no such commitment with an escrow' };
const UNPLANNED: Refusal = {
  check: 'attempt',
  reason: 'this server has not planned the transaction as it stands in the table',
};
