import { actor } from '#src/common/request-context.js';
import { operationIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { OperationKind } from './operation.js';
import type { Operation } from './operation.entity.js';

/** A thing to do, of which nothing was done yet. @param number which of its kind it is for the commitment, from 0 */
export function newOperation(
  commitmentId: string,
  kind: OperationKind,
  number: number,
  createdAt: Date,
): Operation {
  return {
    id: operationIdOf(commitmentId, kind, number),
    kind,
    commitmentId,
    number,
    status: 'pending',
    waitingFor: null,
    failures: 0,
    nextRunAt: createdAt,
    requestedBy: actor(),
    createdAt,
    alarmedAt: null,
    endedAt: null,
    gainedLamports: null,
  };
}
