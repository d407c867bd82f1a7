import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { ChainDisagreesError, isChainTrouble, SingleSourceError } from '#src/chain/port/chain.errors.js';
import { Clock } from '#src/common/clock.js';
import { DomainError } from '#src/common/errors/errors.js';
import { Transactions } from '#src/common/database/transactions.js';
import { AttemptProofs } from '#src/releases/landing/attempt-proofs.service.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { DeadAttempts, deadOf } from '#src/releases/landing/dead-attempts.service.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { PayoutRedirects } from '#src/releases/bookings/payout-redirects.service.js';
import { HistoryGuard } from '#src/releases/history/history-guard.service.js';
import { PauseCheck } from '#src/releases/pauses/pause-check.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { ChangedDestinations } from '#src/releases/planning/changed-destinations.service.js';
import { PayoutPlanner } from '#src/releases/planning/payout-planner.service.js';
import { type StepResult, waitingFor } from '#src/releases/landing/step-result.js';
import { PayoutSigning } from './payout-signing.service.js';

/** A message that is younger than this may be signed right now by another worker. */
const UNSIGNED_AFTER_MS = 20_000;

/** The steps of a payout until it is signed. Each may be run by several workers at once. */
@Injectable()
export class PayoutSteps {
  constructor(
    private readonly chain: Chain,
    private readonly signing: PayoutSigning,
    private readonly history: HistoryGuard,
    private readonly planner: PayoutPlanner,
    private readonly changed: ChangedDestinations,
    private readonly redirects: PayoutRedirects,
    private readonly bookings: PayoutBookings,
    private readonly pauses: PauseCheck,
    private readonly proofs: AttemptProofs,
    private readonly deadAttempts: DeadAttempts,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /** Checks, simulates, and stores the message to sign. */
  async prepare(payout: Payout, earlier: readonly PayoutAttempt[]): Promise<StepResult> {
    const isPaused = await this.pauses.keeps(payout);
    const underWay = await this.attempts.findUnderWay(this.transactions.manager, payout.source);
    if (underWay !== null) {
      const { payoutId } = underWay;
      return isPaused
        ? 'paused'
        : waitingFor(`payout ${payoutId}, which is under way out of the same escrow`);
    }
    if (await this.bookLanded(payout, earlier)) return 'moved';
    if (isPaused) return 'paused';
    const doubt = await this.proofs.balanceDoubt(payout, deadOf(earlier));
    if (doubt !== null) return waitingFor(doubt);
    const examined = await this.signing.examine(payout);
    if ('refusal' in examined) return waitingFor(examined.refusal);
    const destination = await this.changed.choose(examined.value);
    if (destination !== payout.destination) return this.redirect(payout, destination);
    const found = await this.history.look(payout, earlier.length);
    if (found !== null) return found;
    const result = await this.planner.plan(payout, earlier);
    if (!result.ok) {
      await this.bookings.waiting(payout, 'payout_blocked_error', result.refusal.message);
      return waitingFor(result.refusal.message);
    }
    const written = await this.bookings.prepared(payout, earlier, result.plan);
    return written === null ? waitingFor(null) : { written };
  }

  private async redirect(payout: Payout, destination: string): Promise<StepResult> {
    return (await this.redirects.redirect(payout, destination)) ? 'moved' : waitingFor(null);
  }

  /**
   * The last look before another transaction is signed: endpoints that proved a death together may have lied together.
   * @returns whether an earlier attempt has landed after all
   * @throws SingleSourceError, ChainDisagreesError while it is not certain that none has
   */
  private async bookLanded(payout: Payout, earlier: readonly PayoutAttempt[]): Promise<boolean> {
    for (const { attempt, landing } of await this.deadAttempts.seen(earlier)) {
      if ('slot' in landing) return this.bookings.deadConfirmed(payout, attempt, landing.slot);
      if (landing.state === 'seen') throw new SingleSourceError('a payment', landing.reason);
      throw new ChainDisagreesError('a payment', landing.reason);
    }
    return false;
  }

  /** Signs the stored message; asked again after a crash, the signature is the same. */
  async sign(payout: Payout, attempt: PayoutAttempt, all: readonly PayoutAttempt[]): Promise<StepResult> {
    if (await this.isExpiredUnsigned(attempt)) {
      await this.bookings.abandoned(payout, attempt);
      return 'moved';
    }
    if (await this.pauses.keeps(payout)) return 'paused';
    const signed = await this.signing.sign(payout, attempt);
    if ('refusal' in signed) return waitingFor(signed.refusal);
    const written = await this.bookings.signed(payout, attempt, signed.transaction);
    if (written === null) return 'moved';
    const attempts = all.map((one) => (one.id === attempt.id ? written : one));
    return { written: { payout: { ...payout, waitingFor: null }, attempts } };
  }

  /** Only a worker that died between two commits leaves a message unsigned for long. */
  private async isExpiredUnsigned(attempt: PayoutAttempt): Promise<boolean> {
    if (this.ageOf(attempt) < UNSIGNED_AFTER_MS) return false;
    return (await this.chain.finalizedHeights()).highest > attempt.lastValidBlockHeight;
  }

  private ageOf(attempt: PayoutAttempt): number {
    return this.clock.now().getTime() - attempt.createdAt.getTime();
  }
}

/** An error that time may heal: the payout waits, and the driver tries again. */
export function isTransient(error: unknown): error is DomainError {
  return isChainTrouble(error) || (error instanceof DomainError && error.code === 'custody_unavailable');
}
