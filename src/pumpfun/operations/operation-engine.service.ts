import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { isChainTrouble } from '#src/chain/port/chain.errors.js';
import { Chain } from '#src/chain/port/chain.js';
import { assembleTransaction } from '#src/chain/signing/transfer-transaction.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { DomainError } from '#src/common/errors/errors.js';
import { Shutdown } from '#src/common/shutdown.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { signatureFact } from '#src/escrow/door/facts/facts.js';
import { operationFact } from '#src/escrow/door/facts/operation-facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { isLiveAttempt, nextOperationStep, OPEN_OPERATIONS } from './operation.js';
import type { OperationAttempt } from './operation-attempt.entity.js';
import { OperationBookings } from './operation-bookings.service.js';
import { OperationLanding, type OperationResult } from './operation-landing.service.js';
import { OperationRepository } from './operation.repository.js';
import { OperationWorks } from './operation-works.service.js';
import type { Operation } from './operation.entity.js';

/** A message that is younger than this may be signed right now by another worker. */
const UNSIGNED_AFTER_MS = 20_000;
/** What cannot be done as things stand is not tried every few seconds. */
const BLOCKED_FOR_MS = 60_000;

const LOOKED_AT =
  'nothing is sent, taken for dead or booked until a person has looked (RUNBOOK.md, escrow_signing_refused_error)';

/** Takes operations to their end, one step at a time. Safe to run anywhere, any number of times, at once. */
@Injectable()
export class OperationEngine {
  constructor(
    private readonly works: OperationWorks,
    private readonly landing: OperationLanding,
    private readonly bookings: OperationBookings,
    private readonly rows: OperationRepository,
    private readonly attempts: AttemptCounts,
    private readonly marks: Marks,
    private readonly chain: Chain,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** As many steps as can be taken without waiting. Never throws for the chain. */
  async run(id: string): Promise<void> {
    for (;;) {
      const operation = await this.rows.find(this.transactions.manager, id);
      if (operation === null || this.shutdown.isShuttingDown) return;
      const result = await this.step(operation);
      if (result === 'moved') continue;
      if (result.wait !== operation.waitingFor)
        await this.rows.noteWaiting(this.transactions.manager, id, result.wait);
      await this.alarm({ ...operation, waitingFor: result.wait });
      return;
    }
  }

  private async step(operation: Operation): Promise<OperationResult> {
    const all = await this.rows.findAttempts(this.transactions.manager, operation.id);
    const live = all.find(({ status }) => isLiveAttempt(status)) ?? null;
    try {
      const doubt = await this.doubt(operation, all);
      if (doubt !== null) return { wait: doubt };
      const step = nextOperationStep(operation.status, live?.status ?? null);
      if (step === 'prepare') return await this.prepare(operation, all);
      if (live === null || step === 'rest') return { wait: null };
      return step === 'sign'
        ? await this.sign(operation, live)
        : await this.landing.land(operation, live, all);
    } catch (error) {
      if (isTransient(error)) return { wait: error.message };
      throw error;
    }
  }

  private async prepare(
    operation: Operation,
    earlier: readonly OperationAttempt[],
  ): Promise<OperationResult> {
    const signed = earlier.filter(({ signature }) => signature !== null);
    const landed = await this.landing.deadLanded(operation, signed);
    if (landed !== null) return landed;
    const planned = await this.works.of(operation.kind).plan(operation);
    if ('later' in planned) return { wait: planned.later };
    if ('wait' in planned) {
      await this.bookings.refused(operation, 'pump_transaction_blocked_error', planned.wait);
      const again = new Date(this.clock.now().getTime() + BLOCKED_FOR_MS);
      await this.rows.schedule(this.transactions.manager, operation.id, again);
      return { wait: planned.wait };
    }
    if ('over' in planned) {
      await this.bookings.cancelled(operation, planned.over);
      return 'moved';
    }
    const isFirst = await this.bookings.prepared(operation, earlier.length + 1, planned.plan);
    return isFirst ? 'moved' : { wait: await this.missing(operation) };
  }

  /** Null when another worker was first; a transaction that is missing in the table may have landed. */
  private async missing(operation: Operation): Promise<string | null> {
    const { manager } = this.transactions;
    if ((await this.attempts.complete(manager, operation.id)) !== null) return null;
    const reason = `a transaction of operation ${operation.id} is missing in the table: ${LOOKED_AT}`;
    await this.bookings.refused(operation, 'escrow_signing_refused_error', reason);
    return reason;
  }

  /** Signs the stored message; asked again after a crash, the signature is the same. */
  private async sign(operation: Operation, attempt: OperationAttempt): Promise<OperationResult> {
    if (await this.isExpiredUnsigned(attempt)) {
      await this.bookings.abandoned(operation, attempt);
      return 'moved';
    }
    try {
      const signatures = await this.works.of(operation.kind).sign(operation, attempt);
      const transaction = assembleTransaction(new Uint8Array(attempt.message), signatures);
      return (await this.bookings.signed(operation, attempt, transaction)) ? 'moved' : { wait: null };
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'signing_refused') throw error;
      await this.bookings.refused(operation, 'escrow_signing_refused_error', error.detail);
      return { wait: error.detail };
    }
  }

  /** Only a worker that died between two commits leaves a message unsigned for long. */
  private async isExpiredUnsigned({ createdAt, lastValidBlockHeight }: OperationAttempt): Promise<boolean> {
    if (this.clock.now().getTime() - createdAt.getTime() < UNSIGNED_AFTER_MS) return false;
    return (await this.chain.finalizedHeights()).highest > lastValidBlockHeight;
  }

  /** Why these attempts are not what this server has planned and signed; null when they are. */
  private async doubt(operation: Operation, attempts: readonly OperationAttempt[]): Promise<string | null> {
    const signed = attempts.filter(({ signature }) => signature !== null);
    const facts = [...attempts.map(operationFact), ...signed.map(signatureFact)];
    const [forged] = await this.marks.unproven(this.transactions.manager, facts);
    if (forged === undefined) return null;
    const reason = `attempt ${forged.id} is not what this server has planned and signed: ${LOOKED_AT}`;
    await this.bookings.refused(operation, 'escrow_signing_refused_error', reason);
    return reason;
  }

  private async alarm(operation: Operation): Promise<void> {
    if (operation.alarmedAt !== null || !OPEN_OPERATIONS.includes(operation.status)) return;
    const ageMs = this.clock.now().getTime() - operation.createdAt.getTime();
    if (ageMs >= this.settings.env.PAYOUT_ALARM_SECONDS * 1000) await this.bookings.delayed(operation);
  }
}

/** An error that time may heal: the operation waits, and the driver tries again. */
function isTransient(error: unknown): error is DomainError {
  return isChainTrouble(error) || (error instanceof DomainError && error.code === 'custody_unavailable');
}
