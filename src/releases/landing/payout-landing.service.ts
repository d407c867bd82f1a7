import { Injectable } from '@nestjs/common';
import { Chain, type Landing } from '#src/chain/port/chain.js';
import type { DeathFinding } from '#src/chain/port/death.js';
import { Clock } from '#src/common/clock.js';
import { Shutdown } from '#src/common/shutdown.js';
import { type PayoutAttempt, signatureOf } from '#src/releases/payouts/payout-attempt.entity.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { AttemptProofs } from './attempt-proofs.service.js';
import { DeadAttempts } from './dead-attempts.service.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { type StepResult, waitingFor } from './step-result.js';

// Recent statuses answer for about a minute; an attempt older than this is looked up in the whole ledger.
const HISTORY_AFTER_MS = 20_000;
const REBROADCAST_EVERY_MS = 1_500;

/** From the first broadcast to the end: what is signed lands, or is proven dead. Each step may be run by several workers. */
@Injectable()
export class PayoutLanding {
  private readonly lastBroadcast = new Map<string, number>();

  constructor(
    private readonly chain: Chain,
    private readonly bookings: PayoutBookings,
    private readonly proofs: AttemptProofs,
    private readonly deadAttempts: DeadAttempts,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Sends the stored bytes until the chain has them, or they can be proven dead. */
  async land(payout: Payout, attempt: PayoutAttempt, all: readonly PayoutAttempt[]): Promise<StepResult> {
    const isFirst = attempt.broadcastAt === null;
    if (isFirst) {
      await this.bookings.broadcast(attempt);
      await this.send(attempt);
    }
    // With a silent endpoint the next question takes its whole deadline; the next process asks it.
    if (this.shutdown.isShuttingDown) return waitingFor(null);
    const landing = await this.landingOf(attempt);
    switch (landing.state) {
      case 'confirmed':
      case 'finalized':
        await this.bookings.confirmed(payout, attempt, landing);
        return this.done(attempt);
      case 'failed':
        await this.bookings.failed(payout, attempt, landing.error, landing.slot);
        return this.done(attempt);
      case 'disputed':
        return waitingFor(`transaction ${attempt.signature}: ${landing.reason}`);
      case 'seen':
        // Who says so may have swallowed it: the others get the bytes for as long as they live.
        await this.sendIfDue(attempt);
        return waitingFor(`transaction ${attempt.signature}: ${landing.reason}`);
      case 'absent':
        return isFirst ? waitingFor(null) : this.resendOrProveDead(payout, attempt, all);
    }
  }

  /** Closes a confirmed payout; one that has vanished is an alarm for a person, never a reason to pay again. */
  async finalize(payout: Payout, attempt: PayoutAttempt, all: readonly PayoutAttempt[]): Promise<StepResult> {
    await this.watchDeadAttempts(payout, all);
    const landing = await this.landingOf(attempt);
    switch (landing.state) {
      case 'finalized':
        await this.bookings.finalized(payout, attempt);
        return this.done(attempt);
      case 'failed':
        return this.vanished(payout, attempt);
      case 'absent':
        await this.sendIfDue(attempt);
        return (await this.proofs.death(attempt, all)).verdict === 'dead'
          ? this.vanished(payout, attempt)
          : waitingFor(`transaction ${attempt.signature} was confirmed, and no voice shows it any more`);
      case 'confirmed':
        return waitingFor(null);
      case 'seen':
      case 'disputed':
        return waitingFor(`transaction ${attempt.signature}: ${landing.reason}`);
    }
  }

  private async vanished(payout: Payout, attempt: PayoutAttempt): Promise<StepResult> {
    const reason =
      `transaction ${attempt.signature} was confirmed and is not part of the finalized chain; ` +
      'it is looked up again automatically and not paid again; compare it with an explorer of another provider';
    await this.bookings.waiting(payout, 'payout_vanished_error', reason, attempt);
    return waitingFor(reason);
  }

  /** Endpoints that proved a death together may have lied together: one that lands after all has paid twice. */
  private async watchDeadAttempts(payout: Payout, all: readonly PayoutAttempt[]): Promise<void> {
    for (const { attempt, landing } of await this.deadAttempts.seen(all)) {
      if ('slot' in landing) await this.bookings.deadLanded(payout, attempt);
    }
  }

  private async resendOrProveDead(
    payout: Payout,
    attempt: PayoutAttempt,
    all: readonly PayoutAttempt[],
  ): Promise<StepResult> {
    if (!this.isDue(attempt)) return waitingFor(payout.waitingFor);
    const bound = attempt.lastValidBlockHeight;
    const heights = await this.chain.finalizedHeights().catch(() => null);
    // One voice that says that it is too late keeps the others from nothing.
    if (heights === null || heights.lowest <= bound) await this.send(attempt);
    else this.lastBroadcast.set(attempt.id, this.clock.now().getTime());
    if (heights === null || heights.highest <= bound) return waitingFor(null);
    const finding = await this.proofs.death(attempt, all);
    if (finding.verdict !== 'dead') return waitingFor(doubtOf(attempt, finding));
    const doubt = await this.proofs.balanceDoubt(payout, [attempt], finding.slot);
    if (doubt !== null) return waitingFor(doubt);
    await this.bookings.dead(payout, attempt, finding);
    return this.done(attempt);
  }

  private async sendIfDue(attempt: PayoutAttempt): Promise<void> {
    if (this.isDue(attempt)) await this.send(attempt);
  }

  private isDue({ id }: PayoutAttempt): boolean {
    return this.clock.now().getTime() - (this.lastBroadcast.get(id) ?? 0) >= REBROADCAST_EVERY_MS;
  }

  private async send(attempt: PayoutAttempt): Promise<void> {
    if (attempt.rawTransaction === null) throw new Error(`attempt ${attempt.id} has no stored bytes`);
    this.lastBroadcast.set(attempt.id, this.clock.now().getTime());
    // Whatever the endpoints answer proves nothing; the statuses do.
    await this.chain.broadcast(new Uint8Array(attempt.rawTransaction));
  }

  private async landingOf(attempt: PayoutAttempt): Promise<Landing> {
    const history = this.clock.now().getTime() - attempt.createdAt.getTime() > HISTORY_AFTER_MS;
    const [landing] = await this.chain.landings([signatureOf(attempt)], history);
    return landing ?? { state: 'absent' };
  }

  private done(attempt: PayoutAttempt): StepResult {
    this.lastBroadcast.delete(attempt.id);
    return 'moved';
  }
}

function doubtOf({ signature }: PayoutAttempt, finding: DeathFinding): string {
  if (finding.verdict === 'unknown')
    return `the proof that transaction ${signature} is dead: ${finding.reason}`;
  return `a voice shows transaction ${signature} as finalized, and the others have to say so too`;
}
