import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { noHistory, on } from '../../support/proxies/rpc-faults.js';
import { type Fault, type FaultPlan, RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { pollUntil } from '../../support/poll.js';
import { HandClock } from '#src/common/clock.fake.js';
import { chainAt } from '../../support/worlds/solana-chain.js';
import { TestWallet } from '../../support/builders/wallets.js';

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
    const error: unknown = await chain.shownTime().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'rpc_unavailable' });
    expect(textOf(error)).not.toContain('SECRET');
  });

  it.each(OUTAGES)(
    '%s: with a second one, reads succeed, and ask it alone after the first',
    async (_, fault) => {
      const broken = await proxyWith(fault);
      const chain = chainAt([broken.url, local.rpcUrl], { timeoutMs: 4_000 });
      await chain.shownTime();
      const asked = broken.calls.length;
      const { address } = TestWallet.generate();
      for (let i = 0; i < 5; i += 1) await chain.shownBalances([address]);
      expect(broken.calls).toHaveLength(asked);
    },
  );
});

describe('failover', () => {
  it('N2: 30 reads at once while the endpoint hangs are all given up', async () => {
    const { url } = await proxyWith({ kind: 'hang' });
    const chain = chainAt([url], { timeoutMs: 500 });
    const reads = await Promise.allSettled(Array.from({ length: 30 }, () => chain.shownTime()));
    for (const read of reads) expect(read).toMatchObject({ reason: { code: 'rpc_unavailable' } });
  });

  it('does not go back to a failed endpoint on its own, but does when it is the last hope', async () => {
    const [first, second] = [await proxyWith({ kind: 'status', status: 503 }), await proxyWith()];
    const clock = new HandClock();
    const chain = chainAt([first.url, second.url], { clock });
    await chain.shownTime();
    clock.forward(60_000);
    await chain.shownTime();
    expect(first.calls).toHaveLength(1);
    first.plan = () => undefined;
    second.plan = () => ({ kind: 'status', status: 503 });
    await expect(chain.shownTime()).resolves.toBeDefined();
    expect(first.calls).toHaveLength(2);
    await chain.shownTime();
    expect(second.calls).toHaveLength(3);
  });

  it('never refuses for ever: an endpoint that recovers is used at once, cooling down or not', async () => {
    const only = await proxyWith({ kind: 'status', status: 503 });
    const chain = chainAt([only.url]);
    for (let i = 0; i < 4; i += 1) {
      await expect(chain.shownTime()).rejects.toMatchObject({ code: 'rpc_unavailable' });
    }
    only.plan = () => undefined;
    await expect(chain.shownTime()).resolves.toBeDefined();
  });

  it('a health probe brings a recovered endpoint back to its place', async () => {
    const [first, second] = [await proxyWith({ kind: 'status', status: 503 }), await proxyWith()];
    const chain = chainAt([first.url, second.url]);
    await chain.shownTime();
    first.plan = () => undefined;
    await chain.endpoints();
    const before = second.calls.length;
    await chain.shownTime();
    expect(second.calls).toHaveLength(before);
  });

  it('asks the next one when a node lags behind the slot asked for, and blames nobody', async () => {
    const lagging = await proxyWith({ kind: 'error', code: -32016 });
    const chain = chainAt([lagging.url, local.rpcUrl]);
    const { address } = TestWallet.generate();
    await expect(chain.shownBalances([address], 1n)).resolves.toHaveLength(1);
    await expect(chain.shownBalances([address], 1n)).resolves.toHaveLength(1);
    expect(lagging.calls).toHaveLength(2);
  });

  it('does not ask twice what is our own mistake', async () => {
    const [first, second] = [await proxyWith({ kind: 'error', code: -32602 }), await proxyWith()];
    await expect(chainAt([first.url, second.url]).shownTime()).rejects.toMatchObject({
      reason: 'JSON-RPC -32602 (invalid parameters)',
    });
    expect(second.calls).toHaveLength(0);
  });

  it('never takes a refused rent question for "0 lamports"', async () => {
    const { url } = await proxyWith({ kind: 'error', code: -32000 });
    await expect(chainAt([url]).rentExemptMinimum()).rejects.toMatchObject({ code: 'rpc_unavailable' });
  });

  it('says that SOLANA_RPC_URL is not set, from every method', async () => {
    const chain = chainAt([]);
    for (const read of [() => chain.shownTime(), () => chain.balances([TestWallet.generate().address])]) {
      await expect(read()).rejects.toMatchObject({
        code: 'rpc_unavailable',
        detail: expect.stringContaining('SOLANA_RPC_URL is not set') as string,
      });
    }
    const question = {
      signatures: ['x'],
      blockhashes: [],
      source: 'x',
      lastValidBlockHeight: 0n,
      oldestSlot: 0n,
      signedAt: new Date(0),
    };
    expect(await chain.proveDead(question)).toMatchObject({ verdict: 'unknown' });
    expect(await chain.broadcast(new Uint8Array())).toMatchObject({ outcome: 'unknown' });
    expect(await chain.endpoints()).toEqual([]);
  });
});

