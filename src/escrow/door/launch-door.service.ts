import { Injectable } from '@nestjs/common';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import { compileLaunch } from '#src/chain/pump/launch/launch-messages.js';
import { MAX_TRANSACTION_BYTES, transactionBytes } from '#src/chain/pump/launch/launch-transactions.js';
import { transferFee } from '#src/chain/signing/transfer-transaction.js';
import { Transactions } from '#src/common/database/transactions.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import { MintKeys } from '#src/escrow/keys/mint-keys.service.js';
import { Marks } from '#src/marks/marks.service.js';
import { AttemptCounts } from './evidence/attempt-counts.service.js';
import { commitmentRefusal } from './checks/commitment-checks.js';
import { operationIdOf } from './facts/derived-ids.js';
import { signingRefused } from './door.errors.js';
import type { Evidence } from './facts/evidence.js';
import { EvidenceReader } from './evidence/evidence-reader.service.js';
import { LAUNCH_ACTION, launchAct, type LaunchChoice, launchParties } from './acts/launch.js';
import type { Launch } from './acts/launch.js';
import { MOST_FEE_LAMPORTS } from './message-rules.js';
import { operationFact, type PlannedOperation } from './facts/operation-facts.js';

/** One of a launch's two transactions, and the attempt to sign. */
export interface LaunchOrder extends PlannedOperation {
  readonly kind: 'create' | 'buy';
}

/**
 * The signing door for launches. It builds the message itself: from what an admin has signed, and from the terms that the creator
 * has signed. The fee payer signs, and the coin's own key where it is created; the escrow is merely named.
 */
@Injectable()
export class LaunchDoor {
  constructor(
    private readonly feePayer: FeePayer,
    private readonly mints: MintKeys,
    private readonly reader: EvidenceReader,
    private readonly attempts: AttemptCounts,
    private readonly marks: Marks,
    private readonly memory: SealMemory,
    private readonly transactions: Transactions,
  ) {}

  /** Null where none is configured: then nothing is launched. */
  get payer(): string | null {
    return this.feePayer.address;
  }

  /** @throws DomainError `signing_refused`, `custody_unavailable` */
  async sign(order: LaunchOrder, launch: Launch, choice: LaunchChoice): Promise<Map<string, Uint8Array>> {
    const { manager } = this.transactions;
    const evidence = await this.evidenceFor(order, launch);
    this.feePayer.requireKeyOf(order.feePayer);
    const parties = launchParties(evidence.terms, evidence.escrow, order.feePayer);
    if (parties === null) throw refused(order, 'terms', 'its commitment is not about a token');
    const message = compileLaunch(order.kind, launch, parties, choice, order.blockhash);
    if (!Buffer.from(message).equals(order.message))
      throw refused(order, 'message', 'it is not what follows from the signed launch and terms');
    if (transactionBytes(message) > MAX_TRANSACTION_BYTES)
      throw refused(order, 'message', 'it does not fit a packet');
    const signers = order.kind === 'create' ? 2 : 1;
    const fee = transferFee(signers, BigInt(choice.computeUnitPriceMicroLamports), choice.computeUnitLimit);
    if (fee > MOST_FEE_LAMPORTS)
      throw refused(order, 'message', `the fee of ${fee} lamports is above ${MOST_FEE_LAMPORTS}`);
    const signatures = new Map([[order.feePayer, this.feePayer.sign(order.feePayer, message)]]);
    if (order.kind === 'buy') return signatures;
    const key = { mint: parties.mint, creator: parties.wallet };
    return signatures.set(parties.mint, await this.mints.sign(manager, key, message));
  }

  private async evidenceFor(order: LaunchOrder, launch: Launch): Promise<Evidence> {
    const { operationId, kind } = order;
    const { manager } = this.transactions;
    const older = this.memory.wentBackwards;
    if (older !== null) throw refused(order, 'log', older);
    if (operationId !== operationIdOf(launch.commitmentId, kind, 0))
      throw refused(order, 'operation_id', 'its id does not follow from the commitment');
    if (!(await this.marks.proves(manager, operationFact(order))))
      throw refused(order, 'attempt', 'this server has not planned this transaction as it stands');
    if ((await this.attempts.complete(manager, operationId)) === null)
      throw refused(order, 'attempts', 'one of its transactions is missing in the table');
    const evidence = await this.reader.of(manager, launch.commitmentId);
    if (evidence === null) throw refused(order, 'binding', 'the commitment has no escrow');
    const refusal = commitmentRefusal(evidence);
    if (refusal !== null) throw signingRefused(`operation ${operationId}`, refusal, evidence.forged);
    if (launchAct(evidence, launch) === null)
      throw refused(order, 'admin', `no admin has signed ${LAUNCH_ACTION} for exactly this`);
    return evidence;
  }
}

function refused({ operationId }: LaunchOrder, check: string, reason: string) {
  return signingRefused(`operation ${operationId}`, { check, reason });
}
