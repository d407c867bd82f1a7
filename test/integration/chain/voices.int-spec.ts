import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { EndpointWatch } from '#src/chain/endpoints/endpoint-watch.js';
import { refuseUnfit } from '#src/chain/endpoints/start-check.js';
import { RpcPool } from '#src/chain/rpc/rpc-pool.js';
import { compileTransfer } from '#src/chain/signing/transfer-transaction.js';
import type { SolanaChain } from '#src/chain/solana-chain.js';
import { HandClock } from '#src/common/clock.fake.js';
import { VoicesWatch } from '#src/jobs/voices-watch.service.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { fundedWallet, SOL, TestWallet, transferSol } from '../../support/builders/wallets.js';
import { pollUntil } from '../../support/poll.js';
import { firstOf, honest, on, rpc } from '../../support/proxies/rpc-faults.js';
import { type FaultPlan, RpcProxy } from '../../support/proxies/rpc-proxy.js';
import { execute } from '../../support/sql.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { startTestChain } from '../../support/worlds/localnet.js';
import { chainAt } from '../../support/worlds/solana-chain.js';

/** Two voices before one chain, and a clock that the test moves. */

const DEVNET = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
const MINUTE = 60_000;
const SILENT: FaultPlan = () => ({ kind: 'status', status: 503 });
const NO_HISTORY: FaultPlan = on('getSignaturesForAddress', () => ({ kind: 'error', code: -32601 }));

let local: LocalChain;
let database: TestDatabase;
let app: NestFastifyApplication;
const proxies: RpcProxy[] = [];

beforeAll(async () => {
  [local, database] = await Promise.all([startTestChain(), createTestDatabase()]);
  ({ app } = await startHttpApp(database.url));
});
afterAll(async () => {
  await app?.close();
  await Promise.all([local?.stop(), database?.drop()]);
});
afterEach(async () => {
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
});

async function two(): Promise<[RpcProxy, RpcProxy]> {
  const pair = await Promise.all([RpcProxy.start(local.rpcUrl), RpcProxy.start(local.rpcUrl)]);
  proxies.push(...pair);
  return pair;
}

describe('T5, T6: a production start', () => {
  async function starts(plans: readonly FaultPlan[], cluster = 'mainnet'): Promise<string> {
    const pair = await two();
    pair.forEach((proxy, index) => (proxy.plan = plans[index] ?? honest));
    const env = {
      NODE_ENV: 'test',
      SOLANA_CLUSTER: cluster,
      SOLANA_RPC_URL: pair.map(({ url }) => url).join(),
    };
    const clock = new HandClock();
    const settings = new Settings(parseEnvironment(env));
    const pool = new RpcPool(settings, clock);
    return refuseUnfit(pool, new EndpointWatch(pool, clock, settings.env.SOLANA_CLUSTER)).then(
      () => 'starts',
      (error: Error) => error.message,
    );
  }
  const devnet = on('getGenesisHash', () => ({ kind: 'answer', result: DEVNET }));

  it('with an endpoint of another cluster is refused, naming it', async () => {
    expect(await starts([honest, devnet])).toMatch(/answers for another cluster than SOLANA_CLUSTER/);
    expect(await starts([devnet, devnet], 'devnet')).toBe('starts');
  });

  it('is refused where no endpoint lists the signatures of an address', async () => {
    expect(await starts([NO_HISTORY, NO_HISTORY])).toMatch(
      /No endpoint of SOLANA_RPC_URL lists.*JSON-RPC -32601.*transaction history/,
    );
    expect(await starts([NO_HISTORY, honest])).toBe('starts');
  });

  it('is kept from nobody by an outage, which proves nothing', async () => {
    expect(await starts([SILENT, SILENT])).toBe('starts');
    expect(await starts([SILENT, NO_HISTORY])).toBe('starts');
  });
});

