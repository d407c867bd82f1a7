import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { mayLeaveRent } from '#src/escrow/door/facts/purpose.js';
import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { payoutOrder } from '#src/releases/payouts/payout-order.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRegister } from '#src/releases/payouts/payout-register.service.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { businessKey } from '#src/releases/payouts/purpose.js';

/** Fetches the rent minimum that a drain has left behind, where dust was in the way: a payout of its own, part 1. */
@Injectable()
export class RentFetches {
  constructor(
    private readonly payouts: PayoutRepository,
    private readonly register: PayoutRegister,
  ) {}

  /** In the transaction that books the drain; writes nothing where all was paid. */
  async fetchAfter(manager: EntityManager, payout: Payout, attempt: PayoutAttempt): Promise<void> {
    const rest = restOf(attempt);
    if (!payout.drain || !mayLeaveRent(payout) || rest <= 0n) return;
    const { lamports } = await this.payouts.promisedToOthers(manager, payout.source, payout);
    if (rest <= lamports) return;
    const { commitmentId, purpose, source, destination, feeLamports, requestedBy } = payout;
    const order = payoutOrder({
      commitmentId,
      purpose,
      businessKey: businessKey(purpose, `${commitmentId}:rent`),
      part: 1,
      source,
      destination,
      amountLamports: rest - lamports,
      drain: true,
      feeLamports,
      requestedBy,
      dueAtOnce: true,
    });
    await this.register.write(manager, order);
  }
}

function restOf(attempt: PayoutAttempt): bigint {
  const { source, feePayer, sourceBalanceLamports, amountLamports, feeLamports } = attempt;
  return (sourceBalanceLamports ?? 0n) - amountLamports - (feePayer === source ? feeLamports : 0n);
}
