import { Injectable } from '@nestjs/common';
import { Chain, type SignatureStatus } from '../chain/chain.js';
import { RpcUnavailableError } from '../chain/chain.errors.js';
import { assembleTransaction } from '../chain/transfer-transaction.js';
import { Clock } from '../common/clock.js';
import { DomainError } from '../common/errors.js';
import { Shutdown } from '../common/shutdown.js';
import { Transactions } from '../common/transactions.js';
import { EscrowService } from '../escrow/escrow.service.js';
import { FeePayer } from '../escrow/fee-payer.service.js';
import { BalanceEvidence } from './balance-evidence.service.js';
import { landingMove } from './payout.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutLedger } from './payout-ledger.service.js';
import { PayoutPauses } from './payout-pauses.service.js';
import { Payout } from './payout.entity.js';
import { PayoutPlanner } from './payout-plan.service.js';

/** `moved`: look again at once. `waiting`: the chain or another payout has to move first. `paused`: an admin has. */
export type StepResult = 'moved' | 'waiting' | 'paused';

// Recent statuses answer for about a minute; an attempt older than this is looked up in the whole ledger.
const HISTORY_AFTER_MS = 20_000;
const REBROADCAST_EVERY_MS = 1_500;

/** The steps of a payout that talk to the chain or the signer. Each may be run by several workers at once. */
@Injectable()
export class PayoutSteps {
  private readonly lastBroadcast = new Map<string, number>();

