export type Json = Record<string, unknown>;

/** How the double fails a request that has passed every check. What it has stored it gives again, as Privy does. */
export type PrivyFault =
  /** Done and stored; the answer never comes. */
  | { readonly kind: 'lost_answer' }
  /** Done and stored; the connection breaks. */
  | { readonly kind: 'cut' }
  /** Never looked at, never answered. */
  | { readonly kind: 'hang' }
  /** Answered before anything is done or stored, as by a rate limit or a gateway. */
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  | { readonly kind: 'stored_error'; readonly status: number }
  | { readonly kind: 'other_message' }
  | { readonly kind: 'wrong_signature' }
  /** HTTP 200 with an error in the body; stored. */
  | { readonly kind: 'error_body' }
  /** A created wallet that is told with these members; stored. */
  | { readonly kind: 'wallet'; readonly change: Json };

export interface PrivyRequest {
  readonly method: string;
  /** Without the prefix: `/wallets`, `/wallets/<id>/rpc`. */
  readonly path: string;
  readonly walletId: string | undefined;
  readonly idempotencyKey: string | undefined;
  readonly authorized: boolean;
  readonly body: Json;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A refusal in Privy's manner. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly code?: string,
  ) {
    super(message);
  }
}

export function refused(error: unknown): Answer {
  if (!(error instanceof Refusal)) return { status: 400, body: { error: 'Bad request' } };
  return {
    status: error.status,
    body: { error: error.message, ...(error.code ? { code: error.code } : {}) },
  };
}
