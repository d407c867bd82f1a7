/** What is marked about transactions for pump.fun's programs. */
import { createHash } from 'node:crypto';
import type { MarkedFact } from '#src/marks/mark.js';

export interface PlannedOperation {
  readonly id: string;
  readonly operationId: string;
  readonly number: number;
  readonly feePayer: string;
  readonly message: Uint8Array;
  readonly blockhash: string;
  readonly lastValidBlockHeight: bigint;
  readonly blockhashSlot: bigint;
}

/** A transaction for pump.fun's programs as it was planned, with the heights by which its death is judged. */
export function operationFact(attempt: PlannedOperation): MarkedFact {
  return {
    kind: 'operation',
    id: attempt.id,
    facts: {
      operationId: attempt.operationId,
      number: attempt.number,
      feePayer: attempt.feePayer,
      message: createHash('sha256').update(attempt.message).digest('hex'),
      blockhash: attempt.blockhash,
      lastValidBlockHeight: attempt.lastValidBlockHeight.toString(),
      blockhashSlot: attempt.blockhashSlot.toString(),
    },
  };
}
