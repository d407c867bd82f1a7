import { toJsonLamports } from '../common/lamports.js';
import type { PayoutAttempt } from './payout-attempt.entity.js';
import { liveAttempt } from './payout-attempt.repository.js';
import type { Payout } from './payout.entity.js';
import type { PayoutDto } from './releases.dto.js';

/** The public picture of a payout with all of its attempts. */
export function payoutView(payout: Payout, attempts: readonly PayoutAttempt[]): PayoutDto {
  const signature = liveAttempt(attempts)?.signature ?? null;
  return {
    id: payout.id,
    commitmentId: payout.commitmentId,
    purpose: payout.purpose,
    status: payout.status,
    source: payout.source,
    destination: payout.destination,
    amountLamports: toJsonLamports(payout.amountLamports),
    ...(payout.waitingFor === null || isClosed(payout) ? {} : { waitingFor: payout.waitingFor }),
    ...(signature === null ? {} : { signature }),
    attempts: attempts.map((attempt) => ({
      signature: attempt.signature,
      status: attempt.status,
      feePayer: attempt.feePayer,
      feeLamports: toJsonLamports(attempt.feeLamports),
      lastValidBlockHeight: Number(attempt.lastValidBlockHeight),
      createdAt: attempt.createdAt.toISOString(),
    })),
    createdAt: payout.createdAt.toISOString(),
    ...(payout.confirmedAt === null ? {} : { confirmedAt: payout.confirmedAt.toISOString() }),
    ...(payout.finalizedAt === null ? {} : { finalizedAt: payout.finalizedAt.toISOString() }),
  };
}

/** What it waited for last is of no interest any more. */
function isClosed({ status }: Payout): boolean {
  return status === 'finalized' || status === 'cancelled';
}
