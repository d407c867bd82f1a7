import { ValidationError } from '#src/common/errors/errors.js';
import type { MessageParams } from '#src/signed-messages/signed-message.js';
import { amountBelowMinimum } from '#src/commitments/commitment/commitment.errors.js';
import {
  type PersonalParams,
  type PersonalTerms,
  termsHash,
  type RewardParams,
} from '#src/commitments/commitment/terms.js';

const MAX_DEADLINE_SECONDS = 10 * 365 * 86_400;

/** The message shows what the wallet chose, the configured terms it accepts, and the hash over everything. */
export function personalMessage(
  { statement, ...chosen }: PersonalParams,
  terms: PersonalTerms,
): MessageParams {
  return {
    ...chosen,
    ...(statement === null ? {} : { statement }),
    decisionWindowSeconds: terms.decisionWindowSeconds,
    termsHash: termsHash(terms),
  };
}

/** Until when an admin may decide about it once it is attested; by the chain's clock. */
export function decisionEnd({ deadline, decisionWindowSeconds }: PersonalTerms): Date {
  return new Date(Date.parse(deadline) + decisionWindowSeconds * 1000);
}

/**
 * @param now seconds of the chain's clock
 * @throws ValidationError
 */
export function checkDeadline(deadline: string, now: number): void {
  const seconds = Date.parse(deadline) / 1000;
  if (seconds > now && seconds <= now + MAX_DEADLINE_SECONDS) return;
  const chainTime = new Date(now * 1000).toISOString();
  const message = `deadline must be in the future and within ten years; the chain's clock says ${chainTime}`;
  throw new ValidationError([{ path: 'deadline', message }]);
}

/** @throws DomainError `amount_below_minimum` */
export function checkMinimum(chosen: PersonalParams | RewardParams, minimumLamports: number): void {
  if (chosen.kind === 'personal' && chosen.amountLamports < minimumLamports)
    throw amountBelowMinimum(chosen.amountLamports, minimumLamports);
}

/**
 * @param minimum lamports with which an escrow can exist and pay the fee of its refund
 * @throws ValidationError
 */
export function checkAmount(amountLamports: number, minimum: bigint): void {
  if (BigInt(amountLamports) >= minimum) return;
  const message = `amountLamports must be at least ${minimum}: a smaller escrow could not exist and pay for its refund`;
  throw new ValidationError([{ path: 'amountLamports', message }]);
}
