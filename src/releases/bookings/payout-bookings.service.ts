import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditEvent } from '#src/common/audit-events.js';
import type { Landing } from '#src/chain/port/chain.js';
import type { SignedTransaction } from '#src/chain/signing/transfer-transaction.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { Transactions, violatedConstraint } from '#src/common/database/transactions.js';
import { EscrowBalances } from '#src/escrow/escrows/escrow-balances.service.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { attemptFact, failedFact, paidFact, signatureFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { isDustFailure } from '#src/releases/planning/lessons.js';
import { statusAfterFailure } from '#src/releases/payouts/payout.js';
import { waitingForOf } from '#src/releases/payouts/waiting-for.js';
import { newAttempt } from '#src/releases/planning/new-attempt.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAudit } from './payout-audit.service.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { PayoutEffects } from './payout-effects.port.js';
import { PauseCheck } from '#src/releases/pauses/pause-check.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import type { PayoutPlan } from '#src/releases/planning/payout-planner.service.js';
import type { PayoutState } from '#src/releases/payouts/payout-state.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';

const ATTEMPT_CONSTRAINTS = [
  'payout_attempts_one_live',
  'payout_attempts_one_under_way',
  'payout_attempts_number_key',
];

type Landed = Extract<Landing, { state: 'confirmed' | 'finalized' }>;

/** Thrown inside a booking when somebody else has moved the row: rolls everything back, and is no error. */
class LostRace extends Error {}

/**
 * Books what has happened to a payout: attempt, payout, business state and audit row in one transaction, each by a
 * conditional update. Every method returns false, with nothing written, when another worker was first.
 */
