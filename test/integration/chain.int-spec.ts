import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SignatureStatus } from '../../src/chain/chain.js';
import type { SolanaChain } from '../../src/chain/solana-chain.js';
import {
  type SignedTransaction,
  TRANSFER_COMPUTE_UNIT_LIMIT,
  assembleTransaction,
  compileTransfer,
  transferFee,
} from '../../src/chain/transfer-transaction.js';
import type { LocalChain } from '../../src/local/chain.js';
import { startTestChain } from '../support/localnet.js';
import { pollUntil } from '../support/poll.js';
import { type Fault, RpcProxy } from '../support/rpc-proxy.js';
import { HandClock, chainAt } from '../support/solana-chain.js';
import { SOL, TestWallet, fundedWallet } from '../support/wallets.js';

let local: LocalChain;
let chain: SolanaChain;

beforeAll(async () => {
  local = await startTestChain();
  chain = chainAt([local.rpcUrl]);
});
afterAll(async () => local.stop());

interface Made extends SignedTransaction {
  readonly source: string;
  readonly message: Uint8Array;
  readonly lastValidBlockHeight: bigint;
  readonly slot: bigint;
  readonly memo: string;
}

async function makeTransfer(source: TestWallet, destination: string, lamports: bigint): Promise<Made> {
  const lease = await chain.latestBlockhash();
  const memo = randomUUID();
  const message = compileTransfer({
    source: source.address,
    destination,
    lamports,
    memo,
    feePayer: source.address,
    blockhash: lease.blockhash,
    computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
    computeUnitPriceMicroLamports: 1_000n,
  });
  const signed = assembleTransaction(message, new Map([[source.address, source.sign(message)]]));
  return { ...lease, ...signed, source: source.address, message, memo };
}

const questionOf = (...made: Made[]) => ({
  signatures: made.map(({ signature }) => signature),
  source: made[0]?.source ?? '',
  lastValidBlockHeight: made.map((one) => one.lastValidBlockHeight).reduce((a, b) => (a > b ? a : b)),
  oldestSlot: made.map((one) => one.slot).reduce((a, b) => (a < b ? a : b)),
});

const untilState = (signature: string, state: SignatureStatus['state']) =>
  pollUntil(
    `${signature} to be ${state}`,
    async () => {
      const [status] = await chain.signatureStatuses([signature], true);
      return status?.state === state ? status : null;
    },
    { everyMs: 20 },
  );

/** Waits until the finalized height is past the transaction's life and the proof's margin. */
const untilPast = (made: Made) =>
  pollUntil(
    'the blockhash to be long dead',
    async () => ((await chain.finalizedBlockHeight()) > made.lastValidBlockHeight + 32n ? true : null),
    { everyMs: 50 },
  );

