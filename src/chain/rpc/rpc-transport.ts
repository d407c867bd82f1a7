import { AsyncLocalStorage } from 'node:async_hooks';
import { RpcFailure, rpcError, type RpcOutcome } from './rpc-failure.js';

/** Ends all requests of one piece of work; a client library in between has no parameter for it. */
export const workDeadline = new AsyncLocalStorage<AbortSignal>();

type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A well-formed answer to the very request that was sent: as it came, and its `result`. */
interface RpcAnswer {
  readonly text: string;
  readonly result: unknown;
}

/**
 * Puts requests to one JSON-RPC endpoint, each ended at the deadline, answer's body included.
 * @param count is told how each request ended
 * @throws RpcFailure in words of our own: messages of `fetch` and of nodes may hold URLs with API keys.
 */
export function rpcExchange(timeoutMs: number, count: (outcome: RpcOutcome) => void = () => undefined) {
  return async (input: string | URL | Request, init: RequestInit = {}): Promise<RpcAnswer> => {
    const body = typeof init.body === 'string' ? init.body : '';
    const { method, headers } = init;
    const request = { method: method ?? 'POST', headers: headers ?? {}, body, redirect: 'error' as const };
    try {
      const text = await exchange(input, request, timeoutMs);
      const result = checkedResult(text, body);
      count('ok');
      return { text, result };
    } catch (error) {
      count(error instanceof RpcFailure ? error.kind : 'network');
      throw error;
    }
  };
}

/** The same as a `fetch`, for a client library. */
export function asFetch(exchange: ReturnType<typeof rpcExchange>): Fetch {
  return async (input, init) => {
    const { text } = await exchange(input, init);
    return new Response(text, { status: 200, headers: { 'content-type': 'application/json' } });
  };
}

async function exchange(url: string | URL | Request, init: RequestInit, timeoutMs: number): Promise<string> {
  const work = workDeadline.getStore();
  const own = AbortSignal.timeout(timeoutMs);
  const signal = work === undefined ? own : AbortSignal.any([own, work]);
  try {
    const answer = await fetch(url, { ...init, signal });
    if (answer.ok) return await answer.text();
    await answer.body?.cancel().catch(() => undefined);
    throw new RpcFailure('http', `HTTP ${answer.status}`);
  } catch (error) {
    if (error instanceof RpcFailure) throw error;
    throw signal.aborted
      ? new RpcFailure('timeout', 'no answer before the deadline')
      : new RpcFailure('network', `connection failed${systemCode(error)}`);
  }
}

function checkedResult(text: string, request: string): unknown {
  const answer = parseObject(text);
  if (answer === null) throw new RpcFailure('malformed', 'answer is not a JSON object');
  if (answer['error'] !== undefined && answer['error'] !== null) throw rpcError(answer['error']);
  if (!('result' in answer)) throw new RpcFailure('malformed', 'answer has no result');
  if (answer['id'] !== parseObject(request)?.['id'])
    throw new RpcFailure('malformed', 'answer to another request');
  return answer['result'];
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** ` (ECONNREFUSED)` where the system named its reason. */
function systemCode(error: unknown): string {
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? ` (${code})` : '';
}
