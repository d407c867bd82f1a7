import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '../../src/local/chain.js';
import { startTestChain } from '../support/localnet.js';
import { type Fault, type FaultPlan, RpcProxy } from '../support/rpc-proxy.js';
import { HandClock, chainAt } from '../support/solana-chain.js';
import { TestWallet } from '../support/wallets.js';

let local: LocalChain;
const proxies: RpcProxy[] = [];

beforeAll(async () => {
  local = await startTestChain();
});
afterAll(async () => local.stop());
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
});

async function proxyWith(fault?: Fault | FaultPlan): Promise<RpcProxy> {
  const plan = typeof fault === 'function' ? fault : () => fault;
  const proxy = await RpcProxy.start(local.rpcUrl, plan);
  proxies.push(proxy);
  return proxy;
}

async function timed<T>(work: Promise<T>): Promise<{ ms: number; value?: T; error?: unknown }> {
  const started = performance.now();
  try {
    const value = await work;
    return { ms: performance.now() - started, value };
  } catch (error) {
    return { ms: performance.now() - started, error };
  }
}

/** Everything that a person or a log could read of an error. */
function textOf(error: unknown): string {
  const { message = '', cause } = error as { message?: string; cause?: unknown };
  return cause === undefined ? message : `${message} ${textOf(cause)} ${JSON.stringify(error)}`;
}

const OUTAGES: readonly [string, Fault][] = [
  ['hangs', { kind: 'hang' }],
  ['answers 429', { kind: 'status', status: 429 }],
  ['answers 503', { kind: 'status', status: 503 }],
  ['answers 401', { kind: 'status', status: 401 }],
  ['cuts the connection', { kind: 'cut' }],
  ['answers HTML', { kind: 'body', body: '<html>SECRET</html>' }],
  ['answers another request', { kind: 'body', body: '{"jsonrpc":"2.0","id":"other","result":1}' }],
  ['answers the wrong shape', { kind: 'answer', result: { surprise: 'SECRET' } }],
  ['lags behind its cluster', { kind: 'error', code: -32005 }],
  ['has an internal error', { kind: 'error', code: -32603 }],
];

describe('N2: one endpoint that fails', () => {
  it.each(OUTAGES)('%s: alone, a read ends within the deadline and tells no secrets', async (_, fault) => {
    const { url } = await proxyWith(fault);
    const chain = chainAt([`${url}/SECRET?api-key=SECRET`], { timeoutMs: 500 });
    const { ms, error } = await timed(chain.now());
    expect(ms).toBeLessThan(900);
    expect(error).toMatchObject({ code: 'rpc_unavailable' });
    expect(textOf(error)).not.toContain('SECRET');
  });

  it.each(OUTAGES)('%s: with a second one, reads succeed, and fast after the first', async (_, fault) => {
    const broken = await proxyWith(fault);
    const chain = chainAt([broken.url, local.rpcUrl], { timeoutMs: 1_000 });
    const first = await timed(chain.now());
    expect(first.error).toBeUndefined();
    expect(first.ms).toBeLessThan(1_000);
    const asked = broken.calls.length;
    for (let i = 0; i < 5; i += 1) {
      const next = await timed(chain.latestBlockhash());
      expect(next.error).toBeUndefined();
      expect(next.ms).toBeLessThan(300);
    }
    expect(broken.calls).toHaveLength(asked);
  });
});