describe('reads', () => {
  it('tells the chain clock', async () => {
    const { slot, unixSeconds } = await chain.now();
    expect(slot).toBeGreaterThan(0n);
    expect(Math.abs(unixSeconds - Date.now() / 1_000)).toBeLessThan(60);
  });

  it('answers balances in the order asked, more than one call takes, 0 for unknown addresses', async () => {
    const rich = await fundedWallet(local, 3n * SOL);
    const strangers = Array.from({ length: 149 }, () => TestWallet.generate().address);
    const balances = await chain.balances([...strangers, rich.address, ...strangers.slice(0, 10)]);
    expect(balances).toHaveLength(160);
    expect(balances[149]?.lamports).toBe(3n * SOL);
    expect(balances.filter(({ lamports }) => lamports === 0n)).toHaveLength(159);
    expect(await chain.balances([])).toEqual([]);
  });

  it('refuses the answer of a node that is behind the slot asked for', async () => {
    const { slot } = await chain.now();
    const { address } = TestWallet.generate();
    await expect(chain.balances([address], slot + 1_000_000n)).rejects.toMatchObject({
      code: 'rpc_unavailable',
    });
    await expect(chain.balances([address], slot)).resolves.toHaveLength(1);
  });

  it('describes accounts: wallets, programs, nothing', async () => {
    const wallet = await fundedWallet(local, SOL);
    expect(await chain.account(wallet.address)).toMatchObject({
      exists: true,
      lamports: SOL,
      owner: '1'.repeat(32),
      executable: false,
      dataLength: 0,
    });
    expect(await chain.account('SysvarC1ock11111111111111111111111111111111')).toMatchObject({
      exists: true,
      dataLength: 40,
    });
    expect(await chain.account('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr')).toMatchObject({
      executable: true,
    });
    expect(await chain.account(TestWallet.generate().address)).toMatchObject({
      exists: false,
      lamports: 0n,
      owner: null,
    });
  });

  it('asks for the rent minimum once a minute', async () => {
    const proxy = await RpcProxy.start(local.rpcUrl);
    const clock = new HandClock();
    const watched = chainAt([proxy.url], { clock });
    const first = await watched.rentExemptMinimum();
    expect(first).toBeGreaterThan(500_000n);
    clock.forward(59_999);
    expect(await watched.rentExemptMinimum()).toBe(first);
    expect(proxy.calls).toHaveLength(1);
    clock.forward(1);
    await watched.rentExemptMinimum();
    expect(proxy.calls).toHaveLength(2);
    await proxy.stop();
  });

  it('offers a priority fee within its bounds, also when the market cannot be asked', async () => {
    const { address } = await fundedWallet(local);
    expect(await chain.priorityFee([address])).toBe(0n);
    expect(await chainAt(['http://127.0.0.1:1']).priorityFee([address])).toBe(1_000n);
    const capped = chainAt(['http://127.0.0.1:1'], { env: { PRIORITY_FEE_MAX_MICRO_LAMPORTS: '7' } });
    expect(await capped.priorityFee([address])).toBe(7n);
  });

  it('reports what each endpoint can do, by host only', async () => {
    const broken = await RpcProxy.start(local.rpcUrl, ({ method }) =>
      method === 'getTokenAccountsByOwner' ? { kind: 'status', status: 500 } : undefined,
    );
    const reports = await chainAt([local.rpcUrl, `${broken.url}/v2/SECRET?api-key=SECRET`]).endpoints();
    expect(reports[0]).toMatchObject({
      endpoint: new URL(local.rpcUrl).host,
      ok: true,
      checks: { latestBlockhash: true, blockTime: true, tokenAccounts: true },
    });
    expect(reports[1]).toMatchObject({
      ok: false,
      reason: 'getTokenAccountsByOwner: HTTP 500',
      checks: { latestBlockhash: true, blockTime: true, tokenAccounts: false },
    });
    expect(
      JSON.stringify(reports, (_, value: unknown) => (typeof value === 'bigint' ? 0 : value)),
    ).not.toContain('SECRET');
    await broken.stop();
  });
});

describe('a transfer', () => {
  it('lands with its memo, moves exactly the amount, and costs the fee that was computed', async () => {
    const source = await fundedWallet(local, 2n * SOL);
    const { address } = TestWallet.generate();
    const made = await makeTransfer(source, address, SOL);
    const simulated = await chain.simulate(made.message);
    expect(simulated).toMatchObject({ ok: true });
    expect(await chain.signatureStatuses([made.signature], true)).toEqual([{ state: 'absent' }]);
    expect(await chain.broadcast(made.bytes, true)).toEqual({ outcome: 'accepted' });
    expect(await untilState(made.signature, 'finalized')).toMatchObject({ error: null });
    const [from, to] = await chain.balances([source.address, address]);
    expect(to?.lamports).toBe(SOL);
    expect(from?.lamports).toBe(SOL - transferFee(1, 1_000n));
    expect(await chain.proveDead(questionOf(made))).toEqual({ verdict: 'landed', signature: made.signature });
  });

  it('stays well below its compute unit limit', async () => {
    const made = await makeTransfer(await fundedWallet(local), TestWallet.generate().address, SOL);
    const simulated = await chain.simulate(made.message);
    expect(simulated.ok && simulated.unitsConsumed).toBeGreaterThan(0);
    expect(simulated.ok && simulated.unitsConsumed).toBeLessThan(TRANSFER_COMPUTE_UNIT_LIMIT / 2);
  });

  it('M18: that cannot be paid is refused by the simulation', async () => {
    const poor = await fundedWallet(local, 1_000_000n);
    const made = await makeTransfer(poor, TestWallet.generate().address, SOL);
    expect(await chain.simulate(made.message)).toMatchObject({
      ok: false,
      error: expect.stringContaining('InstructionError') as string,
    });
    const refused = await chain.broadcast(made.bytes, true);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(refused)).toContain('JSON-RPC -32002');
  });

  it('M3: landed with an error is told from success', async () => {
    const poor = await fundedWallet(local, 1_000_000n);
    const made = await makeTransfer(poor, TestWallet.generate().address, SOL);
    await chain.broadcast(made.bytes, false);
    const status = await untilState(made.signature, 'finalized');
    expect(status).toMatchObject({ error: expect.stringContaining('InstructionError') as string });
  });

  it('an unknown blockhash is a failure to ask, not a verdict', async () => {
    const source = await fundedWallet(local);
    const message = compileTransfer({
      source: source.address,
      destination: TestWallet.generate().address,
      lamports: SOL,
      memo: randomUUID(),
      feePayer: source.address,
      blockhash: TestWallet.generate().address,
      computeUnitLimit: TRANSFER_COMPUTE_UNIT_LIMIT,
      computeUnitPriceMicroLamports: 0n,
    });
    await expect(chain.simulate(message)).rejects.toMatchObject({ code: 'rpc_unavailable' });
  });
});

