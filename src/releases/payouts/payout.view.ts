import { present } from '#src/common/present.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import type { PayoutAttempt } from './payout-attempt.entity.js';
import { liveAttempt } from './payout-attempt.repository.js';
import { waitingForOf } from './waiting-for.js';
import type { Payout } from './payout.entity.js';
import type { PayoutDto } from './payouts.dto.js';

/** The public picture of a payout with all of its attempts. */
export function payoutView(payout: Payout, attempts: readonly PayoutAttempt[]): PayoutDto {
  const live = liveAttempt(attempts);
  return present({
    id: payout.id,
    commitmentId: payout.commitmentId,
    purpose: payout.purpose,
    status: payout.status,
    source: payout.source,
    destination: payout.destination,
    amountLamports: toJsonLamports(payout.amountLamports),
    waitingFor: isClosed(payout) ? undefined : waitingForOf(payout, live),
    signature: live?.signature,
    attempts: attempts.map((attempt) => ({
      signature: attempt.signature,
      status: attempt.status,
      feePayer: attempt.feePayer,
      feeLamports: toJsonLamports(attempt.feeLamports),
      lastValidBlockHeight: Number(attempt.lastValidBlockHeight),
      createdAt: attempt.createdAt.toISOString(),
    })),
    createdAt: payout.createdAt.toISOString(),
    confirmedAt: payout.confirmedAt?.toISOString(),
    finalizedAt: payout.finalizedAt?.toISOString(),
  });
}

/** What it waited for last is of no interest any more. */
function isClosed({ status }: Payout): boolean {
  return status === 'finalized' || status === 'cancelled';
}
