import type { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import type { PayoutPlan } from './payout-planner.service.js';
import type { Payout } from '#src/releases/payouts/payout.entity.js';

/** An attempt as it is before anything of it is signed. */
export function newAttempt(
  payout: Payout,
  number: number,
  plan: PayoutPlan,
  id: string,
  createdAt: Date,
): PayoutAttempt {
  return {
    id,
    payoutId: payout.id,
    number,
    source: payout.source,
    status: 'prepared',
    amountLamports: plan.amount,
    feeLamports: plan.fee,
    feePayer: plan.feePayer,
    sourceBalanceLamports: plan.sourceBalance,
    message: Buffer.from(plan.message),
    blockhash: plan.lease.blockhash,
    lastValidBlockHeight: plan.lease.lastValidBlockHeight,
    blockhashSlot: plan.lease.slot,
    leaseHeights: plan.lease.heights.map(({ voice, height }) => ({ voice, height: Number(height) })),
    signature: null,
    rawTransaction: null,
    createdAt,
    signedAt: null,
    broadcastAt: null,
    confirmedAt: null,
    landedSlot: null,
    endedAt: null,
    error: null,
  };
}
