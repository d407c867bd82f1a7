/** What both kinds of collecting operations share. */
import type { Chain } from '#src/chain/port/chain.js';
import type { CollectOrder } from '#src/escrow/door/collect-door.service.js';
import type { Operation } from '#src/pumpfun/operations/operation.entity.js';
import type { Gained } from '#src/pumpfun/operations/operation-work.js';
import type { OperationAttempt } from '#src/pumpfun/operations/operation-attempt.entity.js';

export const NO_FEE_PAYER =
  'ESCROW_FEE_PAYER_SECRET_KEY is not set: creator fees are collected by a wallet that is no escrow';

export function orderOf(operation: Operation, attempt: OperationAttempt): CollectOrder {
  return {
    ...attempt,
    message: new Uint8Array(attempt.message),
    commitmentId: operation.commitmentId,
    operationNumber: operation.number,
  };
}

/** By how much the transaction itself has changed the escrow's balance. */
export async function gainOf(chain: Chain, escrow: string, signature: string): Promise<Gained> {
  const found = await chain.transactionOf(escrow, signature);
  if (found === null) return { wait: `the record of transaction ${signature}` };
  const gained = found.balanceAfter - found.balanceBefore;
  return gained > 0n ? gained : 0n;
}
