import type { BlockhashLease } from '#src/chain/port/chain.js';
import type { OperationKind } from './operation.js';
import type { OperationAttempt } from './operation-attempt.entity.js';
import type { Operation } from './operation.entity.js';

/** A transaction that was simulated, ready to be recorded and then signed. */
export interface OperationPlan {
  readonly message: Uint8Array;
  readonly feePayer: string;
  readonly lease: BlockhashLease;
  /** What the signing door needs beside the evidence to build the same message. */
  readonly choice: object;
}

export type Planned =
  | { readonly plan: OperationPlan }
  /** There is nothing to do any more. */
  | { readonly over: string }
  /** Not now, and a person has to know. */
  | { readonly wait: string }
  /** Not yet, as is to be expected. */
  | { readonly later: string };

/** Lamports, or what it waits for before they can be told. */
export type Gained = bigint | { readonly wait: string };

/** What one kind of operation does; the attempt machine does the rest. */
export interface OperationWork {
  readonly kind: OperationKind;
  /** Asks the chain as it is now, and simulates. Writes and sends nothing. @throws DomainError of the chain */
  plan(operation: Operation): Promise<Planned>;
  /** By the signing door. @returns 64-byte signatures by wallet @throws DomainError `signing_refused`, `custody_unavailable` */
  sign(operation: Operation, attempt: OperationAttempt): Promise<Map<string, Uint8Array>>;
  /** What the finalized transaction has brought an escrow, read from the chain. */
  gained(operation: Operation, signature: string): Promise<Gained>;
}