describe('landings', () => {
  const signature = TestWallet.generate().signBase58('x');
  const status = { slot: 7, confirmations: null, err: null, confirmationStatus: 'finalized' };
  const answer = (value: unknown[]): Fault => ({
    kind: 'answer',
    result: { context: { slot: 9 }, value },
  });

  it('M1, T3: what one voice shows and the other does not is seen, and nothing more', async () => {
    const [first, second] = [await proxyWith(answer([null])), await proxyWith(answer([status]))];
    const chain = chainAt([first.url, second.url]);
    expect(await chain.landings([signature], true)).toMatchObject([{ state: 'seen' }]);
    first.plan = () => answer([status]);
    expect(await chain.landings([signature], true)).toEqual([{ state: 'finalized', slot: 7n }]);
  });

  it('N2: a second voice that hangs is given up soon', async () => {
    const [first, second] = [await proxyWith(answer([null])), await proxyWith({ kind: 'hang' })];
    const chain = chainAt([first.url, second.url], { timeoutMs: 60_000 });
    expect(await chain.landings([signature], false)).toEqual([{ state: 'absent' }]);
    // Its own deadline has not come.
    expect(second.waiting).toBe(1);
    second.dropAll();
  });

  it('T3: two endpoints of one provider are one voice', async () => {
    const [first, second] = [await proxyWith(answer([status])), await proxyWith(answer([status]))];
    const other = await proxyWith(answer([null]));
    const urls = [first.url, second.url, other.url];
    const chain = chainAt(urls, { env: { SOLANA_RPC_GROUPS: 'one,one,other' } });
    expect(await chain.landings([signature], true)).toMatchObject([{ state: 'seen' }]);
  });

  it('M3: an on-chain error is a failure once it is finalized, and never a payment', async () => {
    const err = { InstructionError: [2, { Custom: 1 }] };
    const { url } = await proxyWith(answer([{ ...status, confirmationStatus: 'confirmed', err }]));
    expect(await chainAt([url]).landings([signature], false)).toMatchObject([{ state: 'seen' }]);
    const final = await proxyWith(answer([{ ...status, err }]));
    expect(await chainAt([final.url]).landings([signature], false)).toEqual([
      { state: 'failed', slot: 7n, error: JSON.stringify(err) },
    ]);
  });

  it('T5: a node without history still answers for recent transactions', async () => {
    const proxy = await proxyWith(noHistory);
    expect(await chainAt([proxy.url]).landings([signature], true)).toEqual([{ state: 'absent' }]);
  });

  it('M16: fewer statuses than asked is a failure to ask, not "absent"', async () => {
    const { url } = await proxyWith(answer([]));
    await expect(chainAt([url]).landings([signature], true)).rejects.toMatchObject({
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
    const { url } = await proxyWith(fault);
    const sent = await chainAt([url], { timeoutMs: 300 }).broadcast(bytes);
    expect(sent).toMatchObject({ outcome: 'unknown' });
  });

  it('M2: lost by one endpoint and refused by the next is still unknown', async () => {
    const [first, second] = [
      await proxyWith({ kind: 'cut' }),
      await proxyWith({ kind: 'error', code: -32002, data: { err: 'AlreadyProcessed' } }),
    ];
    const result = await chainAt([first.url, second.url]).broadcast(bytes);
    expect(result).toMatchObject({ outcome: 'unknown' });
  });

  it('is refused in our own words when a node refuses it', async () => {
    const data = { err: { InstructionError: [2, { Custom: 1 }] }, logs: ['SECRET'] };
    const { url } = await proxyWith({ kind: 'error', code: -32002, data });
    expect(await chainAt([url]).broadcast(bytes)).toEqual({
      outcome: 'refused',
      reason: `${new URL(url).host}: JSON-RPC -32002 (refused in preflight): {"InstructionError":[2,{"Custom":1}]}`,
    });
  });

  it('T1: goes to all endpoints from the first time on, with preflight', async () => {
    const [first, second] = [await proxyWith(accepted), await proxyWith(accepted)];
    expect(await chainAt([first.url, second.url]).broadcast(bytes)).toEqual({ outcome: 'accepted' });
    await expect.poll(() => [first.calls.length, second.calls.length]).toEqual([1, 1]);
    for (const { calls } of [first, second]) {
      expect(calls[0]?.params[1]).toMatchObject({ maxRetries: 0, preflightCommitment: 'confirmed' });
      expect(calls[0]?.params[1]).not.toHaveProperty('skipPreflight');
    }
  });

  it('goes without preflight where the node does not know the blockhash: the leader may', async () => {
    const unknown: Fault = { kind: 'error', code: -32002, data: { err: 'BlockhashNotFound' } };
    const lagging = await proxyWith(on('sendTransaction', (nth) => (nth === 1 ? unknown : accepted)));
    expect(await chainAt([lagging.url]).broadcast(bytes)).toEqual({ outcome: 'accepted' });
    expect(lagging.calls[1]?.params[1]).toMatchObject({ skipPreflight: true });
  });

  it('R3: what preflight refuses for a reason of its own is not broadcast', async () => {
    const data = { err: { InsufficientFundsForRent: { account_index: 0 } } };
    const refusing = await proxyWith({ kind: 'error', code: -32002, data });
    await chainAt([refusing.url]).broadcast(bytes);
    expect(refusing.calls).toHaveLength(1);
  });

  it('N2: a hanging endpoint does not hold up a rebroadcast that another accepts', async () => {
    const [hanging, healthy] = [await proxyWith({ kind: 'hang' }), await proxyWith(accepted)];
    const chain = chainAt([hanging.url, healthy.url], { timeoutMs: 60_000 });
    expect(await chain.broadcast(bytes)).toEqual({ outcome: 'accepted' });
    await pollUntil('the call that is still waiting', () => hanging.waiting === 1, { everyMs: 20 });
  });
});
