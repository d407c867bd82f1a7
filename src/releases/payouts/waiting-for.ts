import type { PayoutAttempt } from './payout-attempt.entity.js';
import type { Payout } from './payout.entity.js';

/** Why a payout is not finished, in words for people: the noted reason, else what its states tell. */
export function waitingForOf(
  payout: Pick<Payout, 'status' | 'waitingFor'>,
  live: Pick<PayoutAttempt, 'signature'> | null,
): string {
  if (payout.waitingFor !== null) return payout.waitingFor;
  switch (payout.status) {
    case 'pending':
      return 'its turn';
    case 'in_flight':
      return live?.signature ? `transaction ${live.signature} to be confirmed` : 'a signature';
    case 'confirmed':
      return `transaction ${live?.signature ?? ''} to be finalized`;
    case 'stopped':
      return 'an admin, after three failures on chain';
    case 'finalized':
    case 'cancelled':
      return 'nothing';
  }
}
