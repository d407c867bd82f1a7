import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type AddressTransaction, Chain } from '#src/chain/port/chain.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Ids } from '#src/common/ids.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { attemptFact, signatureFact } from '#src/escrow/door/facts/facts.js';
import { Marks } from '#src/marks/marks.service.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import { PayoutEffects } from '#src/releases/bookings/payout-effects.port.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';

/** No transaction is signed in a block that is so many slots older than its own. */
const LONGEST_LEASE = 150n;
/** As old as what the whole ledger has to be searched for. */
const AGE_MS = 60_000;

/** Takes a payment that the chain knows and the ledger does not back into the ledger. */
@Injectable()
export class RecoveredPayouts {
  constructor(
    private readonly chain: Chain,
    private readonly payouts: PayoutRepository,
    private readonly attempts: PayoutAttemptRepository,
    private readonly effects: PayoutEffects,
    private readonly marks: Marks,
    private readonly counts: AttemptCounts,
    private readonly audit: PayoutAudit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * The transaction becomes an attempt of the pending payout. From then on the engine follows it as every other one: by the words of
   * all voices it is booked as paid, with all that the payout changes.
   * @param number of the attempt
   * @returns false when the node does not show it, or somebody else was faster
   * @throws RpcUnavailableError
   */
  async adopt(payout: Payout, number: number, signature: string): Promise<boolean> {
    const found = await this.chain.transactionOf(payout.source, signature);
    if (found?.transfer?.memo !== payout.id) return false;
    const attempt = this.attemptOf(payout, number, found);
    return this.transactions.run(async (manager) => {
      const change = { status: 'in_flight', waitingFor: null } as const;
      const amount = payout.drain ? { amountLamports: attempt.amountLamports } : {};
      if (!(await this.payouts.move(manager, payout.id, 'pending', { ...change, ...amount }))) return false;
      await this.write(manager, attempt);
      await this.marks.make(manager, attemptFact(attempt), signatureFact(attempt));
      await this.effects.signed(manager, payout, signature);
      await this.audit.write(manager, payout, 'payout_recovered', attempt, { slot: Number(found.slot) });
      return true;
    });
  }

  /** As the engine writes one: planned first, then signed. */
  private async write(manager: EntityManager, attempt: PayoutAttempt): Promise<void> {
    const { id, payoutId, signature, rawTransaction, signedAt } = attempt;
    const planned = {
      ...attempt,
      status: 'prepared',
      signature: null,
      rawTransaction: null,
      signedAt: null,
    } as const;
    if (!(await this.counts.advance(manager, payoutId, 'planned'))) throw missing(payoutId);
    await this.attempts.insert(manager, planned);
    if (!(await this.counts.advance(manager, payoutId, 'signed'))) throw missing(payoutId);
    await this.attempts.move(manager, id, 'prepared', {
      status: 'signed',
      signature,
      rawTransaction,
      signedAt,
    });
  }

  private attemptOf(payout: Payout, number: number, found: AddressTransaction): PayoutAttempt {
    const { transfer, slot, feePayer, feeLamports, balanceBefore, signature } = found;
    const at = new Date(this.clock.now().getTime() - AGE_MS);
    return {
      id: this.ids.uuid(),
      payoutId: payout.id,
      number,
      source: payout.source,
      status: 'signed',
      amountLamports: transfer?.lamports ?? 0n,
      feeLamports,
      feePayer,
      sourceBalanceLamports: balanceBefore,
      message: Buffer.from(found.message),
      blockhash: transfer?.blockhash ?? '',
      // Heights are lower than slots: it is never taken for dead too early.
      lastValidBlockHeight: slot + LONGEST_LEASE,
      blockhashSlot: slot > LONGEST_LEASE ? slot - LONGEST_LEASE : 0n,
      leaseHeights: [],
      signature,
      rawTransaction: Buffer.from(found.bytes),
      createdAt: at,
      signedAt: at,
      broadcastAt: at,
      confirmedAt: null,
      landedSlot: null,
      endedAt: null,
      error: null,
    };
  }
}

/** Cannot be: the signing door, which is asked before, refuses a payout that has lost a transaction. */
function missing(payoutId: string): Error {
  return new Error(`the ledger has not all transactions of payout ${payoutId}`);
}