describe('failover', () => {
  it('N2: 30 reads at once while the endpoint hangs all end within the deadline', async () => {
    const { url } = await proxyWith({ kind: 'hang' });
    const chain = chainAt([url], { timeoutMs: 500 });
    const { ms } = await timed(Promise.allSettled(Array.from({ length: 30 }, () => chain.now())));
    expect(ms).toBeLessThan(1_200);
  });

  it('does not go back to a failed endpoint on its own, but does when it is the last hope', async () => {
    const [first, second] = [await proxyWith({ kind: 'status', status: 503 }), await proxyWith()];
    const clock = new HandClock();
    const chain = chainAt([first.url, second.url], { clock });
    await chain.now();
    clock.forward(60_000);
    await chain.now();
    expect(first.calls).toHaveLength(1);
    first.plan = () => undefined;
    second.plan = () => ({ kind: 'status', status: 503 });
    await expect(chain.now()).resolves.toBeDefined();
    expect(first.calls).toHaveLength(2);
    await chain.now();
    expect(second.calls).toHaveLength(3);
  });

  it('never refuses for ever: an endpoint that recovers is used at once, cooling down or not', async () => {
    const only = await proxyWith({ kind: 'status', status: 503 });
    const chain = chainAt([only.url]);
    for (let i = 0; i < 4; i += 1) {
      await expect(chain.now()).rejects.toMatchObject({ code: 'rpc_unavailable' });
    }
    only.plan = () => undefined;
    await expect(chain.now()).resolves.toBeDefined();
  });

  it('a health probe brings a recovered endpoint back to its place', async () => {
    const [first, second] = [await proxyWith({ kind: 'status', status: 503 }), await proxyWith()];
    const chain = chainAt([first.url, second.url]);
    await chain.now();
    first.plan = () => undefined;
    await chain.endpoints();
    const before = second.calls.length;
    await chain.now();
    expect(second.calls).toHaveLength(before);
  });

  it('asks the next one when a node lags behind the slot asked for, and blames nobody', async () => {
    const lagging = await proxyWith({ kind: 'error', code: -32016 });
    const chain = chainAt([lagging.url, local.rpcUrl]);
    const { address } = TestWallet.generate();
    await expect(chain.balances([address], 1n)).resolves.toHaveLength(1);
    await expect(chain.balances([address], 1n)).resolves.toHaveLength(1);
    expect(lagging.calls).toHaveLength(2);
  });

  it('does not ask twice what is our own mistake', async () => {
    const [first, second] = [await proxyWith({ kind: 'error', code: -32602 }), await proxyWith()];
    const failed = await timed(chainAt([first.url, second.url]).now());
    expect(failed.error).toMatchObject({ reason: 'JSON-RPC -32602 (invalid parameters)' });
    expect(second.calls).toHaveLength(0);
  });

  it('never takes a refused rent question for "0 lamports"', async () => {
    const { url } = await proxyWith({ kind: 'error', code: -32000 });
    await expect(chainAt([url]).rentExemptMinimum()).rejects.toMatchObject({ code: 'rpc_unavailable' });
  });

  it('says that SOLANA_RPC_URL is not set, from every method', async () => {
    const chain = chainAt([]);
    for (const read of [() => chain.now(), () => chain.balances([TestWallet.generate().address])]) {
      await expect(read()).rejects.toMatchObject({
        code: 'rpc_unavailable',
        detail: expect.stringContaining('SOLANA_RPC_URL is not set') as string,
      });
    }
    const question = { signatures: ['x'], source: 'x', lastValidBlockHeight: 0n, oldestSlot: 0n };
    expect(await chain.proveDead(question)).toMatchObject({ verdict: 'unknown' });
    expect(await chain.broadcast(new Uint8Array(), true)).toMatchObject({ outcome: 'unknown' });
    expect(await chain.endpoints()).toEqual([]);
  });
});

describe('signatureStatuses', () => {
  const signature = TestWallet.generate().signBase58('x');
  const status = { slot: 7, confirmations: null, err: null, confirmationStatus: 'finalized' };
  const answer = (value: unknown[]): Fault => ({
    kind: 'answer',
    result: { context: { slot: 9 }, value },
  });

  it('M1: what the first endpoint does not know the second is asked', async () => {
    const [first, second] = [await proxyWith(answer([null])), await proxyWith(answer([status]))];
    const chain = chainAt([first.url, second.url]);
    expect(await chain.signatureStatuses([signature], true)).toEqual([
      { state: 'finalized', slot: 7n, error: null },
    ]);
  });

  it('N2: a second endpoint that hangs delays that by one second at most, once', async () => {
    const [first, second] = [await proxyWith(answer([null])), await proxyWith({ kind: 'hang' })];
    const chain = chainAt([first.url, second.url], { timeoutMs: 5_000 });
    const once = await timed(chain.signatureStatuses([signature], true));
    expect(once.value).toEqual([{ state: 'absent' }]);
    expect(once.ms).toBeLessThan(1_500);
    expect((await timed(chain.signatureStatuses([signature], true))).ms).toBeLessThan(300);
  });

  it('M3: an on-chain error is reported at every state', async () => {
    const err = { InstructionError: [2, { Custom: 1 }] };
    const { url } = await proxyWith(answer([{ ...status, confirmationStatus: 'confirmed', err }]));
    expect(await chainAt([url]).signatureStatuses([signature], false)).toEqual([
      { state: 'confirmed', slot: 7n, error: JSON.stringify(err) },
    ]);
  });

  it.each<[string, Fault]>([
    ['fewer statuses than asked', answer([])],
    ['no transaction history', { kind: 'error', code: -32011 }],
  ])('M16: %s is a failure to ask, not "absent"', async (_, fault) => {
    const { url } = await proxyWith(fault);
    await expect(chainAt([url]).signatureStatuses([signature], true)).rejects.toMatchObject({
      code: 'rpc_unavailable',
    });
  });
});

