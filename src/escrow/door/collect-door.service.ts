import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import type { CollectedFees } from '#src/chain/pump/fee-instructions.js';
import { compileCollect } from '#src/chain/pump/collect-transaction.js';
import { decodeUnwrap } from '#src/chain/signing/decode-message.js';
import { TRANSFER_COMPUTE_UNIT_LIMIT, transferFee } from '#src/chain/signing/transfer-transaction.js';
import { Transactions } from '#src/common/database/transactions.js';
import type { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { EscrowRepository } from '#src/escrow/escrows/escrow.repository.js';
import type { EscrowSigner } from '#src/escrow/escrows/escrow-signer.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
import { PrivySigner } from '#src/escrow/privy/privy-signer.service.js';
import { Marks } from '#src/marks/marks.service.js';
import { commitmentRefusal } from './checks/commitment-checks.js';
import { operationIdOf } from './facts/derived-ids.js';
import { signingRefused } from './door.errors.js';
import type { Evidence } from './facts/evidence.js';
import { EvidenceReader } from './evidence/evidence-reader.service.js';
import { operationFact, type PlannedOperation } from './facts/operation-facts.js';
import { MOST_FEE_LAMPORTS } from './message-rules.js';

/** What of a collection follows from no evidence, and decides about nobody's money: which fees are asked for, and at what price. */
export interface CollectChoice extends Omit<CollectedFees, 'sweptCurve' | 'sweptPool'> {
  readonly sweepsCurve: boolean;
  /** Where the coin's pool keeps its wrapped SOL; null where nothing is swept from it. */
  readonly poolQuoteAccount: string | null;
  readonly computeUnitLimit: number;
  /** Decimal. */
  readonly computeUnitPriceMicroLamports: string;
}

/** An operation and the attempt to sign. */
export interface CollectOrder extends PlannedOperation {
  readonly commitmentId: string;
  /** Which of its kind it is for the commitment. */
  readonly operationNumber: number;
}

/**
 * The signing door for what brings creator fees into an escrow. A collection is signed by the fee payer alone: pump.fun can change
 * its programs at any time, and they never get the signature of an escrow. Wrapped SOL is unwrapped by a transaction of its own.
 */
@Injectable()
export class CollectDoor {
  private readonly signers: Readonly<Record<Escrow['custody'], EscrowSigner>>;

  constructor(
    local: LocalSigner,
    privy: PrivySigner,
    private readonly feePayer: FeePayer,
    private readonly escrows: EscrowRepository,
    private readonly reader: EvidenceReader,
    private readonly marks: Marks,
    private readonly memory: SealMemory,
    private readonly transactions: Transactions,
  ) {
    this.signers = { local, privy };
  }

  /** Null where none is configured: then nothing is collected automatically. */
  get payer(): string | null {
    return this.feePayer.address;
  }

  /** @throws DomainError `signing_refused`, `custody_unavailable` */
  async signCollect(order: CollectOrder, choice: CollectChoice): Promise<Map<string, Uint8Array>> {
    const evidence = await this.evidenceFor('collect', order);
    const { terms } = evidence;
    if (terms.kind !== 'creator_reward' || terms.creatorFeeMode !== 'managed')
      throw refused(order, 'managed', 'its terms do not say that its creator fees are collected');
    const { tokenMint: mint } = terms;
    const { sweepsCurve, poolQuoteAccount, computeUnitPriceMicroLamports: price, ...chosen } = choice;
    const message = compileCollect({
      ...chosen,
      escrow: evidence.escrow,
      feePayer: this.requirePayer(order),
      memo: order.operationId,
      blockhash: order.blockhash,
      sweptCurve: sweepsCurve ? mint : null,
      sweptPool: poolQuoteAccount === null ? null : { mint, quoteAccount: poolQuoteAccount },
      computeUnitPriceMicroLamports: BigInt(price),
    });
    if (!Buffer.from(message).equals(order.message))
      throw refused(order, 'message', 'it is not the collection that follows from the signed terms');
    this.refuseDear(order, transferFee(1, BigInt(price), choice.computeUnitLimit));
    return new Map([[order.feePayer, this.feePayer.sign(order.feePayer, message)]]);
  }

  /** @throws DomainError `signing_refused`, `custody_unavailable` */
  async signUnwrap(order: CollectOrder): Promise<Map<string, Uint8Array>> {
    const evidence = await this.evidenceFor('unwrap', order);
    const message = new Uint8Array(order.message);
    const plan = decodeUnwrap(message);
    if (plan?.source !== evidence.escrow || plan.memo !== order.operationId)
      throw refused(order, 'message', 'it is not the unwrapping of what the escrow itself holds');
    if (plan.feePayer !== this.requirePayer(order) || plan.computeUnitLimit !== TRANSFER_COMPUTE_UNIT_LIMIT)
      throw refused(order, 'message', 'another wallet pays for it, or its unit limit is another one');
    this.refuseDear(order, transferFee(2, plan.computeUnitPriceMicroLamports));
    const { manager } = this.transactions;
    return new Map([
      [order.feePayer, this.feePayer.sign(order.feePayer, message)],
      [evidence.escrow, await this.signAsEscrow(manager, evidence, message, order)],
    ]);
  }

  private async evidenceFor(kind: 'collect' | 'unwrap', order: CollectOrder): Promise<Evidence> {
    const { commitmentId, operationId, operationNumber } = order;
    const older = this.memory.wentBackwards;
    if (older !== null) throw refused(order, 'log', older);
    if (operationId !== operationIdOf(commitmentId, kind, operationNumber))
      throw refused(order, 'operation_id', `its id does not follow from commitment and number`);
    if (!(await this.marks.proves(this.transactions.manager, operationFact(order))))
      throw refused(order, 'attempt', 'this server has not planned this transaction as it stands');
    const evidence = await this.reader.of(this.transactions.manager, commitmentId);
    if (evidence === null) throw refused(order, 'binding', 'the commitment has no escrow');
    const refusal = commitmentRefusal(evidence);
    if (refusal !== null) throw signingRefused(`operation ${operationId}`, refusal, evidence.forged);
    return evidence;
  }

  private requirePayer(order: CollectOrder): string {
    this.feePayer.requireKeyOf(order.feePayer);
    return order.feePayer;
  }

  private refuseDear(order: CollectOrder, fee: bigint): void {
    if (fee > MOST_FEE_LAMPORTS)
      throw refused(order, 'message', `the fee of ${fee} lamports is above ${MOST_FEE_LAMPORTS}`);
  }

  private async signAsEscrow(
    manager: EntityManager,
    { commitmentId, messageHash, termsHash }: Evidence,
    message: Uint8Array,
    { operationId: payoutId, number: attempt }: CollectOrder,
  ): Promise<Uint8Array> {
    const escrow = await this.escrows.findByCommitment(manager, commitmentId);
    if (escrow === null) throw new Error(`commitment ${commitmentId} has no escrow`);
    const bond = { commitmentId, messageHash, termsHash };
    return this.signers[escrow.custody].sign(escrow, bond, message, { payoutId, attempt });
  }
}

function refused({ operationId }: CollectOrder, check: string, reason: string) {
  return signingRefused(`operation ${operationId}`, { check, reason });
}
