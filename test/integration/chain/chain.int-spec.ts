import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  TRANSFER_COMPUTE_UNIT_LIMIT,
  compileTransfer,
  transferFee,
} from '#src/chain/signing/transfer-transaction.js';
import type { SolanaChain } from '#src/chain/solana-chain.js';
import { HandClock } from '#src/common/clock.fake.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { deathQuestion, makeTransfer, untilLandingIs } from '../../support/builders/transfers.js';
import { SOL, TestWallet, fundedWallet } from '../../support/builders/wallets.js';
import { submit } from '../../support/proxies/rpc-faults.js';
import { RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { chainAt } from '../../support/worlds/solana-chain.js';

const begun = Date.now();
let local: LocalChain;
let chain: SolanaChain;

beforeAll(async () => {
  local = await startTestChain();
  chain = chainAt([local.rpcUrl]);
});
afterAll(async () => local.stop());

describe('reads', () => {
  it('tells the chain clock', async () => {
    const { slot, unixSeconds } = await chain.now();
    expect(slot).toBeGreaterThan(0n);
    expect(unixSeconds).toBeGreaterThan(begun / 1_000 - 60);
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
    expect(await chain.priorityFee([address])).toBe(1_000n);
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
    const made = await makeTransfer(chain, source, address, SOL);
    const simulated = await chain.simulate(made.message);
    expect(simulated).toMatchObject({ ok: true });
    expect(await chain.landings([made.signature], true)).toEqual([{ state: 'absent' }]);
    expect(await chain.broadcast(made.bytes)).toEqual({ outcome: 'accepted' });
    await untilLandingIs(chain, made.signature, 'finalized');
    const [from, to] = await chain.balances([source.address, address]);
    expect(to?.lamports).toBe(SOL);
    expect(from?.lamports).toBe(SOL - transferFee(1, 1_000n));
    expect(await chain.proveDead(deathQuestion(made))).toMatchObject({
      verdict: 'landed',
      signature: made.signature,
    });
  });

  it('stays well below its compute unit limit', async () => {
    const made = await makeTransfer(chain, await fundedWallet(local), TestWallet.generate().address, SOL);
    const simulated = await chain.simulate(made.message);
    expect(simulated.ok && simulated.unitsConsumed).toBeGreaterThan(0);
    expect(simulated.ok && simulated.unitsConsumed).toBeLessThan(TRANSFER_COMPUTE_UNIT_LIMIT / 2);
  });

  it('M18: that cannot be paid is refused by the simulation', async () => {
    const poor = await fundedWallet(local, 1_000_000n);
    const made = await makeTransfer(chain, poor, TestWallet.generate().address, SOL);
    expect(await chain.simulate(made.message)).toMatchObject({
      ok: false,
      error: expect.stringContaining('InstructionError') as string,
    });
    const refused = await chain.broadcast(made.bytes);
    expect(refused).toMatchObject({ outcome: 'refused' });
    expect(JSON.stringify(refused)).toContain('JSON-RPC -32002');
  });

  it('M3: landed with an error is told from success', async () => {
    const poor = await fundedWallet(local, 1_000_000n);
    const made = await makeTransfer(chain, poor, TestWallet.generate().address, SOL);
    // The adapter itself sends nothing that preflight refuses.
    await submit(local.rpcUrl, { ...made, bytes: Buffer.from(made.bytes) });
    const landing = await untilLandingIs(chain, made.signature, 'failed');
    expect(landing).toMatchObject({ error: expect.stringContaining('InstructionError') as string });
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
