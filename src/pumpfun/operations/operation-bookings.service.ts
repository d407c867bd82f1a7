import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Audit } from '#src/audit/log/audit.service.js';
import type { SignedTransaction } from '#src/chain/signing/transfer-transaction.js';
import type { AuditEvent } from '#src/common/audit-events.js';
import { Clock } from '#src/common/clock.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { Ids } from '#src/common/ids.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { signatureFact } from '#src/escrow/door/facts/facts.js';
import { operationFact } from '#src/escrow/door/facts/operation-facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { statusAfterFailures } from './operation.js';
import type { OperationAttempt } from './operation-attempt.entity.js';
import type { Operation } from './operation.entity.js';
import type { OperationPlan } from './operation-work.js';
import { OperationRepository } from './operation.repository.js';

const SOMEBODY_WAS_FIRST = [
  'pump_operations_pkey',
  'pump_operations_number_key',
  'pump_operations_one_open',
  'pump_attempts_number_key',
  'pump_attempts_one_live',
];

class LostRace extends Error {}

/**
 * Books what has happened to an operation: attempt, operation and audit row in one transaction, each by a conditional update.
 * Every method returns false, with nothing written, when another worker was first.
 */
@Injectable()
export class OperationBookings {
  constructor(
    private readonly rows: OperationRepository,
    private readonly attempts: AttemptCounts,
    private readonly marks: Marks,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Writes a new operation; nothing of it can land yet. */
  async begun(operation: Operation): Promise<boolean> {
    return this.book((manager) => this.beginIn(manager, operation));
  }

  /** The same in the transaction that decides it. */
  async beginIn(manager: EntityManager, operation: Operation): Promise<void> {
    await this.rows.insert(manager, operation);
    await this.attempts.begin(manager, operation.id);
  }

  /** pending -> in_flight, with the message that will be signed. */
  async prepared(operation: Operation, number: number, plan: OperationPlan): Promise<boolean> {
    const attempt = this.attemptOf(operation, number, plan);
    return this.book(async (manager) => {
      const change = { status: 'in_flight', waitingFor: null } as const;
      mustWin(await this.rows.move(manager, operation.id, 'pending', change));
      mustWin(await this.attempts.advance(manager, operation.id, 'planned'));
      await this.rows.insertAttempt(manager, attempt);
      await this.marks.make(manager, operationFact(attempt));
    });
  }

  /** From here on the transaction may land: its signature and bytes are known before anything is sent. */
  async signed(
    operation: Operation,
    { id }: OperationAttempt,
    transaction: SignedTransaction,
  ): Promise<boolean> {
    const { signature } = transaction;
    const rawTransaction = Buffer.from(transaction.bytes);
    return this.book(async (manager) => {
      const change = { status: 'signed', signature, rawTransaction, signedAt: this.clock.now() } as const;
      mustWin(await this.attempts.advance(manager, operation.id, 'signed'));
      mustWin(await this.rows.moveAttempt(manager, id, 'prepared', change));
      await this.marks.make(manager, signatureFact({ id, signature, rawTransaction }));
      mustWin(await this.rows.move(manager, operation.id, 'in_flight', { waitingFor: null }));
      await this.write(manager, operation, 'pump_transaction_signed', { signature });
    });
  }

  /** The message is too old to be signed any more. */
  async abandoned(operation: Operation, attempt: OperationAttempt): Promise<boolean> {
    return this.book(async (manager) => {
      const change = { status: 'abandoned', endedAt: this.clock.now() } as const;
      mustWin(await this.rows.moveAttempt(manager, attempt.id, 'prepared', change));
      mustWin(await this.rows.move(manager, operation.id, 'in_flight', { status: 'pending' }));
    });
  }

  /** Finalized; what it has brought is read from the chain. From `dead` as well, when the proof of its death was a lie. */
  async done(
    operation: Operation,
    attempt: OperationAttempt,
    { slot, gained }: { readonly slot: bigint; readonly gained: bigint },
  ): Promise<boolean> {
    const endedAt = this.clock.now();
    return this.book(async (manager) => {
      const landed = { status: 'finalized', landedSlot: slot, endedAt } as const;
      mustWin(await this.rows.moveAttempt(manager, attempt.id, attempt.status, landed));
      const change = { status: 'done', waitingFor: null, gainedLamports: gained, endedAt } as const;
      mustWin(await this.rows.move(manager, operation.id, operation.status, change));
      const fields = { lamports: toJsonLamports(gained), slot: Number(slot) };
      const { signature } = attempt;
      await this.write(manager, operation, 'pump_transaction_done', { signature, fields });
    });
  }

  /** Landed with an error, finalized: the attempt has ended; the third one in a row ends the operation. */
  async failed(
    operation: Operation,
    attempt: OperationAttempt,
    error: string,
    slot: bigint,
  ): Promise<boolean> {
    const endedAt = this.clock.now();
    const failures = operation.failures + 1;
    const status = statusAfterFailures(failures);
    return this.book(async (manager) => {
      const landed = { status: 'failed', landedSlot: slot, endedAt, error } as const;
      mustWin(await this.rows.moveAttempt(manager, attempt.id, 'signed', landed));
      const ended = status === 'stopped' ? { endedAt } : {};
      const change = { status, failures, waitingFor: error, ...ended };
      mustWin(await this.rows.move(manager, operation.id, 'in_flight', change));
      const fields = { error, failures, isStopped: status === 'stopped' };
      await this.write(manager, operation, 'pump_transaction_failed_error', {
        signature: attempt.signature,
        fields,
      });
    });
  }

  /** Proven unable to land: only now may another transaction be signed for this operation. */
  async dead(operation: Operation, attempt: OperationAttempt, rule: string): Promise<boolean> {
    return this.book(async (manager) => {
      const change = { status: 'dead', endedAt: this.clock.now() } as const;
      mustWin(await this.rows.moveAttempt(manager, attempt.id, 'signed', change));
      mustWin(await this.rows.move(manager, operation.id, 'in_flight', { status: 'pending' }));
      const { signature } = attempt;
      await this.write(manager, operation, 'pump_transaction_expired', { signature, fields: { rule } });
    });
  }

  /** There is nothing to do any more. */
  async cancelled(operation: Operation, reason: string): Promise<boolean> {
    return this.book(async (manager) => {
      const change = { status: 'cancelled', waitingFor: reason, endedAt: this.clock.now() } as const;
      mustWin(await this.rows.move(manager, operation.id, 'pending', change));
    });
  }

  /** An alarm, once for each reason. */
  async refused(operation: Operation, event: AuditEvent, reason: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (!(await this.rows.noteWaiting(manager, operation.id, reason))) return;
      await this.write(manager, operation, event, { fields: { reason } });
    });
  }

  /** Begun long ago and not done: one alarm for each operation. */
  async delayed(operation: Operation): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (!(await this.rows.noteAlarm(manager, operation.id, this.clock.now()))) return;
      const { status, waitingFor } = operation;
      await this.write(manager, operation, 'pump_transaction_delayed_error', {
        fields: { status, waitingFor },
      });
    });
  }

  private async write(
    manager: EntityManager,
    { id: operationId, kind, commitmentId }: Operation,
    event: AuditEvent,
    { signature = null, fields = {} }: { readonly signature?: string | null; readonly fields?: object },
  ): Promise<void> {
    await this.audit.record(manager, {
      event,
      commitmentId,
      ...(signature === null ? {} : { signature }),
      fields: { operationId, kind, ...fields },
    });
  }

  private attemptOf({ id }: Operation, number: number, plan: OperationPlan): OperationAttempt {
    const { lease, feePayer, choice, message } = plan;
    return {
      id: this.ids.uuid(),
      operationId: id,
      number,
      status: 'prepared',
      feePayer,
      plan: choice,
      message: Buffer.from(message),
      blockhash: lease.blockhash,
      lastValidBlockHeight: lease.lastValidBlockHeight,
      leaseHeights: lease.heights.map(({ voice, height }) => ({ voice, height: Number(height) })),
      blockhashSlot: lease.slot,
      signature: null,
      rawTransaction: null,
      createdAt: this.clock.now(),
      signedAt: null,
      broadcastAt: null,
      landedSlot: null,
      endedAt: null,
      error: null,
    };
  }

  private async book(work: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    try {
      await this.transactions.run(work);
      return true;
    } catch (error) {
      if (error instanceof LostRace) return false;
      if (SOMEBODY_WAS_FIRST.includes(violatedConstraint(error) ?? '')) return false;
      throw error;
    }
  }
}

function mustWin(won: boolean): void {
  if (!won) throw new LostRace();
}