  constructor(
    private readonly chain: Chain,
    private readonly escrows: EscrowService,
    private readonly feePayer: FeePayer,
    private readonly planner: PayoutPlanner,
    private readonly ledger: PayoutLedger,
    private readonly pauses: PayoutPauses,
    private readonly evidence: BalanceEvidence,
    private readonly attempts: PayoutAttemptRepository,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Checks, simulates, and stores the message to sign. */
  async prepare(payout: Payout, earlier: readonly PayoutAttempt[]): Promise<StepResult> {
    const isPaused = await this.pauses.keeps(payout);
    const underWay = await this.attempts.findUnderWay(this.transactions.manager, payout.source);
    if (underWay !== null) return isPaused ? 'paused' : 'waiting';
    const dead = earlier.filter(({ status }) => status === 'dead');
    if (await this.resurrect(payout, dead)) return 'moved';
    if (isPaused) return 'paused';
    if (!(await this.areGone(payout, dead))) return 'waiting';
    const result = await this.planner.plan(payout);
    if (!result.ok) {
      await this.ledger.waiting(payout, 'payout_blocked_error', result.refusal.message);
      return 'waiting';
    }
    return (await this.ledger.prepared(payout, earlier.length + 1, result.plan)) ? 'moved' : 'waiting';
  }

  /**
   * The last look before another transaction is signed: endpoints that proved a death together may have lied together.
   * @returns whether an earlier attempt is seen on chain, landed or about to
   */
  private async resurrect(payout: Payout, dead: readonly PayoutAttempt[]): Promise<boolean> {
    if (dead.length === 0) return false;
    const signatures = dead.map(({ signature }) => signature ?? '');
    const statuses = await this.chain.signatureStatuses(signatures, true);
    for (const [index, attempt] of dead.entries()) {
      const status = statuses[index];
      if (status === undefined || status.state === 'absent') continue;
      if (status.error !== null) continue;
      if (status.state === 'processed')
        throw new RpcUnavailableError('getSignatureStatuses', ['not confirmed yet']);
      return this.ledger.resurrected(payout, attempt, status.slot);
    }
    return false;
  }

  /** Signs the stored message; asked again after a crash, the signature is the same. */
  async sign(payout: Payout, attempt: PayoutAttempt): Promise<StepResult> {
    if (await this.isExpiredUnsigned(attempt)) {
      await this.ledger.abandoned(payout, attempt);
      return 'moved';
    }
    if (await this.pauses.keeps(payout)) return 'paused';
    const message = new Uint8Array(attempt.message);
    const signatures = new Map<string, Uint8Array>();
    const { feePayer } = attempt;
    if (feePayer !== payout.source) signatures.set(feePayer, this.feePayer.sign(feePayer, message));
    const order = { payoutId: payout.id, attempt: attempt.number };
    const signature = await this.escrows.sign(payout.commitmentId, message, order);
    const transaction = assembleTransaction(message, signatures.set(payout.source, signature));
    await this.ledger.signed(payout, attempt, transaction);
    return 'moved';
  }

  /** Sends the stored bytes until the chain has them, or they can be proven dead. */
  async land(payout: Payout, attempt: PayoutAttempt, all: readonly PayoutAttempt[]): Promise<StepResult> {
    const isFirst = attempt.broadcastAt === null;
    if (isFirst) await this.send(attempt, true);
    // With a silent endpoint the next question takes its whole deadline; the next process asks it.
    if (this.shutdown.isShuttingDown) return 'waiting';
    const status = await this.statusOf(attempt);
    const failed = status.state !== 'absent' && status.error !== null;
    switch (landingMove({ state: status.state, failed })) {
      case 'book_confirmed':
      case 'book_finalized':
        await this.ledger.confirmed(payout, attempt, slotOf(status));
        return this.done(attempt);
      case 'book_failed':
        await this.ledger.failed(payout, attempt, errorOf(status), slotOf(status));
        return this.done(attempt);
      case 'wait':
        return 'waiting';
      case 'rebroadcast_or_bury':
        return isFirst ? 'waiting' : this.rebroadcastOrBury(payout, attempt, all);
    }
  }

  /** Closes a confirmed payout; one that has vanished is an alarm for a person, never a reason to pay again. */
  async finalize(payout: Payout, attempt: PayoutAttempt, all: readonly PayoutAttempt[]): Promise<StepResult> {
    const status = await this.statusOf(attempt);
    if (status.state === 'finalized' && status.error === null) {
      await this.ledger.finalized(payout, attempt);
      return 'moved';
    }
    const lost = status.state === 'absent' && (await this.bury(attempt, all)).verdict === 'dead';
    if (lost || (status.state === 'finalized' && status.error !== null)) {
      const reason = `transaction ${attempt.signature} was confirmed and is not part of the finalized chain`;
      await this.ledger.waiting(payout, 'payout_vanished_error', reason, attempt);
    }
    return 'waiting';
  }

  private async rebroadcastOrBury(
    payout: Payout,
    attempt: PayoutAttempt,
    all: readonly PayoutAttempt[],
  ): Promise<StepResult> {
    const now = this.clock.now().getTime();
    if (now - (this.lastBroadcast.get(attempt.id) ?? 0) < REBROADCAST_EVERY_MS) return 'waiting';
    if ((await this.chain.finalizedBlockHeight()) <= attempt.lastValidBlockHeight) {
      await this.send(attempt, false);
      return 'waiting';
    }
    this.lastBroadcast.set(attempt.id, now);
    const verdict = await this.bury(attempt, all);
    if (verdict.verdict !== 'dead') return 'waiting';
    if (!(await this.areGone(payout, [attempt], verdict.slot))) return 'waiting';
    await this.ledger.dead(payout, attempt, verdict);
    return this.done(attempt);
  }

  /** Every signature that was ever made for the payout has to be dead, not only the newest. */
  private bury(attempt: PayoutAttempt, all: readonly PayoutAttempt[]) {
    const asked = all.filter(({ id, status }) => id === attempt.id || status === 'dead');
    const maximum = (a: bigint, b: bigint) => (a > b ? a : b);
    const minimum = (a: bigint, b: bigint) => (a < b ? a : b);
    return this.chain.proveDead({
      signatures: asked.flatMap(({ signature }) => (signature === null ? [] : [signature])),
      source: attempt.source,
      lastValidBlockHeight: asked.map((one) => one.lastValidBlockHeight).reduce(maximum, 0n),
      oldestSlot: asked.map((one) => one.blockhashSlot).reduce(minimum, attempt.blockhashSlot),
    });
  }

  /** Whether the escrow's balance says so too. A contradiction is an alarm for a person; nothing is paid again meanwhile. */
  private async areGone(payout: Payout, dead: readonly PayoutAttempt[], minSlot = 0n): Promise<boolean> {
    const seen = await this.attempts.lastLandedSlot(this.transactions.manager, payout.source);
    const slots = [minSlot, seen ?? 0n, ...dead.map(({ blockhashSlot }) => blockhashSlot)];
    const testimony = await this.evidence.about(
      dead,
      slots.reduce((a, b) => (a > b ? a : b)),
    );
    if (testimony.verdict === 'contradicts') {
      const event = 'payout_balance_contradiction_error';
      await this.ledger.waiting(payout, event, testimony.reason, dead.at(-1));
    }
    return testimony.verdict === 'fits';
  }

  /** Only a worker that died between two commits leaves a message unsigned for long. */
  private async isExpiredUnsigned(attempt: PayoutAttempt): Promise<boolean> {
    if (this.ageOf(attempt) < HISTORY_AFTER_MS) return false;
    return (await this.chain.finalizedBlockHeight()) > attempt.lastValidBlockHeight;
  }

  private async send(attempt: PayoutAttempt, first: boolean): Promise<void> {
    if (attempt.rawTransaction === null) throw new Error(`attempt ${attempt.id} has no stored bytes`);
    if (first) await this.ledger.broadcast(attempt);
    this.lastBroadcast.set(attempt.id, this.clock.now().getTime());
    // Whatever the endpoint answers is no evidence; the statuses are.
    await this.chain.broadcast(new Uint8Array(attempt.rawTransaction), first);
  }

  private async statusOf(attempt: PayoutAttempt): Promise<SignatureStatus> {
    if (attempt.signature === null) throw new Error(`attempt ${attempt.id} has no signature`);
    const history = this.ageOf(attempt) > HISTORY_AFTER_MS;
    const [status] = await this.chain.signatureStatuses([attempt.signature], history);
    return status ?? { state: 'absent' };
  }

  private ageOf(attempt: PayoutAttempt): number {
    return this.clock.now().getTime() - attempt.createdAt.getTime();
  }

  private done(attempt: PayoutAttempt): StepResult {
    this.lastBroadcast.delete(attempt.id);
    return 'moved';
  }
}

function slotOf(status: SignatureStatus): bigint {
  return status.state === 'absent' ? 0n : status.slot;
}

function errorOf(status: SignatureStatus): string {
  return status.state === 'absent' ? '' : (status.error ?? '');
}

/** An error that time may heal: the payout waits, and the driver tries again. */
export function isTransient(error: unknown): error is DomainError {
  return error instanceof DomainError && ['rpc_unavailable', 'custody_unavailable'].includes(error.code);
}
