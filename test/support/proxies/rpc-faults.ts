import { setTimeout as delay } from 'node:timers/promises';
import { decodePublicKey, encodeBase58 } from '#src/common/text/base58.js';
import type { Chosen, Fault, FaultPlan, RpcCall, RpcProxy } from './rpc-proxy.js';

/** A transaction as it was handed to an endpoint. */
export interface Sent {
  readonly signature: string;
  readonly bytes: Buffer;
}

/** The first plan that has something to say decides. */
export function firstOf(...plans: readonly FaultPlan[]): FaultPlan {
  return async (call) => {
    for (const plan of plans) {
      const fault = await plan(call);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** For every call of one method; `nth` counts them from 1 on. */
export function on(method: string, choose: (nth: number, call: RpcCall) => Chosen): FaultPlan {
  let nth = 0;
  return (call) => {
    if (call.method !== method) return undefined;
    nth += 1;
    return choose(nth, call);
  };
}

/** For the nth call of one method; the others pass. */
export function onNth(method: string, wanted: number, choose: (call: RpcCall) => Chosen): FaultPlan {
  return on(method, (nth, call) => (nth === wanted ? choose(call) : undefined));
}

/** For the first transaction that names this account. */
export function onFirstSendOf(account: string, choose: (call: RpcCall) => Chosen): FaultPlan {
  const key = Buffer.from(decodePublicKey(account) ?? []);
  let seen = false;
  return on('sendTransaction', (_, call) => {
    if (seen || !sentIn(call).bytes.includes(key)) return undefined;
    seen = true;
    return choose(call);
  });
}

/** Keeps calls of one method waiting, from a moment on, until the test has seen the state that it wants. */
export class Held {
  private release: () => void = () => undefined;
  private readonly opened = new Promise<void>((resolve) => (this.release = resolve));

  /** @param begun which calls are kept; those before pass */
  constructor(
    private readonly method: string,
    private readonly begun: () => boolean = () => true,
  ) {}

  readonly plan: FaultPlan = async ({ method }) => {
    if (method === this.method && this.begun()) await this.opened;
    return undefined;
  };

  /** All pass, those that wait and those that come. */
  open(): void {
    this.release();
  }
}

export const honest: FaultPlan = () => undefined;

/** The endpoint behind gets the call; its answer is lost this way. */
export function answerLost(how: Fault): Fault {
  return { kind: 'after', judge: () => how };
}

/** Every call takes longer. */
export function slow(milliseconds: number): FaultPlan {
  return async () => {
    await delay(milliseconds);
    return undefined;
  };
}

/** Accepts transactions and never passes them on. */
export const dropTransactions: FaultPlan = on('sendTransaction', (_, call) => accepted(call));

/** Accepts the first transaction as often as it comes, and never passes it on; others get through. */
export function dropFirstTransaction(proxy: RpcProxy): FaultPlan {
  return on('sendTransaction', (_, call) =>
    sentIn(call).signature === sentThrough(proxy)[0]?.signature ? accepted(call) : undefined,
  );
}

function accepted(call: RpcCall): Fault {
  return { kind: 'answer', result: sentIn(call).signature };
}

/** Says `null` for the status of every signature that was sent through this proxy, and the truth about all others. */
export function denyStatuses(proxy: RpcProxy): FaultPlan {
  return on('getSignatureStatuses', (_, { params }) => ({
    kind: 'result',
    change: (result) => {
      const asked = params[0] as readonly string[];
      const { value, ...rest } = result as { value: readonly unknown[] };
      return { ...rest, value: value.map((status, i) => (isOurs(proxy, asked[i]) ? null : status)) };
    },
  }));
}

/** Says `null` for every transaction that was sent through this proxy. */
export function denyTransactions(proxy: RpcProxy): FaultPlan {
  return on('getTransaction', (_, { params }) =>
    isOurs(proxy, params[0]) ? { kind: 'answer', result: null } : undefined,
  );
}

/** Leaves every transaction that was sent through this proxy out of the histories of accounts. */
export function denyHistory(proxy: RpcProxy): FaultPlan {
  return on('getSignaturesForAddress', () => ({
    kind: 'result',
    change: (result) =>
      (result as { signature: string }[]).filter(({ signature }) => !isOurs(proxy, signature)),
  }));
}

/** 64 zero bytes. */
const UNSIGNED = '1'.repeat(64);

/**
 * The local chain keeps what comes with a dead blockhash under a signature of zeros. A cluster drops it without a trace, and so does
 * an endpoint with this plan.
 */
export const withoutUndead: FaultPlan = on('getSignaturesForAddress', () => ({
  kind: 'result',
  change: (result) =>
    Array.isArray(result)
      ? (result as { signature: string }[]).filter(({ signature }) => signature !== UNSIGNED)
      : result,
}));

/** Shows an account with this balance, whatever it holds. */
export function showBalance(account: string, lamports: bigint): FaultPlan {
  return on('getMultipleAccounts', (_, { params }) => ({
    kind: 'result',
    change: (result) => {
      const place = (params[0] as readonly string[]).indexOf(account);
      const { value, ...rest } = result as { value: readonly (object | null)[] };
      const empty = {
        data: ['', 'base64'],
        executable: false,
        owner: '1'.repeat(32),
        rentEpoch: 0,
        space: 0,
      };
      const shown = { ...empty, ...value[place], lamports: Number(lamports) };
      return { ...rest, value: value.map((state, i) => (i === place ? shown : state)) };
    },
  }));
}

function isOurs(proxy: RpcProxy, signature: unknown): boolean {
  return sentThrough(proxy).some((sent) => sent.signature === signature);
}

/** The finalized height stays where it was when first asked for. */
export function stuckHeight(): FaultPlan {
  let stuck: unknown;
  return on('getBlockHeight', () => ({ kind: 'result', change: (height) => (stuck ??= height) }));
}

/** A node without transaction history. */
export const noHistory: FaultPlan = ({ method, params }) => {
  const options = params[1] as { searchTransactionHistory?: boolean } | undefined;
  const needsHistory = method === 'getTransaction' || options?.searchTransactionHistory === true;
  return needsHistory ? { kind: 'error', code: -32011 } : undefined;
};

/** Swallows transactions that are sent through this proxy, and says that they have landed. */
export function swallowAndPraise(proxy: RpcProxy, confirmationStatus: 'confirmed' | 'finalized'): FaultPlan {
  const praise: FaultPlan = on('getSignatureStatuses', (_, { params }) => ({
    kind: 'result',
    change: (result) => {
      const { value, ...rest } = result as { value: unknown[]; context: { slot: number } };
      const { slot } = rest.context;
      const status = { slot, confirmations: null, err: null, confirmationStatus };
      const asked = params[0] as readonly string[];
      return { ...rest, value: value.map((known, i) => (isOurs(proxy, asked[i]) ? status : known)) };
    },
  }));
  return firstOf(dropTransactions, praise);
}

/** True when the answer of getSignatureStatuses shows a transaction that is confirmed or better. */
export function showsConfirmed(result: unknown): boolean {
  const { value } = result as { value: readonly ({ confirmationStatus?: string } | null)[] };
  return value.some((status) => ['confirmed', 'finalized'].includes(status?.confirmationStatus ?? ''));
}

/** The different transactions that were handed to the proxy, oldest first. */
export function sentThrough(proxy: RpcProxy): Sent[] {
  const sent = proxy.calls.filter(({ method }) => method === 'sendTransaction').map(sentIn);
  return sent.filter(
    ({ signature }, index) => sent.findIndex((other) => other.signature === signature) === index,
  );
}

/** How often a method was asked for. */
export function countOf(proxy: RpcProxy, wanted: string): number {
  return proxy.calls.filter(({ method }) => method === wanted).length;
}

/** One JSON-RPC call, not through any proxy. @returns the result, or the error's code and message */
export async function rpc(url: string, method: string, params: readonly unknown[]): Promise<RpcAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  return (await response.json()) as RpcAnswer;
}

export interface RpcAnswer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** Hands bytes to the chain without any check beforehand. */
export function submit(url: string, { bytes }: Sent): Promise<RpcAnswer> {
  const options = { encoding: 'base64', skipPreflight: true, maxRetries: 0 };
  return rpc(url, 'sendTransaction', [bytes.toString('base64'), options]);
}

/** The transaction of a sendTransaction call. Its id is its first signature: one byte that counts them, then 64 bytes. */
export function sentIn({ params }: RpcCall): Sent {
  const bytes = Buffer.from(String(params[0]), 'base64');
  return { signature: encodeBase58(bytes.subarray(1, 65)), bytes };
}