describe('broadcast', () => {
  const bytes = new Uint8Array(200);
  const accepted: Fault = { kind: 'answer', result: 'signature' };

  it.each<[string, Fault]>([
    ['hangs', { kind: 'hang' }],
    ['cuts', { kind: 'cut' }],
    ['429', { kind: 'status', status: 429 }],
    ['503', { kind: 'status', status: 503 }],
    ['HTML', { kind: 'body', body: '<html>' }],
  ])('M2: an endpoint that %s may have taken it: unknown', async (_, fault) => {
    for (const first of [true, false]) {
      const { url } = await proxyWith(fault);
      const { ms, value } = await timed(chainAt([url], { timeoutMs: 300 }).broadcast(bytes, first));
      expect(value).toMatchObject({ outcome: 'unknown' });
      expect(ms).toBeLessThan(700);
    }
  });

  it('M2: lost by one endpoint and refused by the next is still unknown', async () => {
    const [first, second] = [
      await proxyWith({ kind: 'cut' }),
      await proxyWith({ kind: 'error', code: -32002, data: { err: 'AlreadyProcessed' } }),
    ];
    const result = await chainAt([first.url, second.url]).broadcast(bytes, true);
    expect(result).toMatchObject({ outcome: 'unknown' });
  });

  it('is refused in our own words when a node refuses it', async () => {
    const data = { err: { InstructionError: [2, { Custom: 1 }] }, logs: ['SECRET'] };
    const { url } = await proxyWith({ kind: 'error', code: -32002, data });
    expect(await chainAt([url]).broadcast(bytes, true)).toEqual({
      outcome: 'refused',
      reason: `${new URL(url).host}: JSON-RPC -32002 (refused in preflight): {"InstructionError":[2,{"Custom":1}]}`,
    });
  });

  it('goes to one endpoint with preflight first, and to all without it later', async () => {
    const [first, second] = [await proxyWith(accepted), await proxyWith(accepted)];
    const chain = chainAt([first.url, second.url]);
    expect(await chain.broadcast(bytes, true)).toEqual({ outcome: 'accepted' });
    expect([first.calls.length, second.calls.length]).toEqual([1, 0]);
    expect(first.calls[0]?.params[1]).toMatchObject({ maxRetries: 0, preflightCommitment: 'confirmed' });
    expect(first.calls[0]?.params[1]).not.toHaveProperty('skipPreflight');
    await chain.broadcast(bytes, false);
    await expect.poll(() => [first.calls.length, second.calls.length]).toEqual([2, 1]);
    expect(second.calls[0]?.params[1]).toMatchObject({ maxRetries: 0, skipPreflight: true });
  });

  it('N2: a hanging endpoint does not hold up a rebroadcast that another accepts', async () => {
    const [hanging, healthy] = [await proxyWith({ kind: 'hang' }), await proxyWith(accepted)];
    const chain = chainAt([hanging.url, healthy.url], { timeoutMs: 2_000 });
    const { ms, value } = await timed(chain.broadcast(bytes, false));
    expect(value).toEqual({ outcome: 'accepted' });
    expect(ms).toBeLessThan(500);
  });
});
