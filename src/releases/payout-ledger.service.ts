import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { SignedTransaction } from '../chain/transfer-transaction.js';
import { Clock } from '../common/clock.js';
import { Ids } from '../common/ids.js';
import { Transactions, violatedConstraint } from '../common/transactions.js';
import { EscrowBalances } from '../escrow/balances.service.js';
import { statusAfterFailure } from './payout.js';
import { newAttempt } from './new-attempt.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAudit } from './payout-audit.service.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutEffects } from './payout-effects.service.js';
import { PayoutPauses } from './payout-pauses.service.js';
import { Payout } from './payout.entity.js';
import type { PayoutPlan } from './payout-plan.service.js';
import { PayoutRepository } from './payout.repository.js';

const ATTEMPT_CONSTRAINTS = [
  'payout_attempts_one_live',
  'payout_attempts_one_under_way',
  'payout_attempts_number_key',
];

/** Thrown inside a booking when somebody else has moved the row: rolls everything back, and is no error. */
class LostRace extends Error {}

/**
 * Books what has happened to a payout: attempt, payout, business state and audit row in one transaction, each by a
 * conditional update. Every method returns false, with nothing written, when another worker was first.
 */
@Injectable()
export class PayoutLedger {
  constructor(
    private readonly transactions: Transactions,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly effects: PayoutEffects,
    private readonly pauses: PayoutPauses,
    private readonly balances: EscrowBalances,
    private readonly audit: PayoutAudit,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** pending -> in_flight, with the message that will be signed. */
  async prepared(payout: Payout, number: number, plan: PayoutPlan): Promise<boolean> {
    const attempt = newAttempt(payout, number, plan, this.ids.uuid(), this.clock.now());
    try {
      return await this.book(async (manager) => {
        const change = { status: 'in_flight', waitingFor: null } as const;
        const amount = payout.drain ? { amountLamports: plan.amount } : {};
        mustWin(await this.payouts.move(manager, payout.id, 'pending', { ...change, ...amount }));
        await this.attempts.insert(manager, attempt);
      });
    } catch (error) {
      if (ATTEMPT_CONSTRAINTS.includes(violatedConstraint(error) ?? '')) return false;
      throw error;
    }
  }

  /**
   * From here on the transaction may land: its signature and bytes are known before anything is sent.
   * @returns false also when the payout is paused
   */
  async signed(payout: Payout, attempt: PayoutAttempt, transaction: SignedTransaction): Promise<boolean> {
    return this.book(async (manager) => {
      mustWin(!(await this.pauses.keepsUnderLock(manager, payout)));
      const { signature } = transaction;
      const rawTransaction = Buffer.from(transaction.bytes);
      const change = { status: 'signed', signature, rawTransaction, signedAt: this.clock.now() } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'prepared', change));
      mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { waitingFor: null }));
      await this.effects.signed(manager, payout, signature);
      await this.audit.write(manager, payout, 'payout_signed', { ...attempt, signature });
    });
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
  async confirmed(payout: Payout, attempt: PayoutAttempt, landedSlot: bigint): Promise<boolean> {
    const booked = await this.book(async (manager) => {
      const confirmedAt = this.clock.now();
      const change = { status: 'confirmed', confirmedAt, landedSlot } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'signed', change));
      await this.settle(manager, payout, attempt, confirmedAt, landedSlot);
    });
    this.balances.expire(payout.source);
    return booked;
  }

  /** An attempt that was proven dead has landed after all: booked as paid, with an alarm about the endpoints. */
  async resurrected(payout: Payout, attempt: PayoutAttempt, landedSlot: bigint): Promise<boolean> {
    const booked = await this.book(async (manager) => {
      const confirmedAt = this.clock.now();
      mustWin(await this.payouts.move(manager, payout.id, 'pending', { status: 'in_flight' }));
      const change = { status: 'confirmed', confirmedAt, landedSlot, endedAt: null } as const;
      mustWin(await this.attempts.move(manager, attempt.id, 'dead', change));
      await this.settle(manager, payout, attempt, confirmedAt, landedSlot);
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

  /** Proven unable to land: only now may another transaction be signed for this payout. */
  async dead(
    payout: Payout,
    attempt: PayoutAttempt,
    proof: { rule: string; finalizedHeight: bigint },
  ): Promise<boolean> {
    return this.book(async (manager) => {
      mustWin(
        await this.attempts.move(manager, attempt.id, 'signed', {
          status: 'dead',
          endedAt: this.clock.now(),
        }),
      );
      mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { status: 'pending' }));
      const fields = { rule: proof.rule, finalizedHeight: Number(proof.finalizedHeight) };
      await this.audit.write(manager, payout, 'payout_expired', attempt, fields);
    });
  }

  /** Given up by a person. The database refuses it while an attempt may land. @returns false when it has moved on */
  async cancelled(manager: EntityManager, payout: Payout): Promise<boolean> {
    return this.payouts.move(manager, payout.id, ['pending', 'stopped'], { status: 'cancelled' });
  }

  /** Reports once that a payout waits, and for what. */
  async waiting(payout: Payout, event: string, reason: string, attempt?: PayoutAttempt): Promise<void> {
    await this.transactions.run(async (manager) => {
      if (!(await this.payouts.noteWaiting(manager, payout.id, reason))) return;
      await this.audit.write(manager, payout, event, attempt, { reason });
    });
  }

  /** The first hand-over to an endpoint; informational. */
  async broadcast(attempt: PayoutAttempt): Promise<void> {
    await this.attempts.noteBroadcast(this.transactions.manager, attempt.id, this.clock.now());
  }

  private async settle(
    manager: EntityManager,
    payout: Payout,
    attempt: PayoutAttempt,
    confirmedAt: Date,
    landedSlot: bigint,
  ): Promise<void> {
    const paid = { status: 'confirmed', confirmedAt, failures: 0, waitingFor: null } as const;
    const amount = payout.drain ? { amountLamports: attempt.amountLamports } : {};
    mustWin(await this.payouts.move(manager, payout.id, 'in_flight', { ...paid, ...amount }));
    await this.effects.confirmed(manager, payout, signatureOf(attempt));
    await this.audit.write(manager, payout, 'payout_confirmed', attempt, { slot: Number(landedSlot) });
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

function signatureOf(attempt: PayoutAttempt): string {
  if (attempt.signature === null) throw new Error(`attempt ${attempt.id} has no signature`);
  return attempt.signature;
}

function mustWin(won: boolean): void {
  if (!won) throw new LostRace();
}
