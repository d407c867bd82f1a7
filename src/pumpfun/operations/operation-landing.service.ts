import { Injectable } from '@nestjs/common';
import { Chain, type Landing } from '#src/chain/port/chain.js';
import type { DeathQuestion } from '#src/chain/port/death.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { greatest, least } from '#src/common/money/bigints.js';
import { Shutdown } from '#src/common/shutdown.js';
import { OperationBookings } from './operation-bookings.service.js';
import { OperationRepository } from './operation.repository.js';
import type { OperationAttempt } from './operation-attempt.entity.js';
import type { Operation } from './operation.entity.js';
import { OperationWorks } from './operation-works.service.js';

const HISTORY_AFTER_MS = 20_000;
const REBROADCAST_EVERY_MS = 1_500;

/** What a step has come to: `moved`, or what it waits for; null for the ordinary course. */
export type OperationResult = 'moved' | { readonly wait: string | null };

/** From the first broadcast to the end: what is signed lands and is final, or is proven dead. */
@Injectable()
export class OperationLanding {
  private readonly lastBroadcast = new Map<string, number>();

  constructor(
    private readonly chain: Chain,
    private readonly works: OperationWorks,
    private readonly bookings: OperationBookings,
    private readonly rows: OperationRepository,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Sends the stored bytes until the chain has them for good, or they can be proven dead. */
  async land(
    operation: Operation,
    attempt: OperationAttempt,
    all: readonly OperationAttempt[],
  ): Promise<OperationResult> {
    const isFirst = attempt.broadcastAt === null;
    if (isFirst) {
      await this.rows.noteBroadcast(this.transactions.manager, attempt.id, this.clock.now());
      await this.send(attempt);
    }
    if (this.shutdown.isShuttingDown) return { wait: null };
    const landing = await this.landingOf(attempt);
    switch (landing.state) {
      case 'finalized':
        return landing.alone === true
          ? { wait: 'a second RPC voice to call it final' }
          : this.finish(operation, attempt, landing.slot);
      case 'failed':
        await this.bookings.failed(operation, attempt, landing.error, landing.slot);
        return this.ended(attempt);
      case 'confirmed':
        return { wait: `transaction ${attempt.signature} to be finalized` };
      case 'seen':
      case 'disputed':
        await this.sendIfDue(attempt);
        return { wait: `transaction ${attempt.signature}: ${landing.reason}` };
      case 'absent':
        return isFirst ? { wait: null } : this.resendOrProveDead(operation, attempt, all);
    }
  }

  /**
   * The last look before another transaction is signed: endpoints that proved a death together may have lied together, and a
   * table may say anything.
   * @param earlier every attempt that was signed
   * @returns null when none of them has succeeded
   */
  async deadLanded(
    operation: Operation,
    earlier: readonly OperationAttempt[],
  ): Promise<OperationResult | null> {
    if (earlier.length === 0) return null;
    const landings = await this.chain.landings(earlier.map(signatureOf), true);
    for (const [index, landing] of landings.entries()) {
      const attempt = earlier[index];
      if (attempt === undefined || landing.state === 'absent' || landing.state === 'failed') continue;
      if (landing.state === 'finalized' && landing.alone !== true)
        return this.finish(operation, attempt, landing.slot);
      return {
        wait: `transaction ${attempt.signature}, which was proven dead and is on the chain after all`,
      };
    }
    return null;
  }

  /** What it has brought is told by its own record on chain, whoever else has paid into the escrow meanwhile. */
  private async finish(
    operation: Operation,
    attempt: OperationAttempt,
    slot: bigint,
  ): Promise<OperationResult> {
    const gained = await this.works.of(operation.kind).gained(operation, signatureOf(attempt));
    if (typeof gained !== 'bigint') return gained;
    await this.bookings.done(operation, attempt, { slot, gained });
    return this.ended(attempt);
  }

  private async resendOrProveDead(
    operation: Operation,
    attempt: OperationAttempt,
    all: readonly OperationAttempt[],
  ): Promise<OperationResult> {
    if (!this.isDue(attempt)) return { wait: operation.waitingFor };
    const bound = attempt.lastValidBlockHeight;
    const heights = await this.chain.finalizedHeights().catch(() => null);
    // One voice that says that it is too late keeps the others from nothing.
    if (heights === null || heights.lowest <= bound) await this.send(attempt);
    else this.lastBroadcast.set(attempt.id, this.clock.now().getTime());
    if (heights === null || heights.highest <= bound) return { wait: null };
    const finding = await this.chain.proveDead(questionAbout(attempt, all));
    if (finding.verdict === 'unknown')
      return { wait: `the proof that transaction ${attempt.signature} is dead: ${finding.reason}` };
    if (finding.verdict === 'landed')
      return { wait: `every voice to show transaction ${attempt.signature} as finalized` };
    await this.bookings.dead(operation, attempt, finding.rule);
    return this.ended(attempt);
  }

  private async sendIfDue(attempt: OperationAttempt): Promise<void> {
    if (this.isDue(attempt)) await this.send(attempt);
  }

  private isDue({ id }: OperationAttempt): boolean {
    return this.clock.now().getTime() - (this.lastBroadcast.get(id) ?? 0) >= REBROADCAST_EVERY_MS;
  }

  private async send(attempt: OperationAttempt): Promise<void> {
    if (attempt.rawTransaction === null) throw new Error(`attempt ${attempt.id} has no stored bytes`);
    this.lastBroadcast.set(attempt.id, this.clock.now().getTime());
    // Whatever the endpoints answer proves nothing; the statuses do.
    await this.chain.broadcast(new Uint8Array(attempt.rawTransaction));
  }

  private async landingOf(attempt: OperationAttempt): Promise<Landing> {
    const history = this.clock.now().getTime() - attempt.createdAt.getTime() > HISTORY_AFTER_MS;
    const [landing] = await this.chain.landings([signatureOf(attempt)], history);
    return landing ?? { state: 'absent' };
  }

  private ended({ id }: OperationAttempt): OperationResult {
    this.lastBroadcast.delete(id);
    return 'moved';
  }
}

function questionAbout(attempt: OperationAttempt, all: readonly OperationAttempt[]): DeathQuestion {
  const asked = all.filter(({ id, status }) => id === attempt.id || status === 'dead');
  return {
    signatures: asked.map(signatureOf),
    blockhashes: asked.map(({ blockhash }) => blockhash),
    source: attempt.feePayer,
    lastValidBlockHeight: greatest(0n, ...asked.map((one) => one.lastValidBlockHeight)),
    oldestSlot: least(attempt.blockhashSlot, ...asked.map((one) => one.blockhashSlot)),
    signedAt: attempt.signedAt ?? attempt.createdAt,
  };
}

function signatureOf({ id, signature }: OperationAttempt): string {
  if (signature === null) throw new Error(`attempt ${id} has no signature`);
  return signature;
}