@Injectable()
export class PayoutBookings {
  constructor(
    private readonly transactions: Transactions,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly effects: PayoutEffects,
    private readonly pauses: PauseCheck,
    private readonly balances: EscrowBalances,
    private readonly marks: Marks,
    private readonly counts: AttemptCounts,
    private readonly audit: PayoutAudit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** pending -> in_flight, with the message that will be signed. @returns what is written; null when somebody else was first */
  async prepared(
    payout: Payout,
    earlier: readonly PayoutAttempt[],
    plan: PayoutPlan,
  ): Promise<PayoutState | null> {
    const attempt = newAttempt(payout, earlier.length + 1, plan, this.ids.uuid(), this.clock.now());
    const amount = payout.drain ? { amountLamports: plan.amount } : {};
    const change = { status: 'in_flight', waitingFor: null, ...amount } as const;
    try {
      const booked = await this.book(async (manager) => {
        mustWin(await this.payouts.move(manager, payout.id, 'pending', change));
        mustWin(await this.counts.advance(manager, payout.id, 'planned'));
        await this.attempts.insert(manager, attempt);
        await this.marks.make(manager, attemptFact(attempt));
      });
      return booked ? { payout: { ...payout, ...change }, attempts: [...earlier, attempt] } : null;
    } catch (error) {
      if (ATTEMPT_CONSTRAINTS.includes(violatedConstraint(error) ?? '')) return null;
      throw error;
    }
  }

  /**
   * From here on the transaction may land: its signature and bytes are known before anything is sent.
   * @returns the attempt as it is written; null when somebody else was first, or the payout is paused
   */
  async signed(
    payout: Payout,
    attempt: PayoutAttempt,
    transaction: SignedTransaction,
  ): Promise<PayoutAttempt | null> {
    const { signature } = transaction;
    const rawTransaction = Buffer.from(transaction.bytes);
    const change = { status: 'signed', signature, rawTransaction, signedAt: this.clock.now() } as const;
    const booked = await this.book(async (manager) => {
      mustWin(!(await this.pauses.keepsUnderLock(manager, payout)));
      mustWin(await this.counts.advance(manager, payout.id, 'signed'));
      mustWin(await this.attempts.move(manager, attempt.id, 'prepared', change));
      await this.marks.make(manager, signatureFact({ id: attempt.id, signature, rawTransaction }));
      mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { waitingFor: null }));
      await this.effects.signed(manager, payout, signature);
      await this.audit.write(manager, payout, 'payout_signed', { ...attempt, signature });
    });
    return booked ? { ...attempt, ...change } : null;
  }

  /** The message is too old to be signed any more. */
  async abandoned(payout: Payout, attempt: PayoutAttempt): Promise<boolean> {
    return this.book(async (manager) => {
      const change = { status: 'abandoned', endedAt: this.clock.now() } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'prepared', change));
      mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { status: 'pending' }));
      await this.audit.write(manager, payout, 'payout_abandoned', attempt);
    });
  }

  /** Landed: the money has moved, and so does the business state. */
  async confirmed(payout: Payout, attempt: PayoutAttempt, landing: Landed): Promise<boolean> {
    const { slot: landedSlot, alone = false } = landing;
    const booked = await this.book(async (manager) => {
      const confirmedAt = this.clock.now();
      const change = { status: 'confirmed', confirmedAt, landedSlot } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'signed', change));
      await this.settle(manager, payout, attempt, { confirmedAt, landedSlot, alone });
    });
    this.balances.expire(payout.source);
    return booked;
  }

  /** An attempt that was proven dead has landed after all: booked as paid, with an alarm about the endpoints. */
  async deadConfirmed(payout: Payout, attempt: PayoutAttempt, landedSlot: bigint): Promise<boolean> {
    const booked = await this.book(async (manager) => {
      const confirmedAt = this.clock.now();
      mustWin(await this.payouts.move(manager, payout.id, 'pending', { status: 'in_flight' }));
      const change = { status: 'confirmed', confirmedAt, landedSlot, endedAt: null } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'dead', change));
      await this.settle(manager, payout, attempt, { confirmedAt, landedSlot, alone: false });
      await this.audit.write(manager, payout, 'payout_dead_landed_error', attempt, {
        slot: Number(landedSlot),
      });
    });
    this.balances.expire(payout.source);
    return booked;
  }

  async finalized(payout: Payout, attempt: PayoutAttempt): Promise<boolean> {
    return this.book(async (manager) => {
      const at = this.clock.now();
      mustWin(
        await this.attempts.move(manager, attempt.id, 'confirmed', { status: 'finalized', endedAt: at }),
      );
      const change = { status: 'finalized', finalizedAt: at, waitingFor: null } as const;
      mustWin(await this.payouts.move(manager, payout.id, 'confirmed', change));
      await this.audit.write(manager, payout, 'payout_finalized', attempt);
    });
  }

  /** Landed with an on-chain error, finalized: the attempt has ended, the payout has not. */
  async failed(payout: Payout, attempt: PayoutAttempt, error: string, landedSlot: bigint): Promise<boolean> {
    return this.book(async (manager) => {
      const change = { status: 'failed', error, landedSlot, endedAt: this.clock.now() } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'signed', change));
      await this.marks.make(manager, failedFact(attempt.id));
      if (isDustFailure(attempt, error)) {
        // No failure of the payout: the next attempt is planned on the new balance at once.
        mustWin(
          await this.payouts.move(manager, payout.id, 'in_flight', { status: 'pending', waitingFor: null }),
        );
        await this.audit.write(manager, payout, 'payout_dusted', attempt, { error });
        return;
      }
      const failures = payout.failures + 1;
      const status = statusAfterFailure(failures);
      mustWin(
        await this.payouts.move(manager, payout.id, 'in_flight', { status, failures, waitingFor: error }),
      );
      await this.audit.write(manager, payout, 'payout_failed_error', attempt, { error, failures });
      if (status === 'stopped')
        await this.audit.write(manager, payout, 'payout_stopped_error', attempt, { failures });
    });
  }

  /**
   * Proven unable to land: only now may another transaction be signed for this payout. One that was confirmed has vanished; its
   * business state has moved, and moves no second time.
   */
  async dead(
    payout: Payout,
    attempt: PayoutAttempt,
    proof: { rule: string; finalizedHeight: bigint },
  ): Promise<boolean> {
    return this.book(async (manager) => {
      mustWin(
        await this.attempts.move(manager, attempt.id, attempt.status, {
          status: 'dead',
          endedAt: this.clock.now(),
        }),
      );
      const fresh = { status: 'pending', confirmedAt: null, confirmedAlone: false } as const;
      mustWin(await this.payouts.move(manager, payout.id, payout.status, fresh));
      const fields = { rule: proof.rule, finalizedHeight: Number(proof.finalizedHeight) };
      await this.audit.write(manager, payout, 'payout_expired', attempt, fields);
    });
  }

  /** Given up by a person. The database refuses it while an attempt may land. @returns false when it has moved on */
  async cancelled(manager: EntityManager, payout: Payout): Promise<boolean> {
    return this.payouts.move(manager, payout.id, ['pending', 'stopped'], { status: 'cancelled' });
  }

  /** Reports once that a payout waits, and for what. */
  async waiting(payout: Payout, event: AuditEvent, reason: string, attempt?: PayoutAttempt): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (!(await this.payouts.noteWaiting(manager, payout.id, reason))) return;
      await this.audit.write(manager, payout, event, attempt, { reason });
    });
  }

  /** Decided long ago and not confirmed: one alarm for each payout. */
  async delayed(payout: Payout, attempt: PayoutAttempt | null): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (!(await this.payouts.noteAlarm(manager, payout.id, this.clock.now()))) return;
      const fields = { status: payout.status, waitingFor: waitingForOf(payout, attempt) };
      await this.audit.write(manager, payout, 'payout_delayed_error', attempt ?? undefined, fields);
    });
  }

  /** An attempt that was proven dead is seen on chain while another one has paid: one alarm. */
  async deadLanded(payout: Payout, attempt: PayoutAttempt): Promise<void> {
    await this.audit.writeOnce(payout, 'payout_dead_landed_error', attempt);
  }

  /** The first hand-over to an endpoint; informational. */
  async broadcast(attempt: PayoutAttempt): Promise<void> {
    await this.attempts.noteBroadcast(this.transactions.manager, attempt.id, this.clock.now());
  }

  private async settle(
    manager: EntityManager,
    payout: Payout,
    attempt: PayoutAttempt,
    { confirmedAt, landedSlot, alone }: { confirmedAt: Date; landedSlot: bigint; alone: boolean },
  ): Promise<void> {
    const paid = {
      status: 'confirmed',
      confirmedAt,
      confirmedAlone: alone,
      failures: 0,
      waitingFor: null,
    } as const;
    const amount = payout.drain ? { amountLamports: attempt.amountLamports } : {};
    mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { ...paid, ...amount }));
    await this.marks.make(manager, paidFact(payout.id));
    const fields = { slot: Number(landedSlot), ...(alone ? { alone } : {}) };
    await this.audit.write(manager, payout, 'payout_confirmed', attempt, fields);
    if (attempt.confirmedAt !== null || (await this.attempts.hasVanished(manager, payout.id))) return;
    // The money has moved all the same, so the booking stands; a person has to see to the rest.
    await this.effects.confirmed(manager, payout, attempt, (missed) =>
      this.audit.write(manager, payout, 'payout_effect_missed_error', attempt, { missed }),
    );
  }

  private async book(work: (manager: EntityManager) => Promise<void>): Promise<boolean> {
    try {
      await this.transactions.run(work);
      return true;
    } catch (error) {
      if (error instanceof LostRace) return false;
      throw error;
    }
  }
}

function mustWin(won: boolean): void {
  if (!won) throw new LostRace();
}
