/**
 * Why one endpoint gave no usable answer.
 * - `timeout`, `network`, `http`, `malformed`: no JSON-RPC answer came at all.
 * - `rpc`: a JSON-RPC error, with its `code`.
 * - `behind`: it answered from a bank that is too old for the question.
 */
export type FailureKind = 'timeout' | 'network' | 'http' | 'malformed' | 'rpc' | 'behind';

/** How a request ended. */
export type RpcOutcome = 'ok' | FailureKind;

/** JSON-RPC errors of a Solana node, in our words. The node's own text is never repeated: it may quote URLs or keys. */
const RPC_ERRORS: ReadonlyMap<number, string> = new Map([
  [-32001, 'block cleaned up'],
  [-32002, 'refused in preflight'],
  [-32003, 'signature verification failed'],
  [-32004, 'block not available'],
  [-32005, 'node is unhealthy or limits the rate'],
  [-32007, 'slot was skipped or is missing'],
  [-32009, 'slot was skipped or is missing in long-term storage'],
  [-32010, 'index not available'],
  [-32011, 'transaction history is not available on this node'],
  [-32014, 'block status not available yet'],
  [-32015, 'transaction version not supported'],
  [-32016, 'node has not reached the slot asked for'],
  [-32600, 'invalid request'],
  [-32601, 'method not found'],
  [-32602, 'invalid parameters'],
  [-32603, 'internal error of the node'],
]);
const OUR_MISTAKES: ReadonlySet<number> = new Set([-32600, -32602]);
/** Names hold no digits, and API keys do. */
const RUNTIME_ERROR = /^(?:[{}[\]:,]|"[A-Za-z_]{1,60}"|(?<!\d)\d{1,10}(?!\d))+$/;
const SICK_NODE: ReadonlySet<number> = new Set([-32005, -32603]);

/** One endpoint's failure, in words that are safe to show and to log. */
export class RpcFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    readonly reason: string,
    readonly code?: number,
    options?: ErrorOptions,
  ) {
    super(reason, options);
    this.name = 'RpcFailure';
  }

  /** The request itself is wrong: no other endpoint would answer it. */
  get isPermanent(): boolean {
    return this.kind === 'rpc' && this.code !== undefined && OUR_MISTAKES.has(this.code);
  }

  /** The endpoint is better left alone for a while; false where it only cannot answer this one question. */
  get isOutage(): boolean {
    if (this.kind === 'behind') return false;
    return (
      this.kind !== 'rpc' || this.code === undefined || SICK_NODE.has(this.code) || !RPC_ERRORS.has(this.code)
    );
  }
}

/** The failure for a JSON-RPC `error` member, whatever it looks like. */
export function rpcError(error: unknown): RpcFailure {
  const { code, data } = (typeof error === 'object' && error !== null ? error : {}) as {
    code?: unknown;
    data?: { err?: unknown } | null;
  };
  if (typeof code !== 'number') return new RpcFailure('malformed', 'malformed JSON-RPC error');
  const words = RPC_ERRORS.get(code) ?? 'unknown error';
  const detail = code === -32002 ? transactionError(data?.err) : '';
  return new RpcFailure('rpc', `JSON-RPC ${code} (${words})${detail === '' ? '' : `: ${detail}`}`, code);
}

/**
 * A transaction error of the runtime as text; empty for null. What is not built as these are, of names and small numbers, is
 * not repeated: a node may write its URL there, with the key.
 */
export function transactionError(error: unknown): string {
  if (error === null || error === undefined) return '';
  const text = JSON.stringify(error);
  if (text.length > 200 || !RUNTIME_ERROR.test(text)) return 'an error that is none of the runtime';
  return typeof error === 'string' ? error : text;
}

/** Anything thrown while an endpoint was asked. What is not ours comes from checking the answer's shape. */
export function toFailure(error: unknown): RpcFailure {
  return error instanceof RpcFailure
    ? error
    : new RpcFailure('malformed', 'malformed answer', undefined, { cause: error });
}