describe('a second voice that is silent for a day', () => {
  interface Day {
    readonly chain: SolanaChain;
    readonly clock: HandClock;
    readonly other: RpcProxy;
    readonly watch: VoicesWatch;
  }

  async function day(): Promise<Day> {
    const [one, other] = await two();
    const clock = new HandClock();
    const chain = chainAt([one.url, other.url], { clock });
    return { chain, clock, other, watch: new VoicesWatch(chain, app.get(Audit), clock) };
  }

  /** What is asked for a refund, and of which one voice may be enough. */
  async function ask({ chain }: Day, wallet: TestWallet, signature: string) {
    const codeOf = (error: unknown) => (error as { code?: string }).code;
    const lease = await chain.latestBlockhash().catch(codeOf);
    const { result } = await rpc(local.rpcUrl, 'getLatestBlockhash', []);
    const { blockhash } = (result as { value: { blockhash: string } }).value;
    const balances = await chain.balances([wallet.address]).catch(codeOf);
    const message = compileTransfer({
      source: wallet.address,
      destination: TestWallet.generate().address,
      lamports: SOL / 2n,
      memo: 'refund',
      feePayer: wallet.address,
      blockhash,
      computeUnitLimit: 60_000,
      computeUnitPriceMicroLamports: 0n,
    });
    const simulation = await chain.simulate(message).catch(codeOf);
    const [landing] = await chain.landings([signature], true);
    return { lease, balances, simulation, landing };
  }

  it('delays what heals for 15 minutes, and everything else until it is back; one alarm a day', async () => {
    const silent = await day();
    const { chain, clock, other, watch } = silent;
    const wallet = await fundedWallet(local, 2n * SOL);
    const signature = await transferSol(local.rpcUrl, wallet, TestWallet.generate().address, SOL / 2n);
    await pollUntil('the transfer to be finalized by both', async () => {
      const [landing] = await chain.landings([signature], true);
      return landing?.state === 'finalized' || undefined;
    });
    other.plan = SILENT;
    const early = await ask(silent, wallet, signature);
    expect(early).toMatchObject({
      lease: 'single_source',
      balances: 'single_source',
      simulation: 'single_source',
      landing: { state: 'seen', reason: expect.stringContaining('HTTP 503') as string },
    });
    for (let minutes = 0; minutes < 24 * 60; minutes += 8) {
      clock.forward(8 * MINUTE);
      await watch.run();
      if (minutes < 24) await ask(silent, wallet, signature);
    }
    for (const _ of [1, 2, 3]) {
      await ask(silent, wallet, signature);
      clock.forward(8 * MINUTE);
    }
    expect(await ask(silent, wallet, signature)).toMatchObject({
      lease: { heights: [expect.anything()] },
      balances: [{ lamports: 2n * SOL - SOL / 2n - 5_000n }],
      simulation: { ok: true },
      // Never `finalized` by one: what it paid stays promised.
      landing: { state: 'confirmed', alone: true },
    });
    await expect(chain.now()).rejects.toMatchObject({ code: 'single_source' });
    await expect(chain.equalBalances([wallet.address])).rejects.toMatchObject({ code: 'single_source' });
    const question = {
      signatures: ['1'.repeat(64)],
      blockhashes: [],
      source: wallet.address,
      lastValidBlockHeight: 0n,
      oldestSlot: 1n << 60n,
      signedAt: new Date(0),
    };
    expect(await chain.proveDead(question)).toMatchObject({ verdict: 'unknown' });
    const alarms = await execute<{ day: string }>(
      database.url,
      `SELECT fields ->> 'day' AS day FROM audit_logs WHERE event = 'rpc_single_source_error' ORDER BY id`,
    );
    expect(alarms.map((alarm) => alarm.day)).toEqual(['2026-11-22', '2026-11-23']);

    other.plan = honest;
    clock.forward(MINUTE);
    expect(await ask(silent, wallet, signature)).toMatchObject({
      lease: { heights: [expect.anything(), expect.anything()] },
      landing: { state: 'finalized' },
    });
    expect(await watch.run()).toEqual({ silent: 0 });
    await expect(chain.now()).resolves.toBeDefined();
  });
});

describe('T4: voices that are far apart', () => {
  const wait = { RPC_SECOND_VOICE_WAIT_SECONDS: '60' };
  const slotPlan = (change: (slot: number) => number): FaultPlan =>
    on('getSlot', () => ({ kind: 'result', change: (slot) => change(Number(slot)) }));

  /** Looks once a second, for as long as a laggard is given. */
  async function watched(chain: SolanaChain, clock: HandClock) {
    for (let second = 0; second < 14; second += 1) {
      await chain.endpoints();
      clock.forward(1_000);
    }
    return (await chain.endpoints()).map(({ red, reason }) => ({ red, reason }));
  }

  async function leaseAfterTheWait(chain: SolanaChain, clock: HandClock): Promise<string> {
    for (let asked = 0; asked < 3; asked += 1) {
      await chain.latestBlockhash().catch(() => undefined);
      clock.forward(MINUTE / 2);
    }
    return chain.latestBlockhash().then(
      () => 'signed',
      (error: unknown) => (error as { code: string }).code,
    );
  }

  it('one that stands still is red, and after the wait the other one goes on', async () => {
    const [one, other] = await two();
    let stuck: number | undefined;
    // A young chain has no 500 slots yet.
    other.plan = firstOf(slotPlan((slot) => (stuck ??= Math.max(1, slot - 500))));
    const clock = new HandClock();
    const chain = chainAt([one.url, other.url], { clock, env: wait });
    expect(await watched(chain, clock)).toMatchObject([
      { red: false },
      { red: true, reason: expect.stringContaining('stands still') as string },
    ]);
    expect(await leaseAfterTheWait(chain, clock)).toBe('signed');
  });

  it('one that claims to be far ahead makes nobody silent: nothing is done on its word, however long it waits', async () => {
    const [one, other] = await two();
    one.plan = slotPlan((slot) => slot + 1_000);
    const clock = new HandClock();
    const chain = chainAt([one.url, other.url], { clock, env: wait });
    expect(await watched(chain, clock)).toMatchObject([
      { red: false },
      { red: true, reason: expect.stringContaining('slots behind the best') as string },
    ]);
    expect(await leaseAfterTheWait(chain, clock)).toBe('single_source');
    one.plan = honest;
    await watched(chain, clock);
    expect(await leaseAfterTheWait(chain, clock)).toBe('signed');
  });
});
