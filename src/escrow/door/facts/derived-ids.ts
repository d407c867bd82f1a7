/** Pure rules of ids that nobody chooses: whoever knows a commitment can compute them, and the signing door does. */
import { v5 } from 'uuid';
import type { Purpose } from './purpose.js';

/** What tells one payout of a commitment from every other one. */
export interface PayoutName {
  readonly commitmentId: string;
  readonly purpose: Purpose;
  /** The milestone that is released or the wallet that claims; null where the commitment as a whole is paid. */
  readonly subject: string | null;
  /** 0; for stray money a running number. */
  readonly part: number;
}

/** UUIDv5 in the commitment's own namespace: there is one id for one thing to pay, whatever a table says. */
export function payoutIdOf({ commitmentId, purpose, subject, part }: PayoutName): string {
  return v5(`payout/${purpose}/${subject ?? ''}/${part}`, commitmentId);
}

/** @param position from 1, in the creator's order: what a milestone unlocks follows from its id and the signed terms */
export function milestoneIdOf(commitmentId: string, position: number): string {
  return v5(`milestone/${position}`, commitmentId);
}

type OperationName = 'collect' | 'unwrap' | 'create' | 'buy';

/** What a commitment's transactions for pump.fun's programs are called. @param number from 0, of all of this kind */
export function operationIdOf(commitmentId: string, kind: OperationName, number: number): string {
  return v5(`pump/${kind}/${number}`, commitmentId);
}
