import { Injectable } from '@nestjs/common';
import { Transactions } from '#src/common/database/transactions.js';
import { PayoutEngine } from '#src/releases/engine/payout-engine.service.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import type { Outflow } from '#src/releases/history/escrow-history.repository.js';
import { isPaymentOf } from '#src/releases/history/escrow-transaction.js';
import { RecoveredPayouts } from '#src/releases/history/recovered-payouts.service.js';
import { UnknownOutflows } from '#src/releases/history/unknown-outflows.service.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { type LostPayment, LostDecisions } from './lost-decisions.service.js';
import { type RecoveredEscrow, RecoveryRepository } from './recovery.repository.js';

export const RECOVERY_OUTCOMES = ['booked', 'waiting', 'stopped'] as const;

/** One transaction that the ledger did not know. */
export interface Recovered {
  readonly commitmentId: string;
  readonly transaction: string;
  readonly outcome: (typeof RECOVERY_OUTCOMES)[number];
  readonly payoutId?: string;
  readonly destination?: string;
  readonly lamports?: bigint;
  readonly reason?: string;
}

type Outcome = Pick<Recovered, 'outcome' | 'reason'>;

/** What one escrow has paid and the ledger does not know, oldest first: each payment may rest on the one before it. */
@Injectable()
export class EscrowRecovery {
  constructor(
    private readonly histories: EscrowHistories,
    private readonly rows: RecoveryRepository,
    private readonly decisions: LostDecisions,
    private readonly recovered: RecoveredPayouts,
    private readonly outflows: UnknownOutflows,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly engine: PayoutEngine,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Nothing is signed. What cannot be explained stops the escrow.
   * @param since what is older is left as it is
   */
  async recover(escrow: RecoveredEscrow, since: Date | null, dryRun: boolean): Promise<Recovered[]> {
    await this.histories.complete(escrow.escrow);
    const times = await this.rows.blockTimes(this.transactions.manager, escrow.escrow);
    const timeOf = ({ signature }: Outflow) => times.get(signature) ?? null;
    const found: Recovered[] = [];
    const stopped: Outflow[] = [];
    for (const outflow of await this.histories.unknownOutflows(escrow.escrow)) {
      const blockTime = timeOf(outflow);
      if (since !== null && blockTime !== null && blockTime < since) continue;
      const outcome = await this.take(escrow, outflow, blockTime, dryRun);
      if (outcome.outcome === 'stopped') stopped.push(outflow);
      found.push({ ...nameOf(escrow, outflow), ...outcome });
    }
    if (!dryRun) await this.outflows.stop(escrow, stopped);
    return found;
  }

  private async take(
    escrow: RecoveredEscrow,
    outflow: Outflow,
    blockTime: Date | null,
    dryRun: boolean,
  ): Promise<Outcome> {
    if (outflow.payment === null) return { outcome: 'stopped', reason: 'it names no payout' };
    const { payoutId } = outflow.payment;
    const known = await this.payouts.findById(this.transactions.manager, payoutId);
    if (known !== null && known.status !== 'cancelled') return this.book(known, outflow, dryRun);
    const { balanceBefore, balanceAfter, payment } = outflow;
    const lost = { ...payment, balanceBefore, emptied: balanceAfter === 0n, blockTime };
    const refusal = await this.decideAgain(escrow, lost, dryRun);
    if (refusal !== null) return { outcome: 'stopped', reason: refusal };
    if (dryRun) return { outcome: 'booked' };
    const written = await this.payouts.findById(this.transactions.manager, payoutId);
    if (written === null) throw new Error(`payout ${payoutId} was written and is not there`);
    return this.book(written, outflow, dryRun);
  }

  private async decideAgain(
    escrow: RecoveredEscrow,
    lost: LostPayment,
    dryRun: boolean,
  ): Promise<string | null> {
    const found = await this.decisions.find(escrow, lost);
    if ('refusal' in found) return found.refusal;
    return dryRun ? null : this.decisions.write(escrow, found.payout, lost);
  }

  /** The engine books what the chain says, as for every other payout. */
  private async book(payout: Payout, outflow: Outflow, dryRun: boolean): Promise<Outcome> {
    const { id, status } = payout;
    const all = await this.attempts.findByPayouts(this.transactions.manager, [id]);
    const isOpen = status === 'pending' || status === 'in_flight';
    if (!isOpen || !isPaymentOf(payout, outflow))
      return { outcome: 'stopped', reason: `payout ${id} is ${status}, and not paid by it` };
    if (dryRun) return { outcome: status === 'pending' ? 'booked' : 'waiting' };
    if (status !== 'pending' || !(await this.recovered.adopt(payout, all.length + 1, outflow.signature)))
      return { outcome: 'waiting', reason: 'another transaction of the payout is being looked for first' };
    await this.engine.run(id);
    const now = await this.payouts.findById(this.transactions.manager, id);
    if (now?.status === 'confirmed' || now?.status === 'finalized') return { outcome: 'booked' };
    return { outcome: 'waiting', reason: now?.waitingFor ?? 'the chain is being asked' };
  }
}

function nameOf({ commitmentId }: RecoveredEscrow, { signature, payment }: Outflow) {
  const named = { commitmentId, transaction: signature };
  if (payment === null) return named;
  const { payoutId, destination, lamports } = payment;
  return { ...named, payoutId, destination, lamports };
}