describe('proveDead', () => {
  it('M16: says unknown while it may land, dead when its blockhash is long gone', async () => {
    const made = await makeTransfer(await fundedWallet(local), TestWallet.generate().address, SOL);
    expect(await chain.proveDead(questionOf(made))).toMatchObject({ verdict: 'unknown' });
    await untilPast(made);
    expect(await chain.proveDead(questionOf(made))).toMatchObject({ verdict: 'dead', rule: 'idle_chain' });
    // And it really is: the same bytes cannot land any more.
    await chain.broadcast(made.bytes, false);
    expect(await chain.signatureStatuses([made.signature], true)).toEqual([{ state: 'absent' }]);
  });

  it('uses a canary as soon as the chain has traffic', async () => {
    const source = await fundedWallet(local);
    const made = await makeTransfer(source, TestWallet.generate().address, SOL);
    await untilPast(made);
    const traffic = await pollUntil(
      'a proof by canary',
      async () => {
        const other = await makeTransfer(source, TestWallet.generate().address, SOL / 1_000n);
        await chain.broadcast(other.bytes, true);
        const verdict = await chain.proveDead(questionOf(made));
        return verdict.verdict === 'dead' && verdict.rule === 'canary' ? verdict : null;
      },
      { everyMs: 20 },
    );
    expect(traffic.finalizedHeight).toBeGreaterThan(made.lastValidBlockHeight + 32n);
  });

  it('M16: is not fooled by a jump of the chain clock, which moves slots and times but not heights', async () => {
    const jumping = await startTestChain();
    try {
      const there = chainAt([jumping.rpcUrl]);
      const lease = await there.latestBlockhash();
      await jumping.cheats.timeTravelTo(new Date(Date.now() + 7 * 86_400_000));
      const slot = await pollUntil('the jump to be final', async () => {
        const now = await there.now();
        return now.slot > lease.slot + 100_000n ? now.slot : null;
      });
      const question = {
        signatures: [TestWallet.generate().signBase58('never sent')],
        source: TestWallet.generate().address,
        lastValidBlockHeight: lease.lastValidBlockHeight,
        oldestSlot: lease.slot,
      };
      expect(await there.proveDead(question)).toMatchObject({ verdict: 'unknown' });
      const dead = await pollUntil('the proof', async () => {
        const verdict = await there.proveDead(question);
        return verdict.verdict === 'dead' ? verdict : null;
      });
      expect(dead.finalizedHeight).toBeGreaterThan(lease.lastValidBlockHeight + 32n);
      expect(dead.finalizedHeight).toBeLessThan(slot);
    } finally {
      await jumping.stop();
    }
  });

  describe('M16: an endpoint that lies, lags or fails is never believed', () => {
    let landed: Made;
    let dropped: Made;

    beforeAll(async () => {
      const source = await fundedWallet(local);
      landed = await makeTransfer(source, TestWallet.generate().address, SOL);
      dropped = await makeTransfer(source, TestWallet.generate().address, SOL);
      await chain.broadcast(landed.bytes, true);
      await untilPast(dropped);
    });

    const change = (change: (result: never) => unknown): Fault => ({
      kind: 'result',
      change: change as (result: unknown) => unknown,
    });
    const nulls = change(({ value, ...rest }: { value: unknown[] }) => ({
      ...rest,
      value: value.map(() => null),
    }));

    async function verdictWith(faults: Record<string, Fault>, made: Made, ...moreUrls: string[]) {
      const proxy = await RpcProxy.start(local.rpcUrl, ({ method }) => faults[method]);
      try {
        return await chainAt([proxy.url, ...moreUrls], { timeoutMs: 400 }).proveDead(questionOf(made));
      } finally {
        await proxy.stop();
      }
    }

    it('M1: null for a signature that landed', async () => {
      const verdict = await verdictWith({ getSignatureStatuses: nulls }, landed);
      expect(verdict.verdict).toBe('unknown');
    });

    it('M1: null for a signature that landed, and no transaction, yet the account lists it', async () => {
      const faults = { getSignatureStatuses: nulls, getTransaction: change(() => null) };
      expect((await verdictWith(faults, landed)).verdict).toBe('unknown');
      expect((await verdictWith(faults, dropped)).verdict).toBe('dead');
    });

    it('M1: a forgotten status is found by the transaction', async () => {
      const proxy = await RpcProxy.start(local.rpcUrl, ({ method }) =>
        method === 'getSignatureStatuses' ? nulls : undefined,
      );
      try {
        const [status] = await chainAt([proxy.url]).signatureStatuses([landed.signature], true);
        expect(status).toMatchObject({ state: 'finalized', error: null });
        expect(await chainAt([proxy.url]).signatureStatuses([dropped.signature], true)).toEqual([
          { state: 'absent' },
        ]);
      } finally {
        await proxy.stop();
      }
    });

    it('M1: null everywhere, and an honest endpoint beside it', async () => {
      const faults = { getSignatureStatuses: nulls, getTransaction: change(() => null) };
      expect(await verdictWith(faults, landed, local.rpcUrl)).toMatchObject({ verdict: 'landed' });
    });

    it.each<[string, Record<string, Fault>]>([
      ['height lags', { getBlockHeight: change((height: number) => height - 200) }],
      ['height is no number', { getBlockHeight: change(() => '9999999') }],
      ['height is null', { getBlockHeight: change(() => null) }],
      ['history was pruned', { getFirstAvailableBlock: change(() => 1_000_000_000) }],
      ['no statuses', { getSignatureStatuses: change((all: object) => ({ ...all, value: [] })) }],
      [
        'too many statuses',
        { getSignatureStatuses: change((all: object) => ({ ...all, value: [null, null] })) },
      ],
      ['no transaction history', { getSignatureStatuses: { kind: 'error', code: -32011 } }],
      ['no transactions', { getTransaction: { kind: 'error', code: -32011 } }],
      ['no history of the account', { getSignaturesForAddress: { kind: 'error', code: -32011 } }],
      ['a history that is no list', { getSignaturesForAddress: change(() => null) }],
      [
        'blocks without signatures',
        { getBlock: change((block: object) => ({ ...block, signatures: undefined })) },
      ],
      ['block below the count', { getBlock: change((block: object) => ({ ...block, blockHeight: 1 })) }],
      ['blocks all missing', { getBlock: change(() => null) }],
      ['blocks all skipped', { getBlock: { kind: 'error', code: -32007 } }],
      [
        'a canary that it does not know itself',
        {
          getBlock: change((block: object) => ({
            ...block,
            signatures: [TestWallet.generate().signBase58('x')],
          })),
        },
      ],
      ['statuses hang', { getSignatureStatuses: { kind: 'hang' } }],
      ['statuses refused', { getSignatureStatuses: { kind: 'status', status: 429 } }],
      ['heights refused', { getBlockHeight: { kind: 'status', status: 503 } }],
      ['answers are cut', { getBlock: { kind: 'cut' } }],
      ['answers are HTML', { getSlot: { kind: 'body', body: '<html>' } }],
    ])('%s', async (_, faults) => {
      expect(await verdictWith(faults, dropped)).toMatchObject({ verdict: 'unknown' });
      // Two are configured, so the honest one alone is not enough either.
      expect(await verdictWith(faults, dropped, local.rpcUrl)).toMatchObject({ verdict: 'unknown' });
    });

    it('the margin is kept to the block', async () => {
      const heightIs = (height: bigint) => ({ getBlockHeight: change(() => Number(height)) });
      const bound = dropped.lastValidBlockHeight + 32n;
      expect(await verdictWith(heightIs(bound), dropped)).toMatchObject({ verdict: 'unknown' });
      expect(await verdictWith(heightIs(bound + 1n), dropped)).toMatchObject({ verdict: 'dead' });
    });

    it('and two honest ones do prove it', async () => {
      expect(await verdictWith({}, dropped, local.rpcUrl)).toMatchObject({ verdict: 'dead' });
    });

    it('handles more signatures than one request takes', async () => {
      const forged = Array.from({ length: 600 }, () => TestWallet.generate().signBase58(randomUUID()));
      const question = questionOf(dropped);
      const all = [...forged, landed.signature, ...question.signatures];
      expect(await chain.proveDead({ ...question, signatures: all })).toEqual({
        verdict: 'landed',
        signature: landed.signature,
      });
      expect(await chain.proveDead({ ...question, signatures: forged })).toMatchObject({ verdict: 'dead' });
    });
  });
});
