import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { expectPaidOnce, historyOf, untilExpired, untilOnChain } from '../support/checks/payout-proof.js';
import { PayoutWorld, type TestCommitment } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';
import {
  countOf,
  denyHistory,
  denyStatuses,
  denyTransactions,
  dropFirstTransaction,
  firstOf,
  Held,
  honest,
  noHistory,
  on,
  onNth,
  rpc,
  sentThrough,
  showBalance,
  stuckHeight,
  submit,
} from '../support/proxies/rpc-faults.js';
import { pollUntil } from '../support/poll.js';
import { Balancer } from '../support/proxies/rpc-balancer.js';
import type { FaultPlan, RpcProxy } from '../support/proxies/rpc-proxy.js';
import { SOL } from '../support/builders/wallets.js';
import { Random } from '../support/random.js';

const SEED = Number(process.env['CTS_FAULTS_SEED'] ?? Date.now() % 1_000_000);

/** What becomes of an attempt whose blockhash is over: when another one may be signed, and when never. */

let chain: LocalChain;
beforeAll(async () => {
  // A blockhash lives for 150 slots, twelve seconds: long enough for a busy machine to send what it is to send in time.
  // It is surely over 32 + 31 slots later.
  chain = await startTestChain({ slotMs: 80 });
});
afterAll(() => chain.stop());

const worlds = (waitSeconds: number, endpoints: number, size: number) =>
  new WorldPool(
    (life) => PayoutWorld.open(life, chain, { endpoints, env: { PAYOUT_WAIT_SECONDS: String(waitSeconds) } }),
    size,
  );
/** The request itself drives the payout all the way. */
const patient = worlds(55, 1, 3);
const patientWithTwo = worlds(55, 2, 1);
/** The request is soon answered, and the payout goes on. */
const hasty = worlds(1, 1, 1);
const hastyWithTwo = worlds(1, 2, 1);

async function readyToPay(test: TestContext, pool = patient) {
  const world = await pool.take(test);
  const commitment = await world.attested();
  const admin = await world.signIn();
  return { world, commitment, admin };
}

/** Waits until the engine, which knows of an attempt that is over, has asked this often more. */
async function untilAsked(world: PayoutWorld, method: string, times: number): Promise<void> {
  const before = countOf(world.rpc, method);
  await pollUntil(
    `${times} more calls of ${method}`,
    () => countOf(world.rpc, method) >= before + times || undefined,
  );
}

function both({ rpcs }: PayoutWorld): [RpcProxy, RpcProxy] {
  const [first, second] = rpcs;
  if (!first || !second) throw new Error('two endpoints were asked for');
  return [first, second];
}

/** Every way to ask for a transaction of ours. */
function denyEverything(proxy: RpcProxy): FaultPlan {
  return firstOf(denyStatuses(proxy), denyTransactions(proxy), denyHistory(proxy));
}

/** Hands the first bytes to the chain some blocks before they are too old. @returns whether they were in time */
async function landInTheLastMoment(world: PayoutWorld): Promise<boolean> {
  const sent = await pollUntil('the first bytes', () => sentThrough(world.rpc)[0]);
  const [attempt] = await world.query<{ bound: string }>(
    'SELECT last_valid_block_height::text AS bound FROM public.payout_attempts WHERE signature = $1',
    [sent.signature],
  );
  const late = Number(attempt?.bound) - 25;
  await pollUntil(`block height ${late}`, async () => {
    const { result } = await rpc(chain.rpcUrl, 'getBlockHeight', [{ commitment: 'confirmed' }]);
    return Number(result) >= late || undefined;
  });
  return (await submit(chain.rpcUrl, sent)).error === undefined;
}

async function untilContradicted(world: PayoutWorld, commitment: TestCommitment): Promise<void> {
  await pollUntil(
    'the balance to speak against the endpoint',
    async () => (await world.actorsOf('payout_balance_contradiction_error', commitment))[0],
  );
}

describe.concurrent('a transaction that never reached the chain', () => {
  it('M2, M16: is proven dead, and a second attempt pays', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = dropFirstTransaction(world.rpc);
    const answer = await world.resolve(admin, commitment);
    const payout = await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
    expect(answer).toMatchObject({ status: 200, body: { signature: payout.signature } });
    expect(sentThrough(world.rpc).map(({ signature }) => signature)).toEqual(
      payout.attempts.map(({ signature }) => signature),
    );
  });

  it('M2: and whose bytes surface before and after the second one is still paid once', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    const surface = async () => {
      const [first] = sentThrough(world.rpc);
      if (first) await submit(chain.rpcUrl, first);
      return undefined;
    };
    const beforeAndAfter: FaultPlan = on('sendTransaction', async () => {
      await surface();
      return { kind: 'after', judge: surface };
    });
    world.rpc.plan = firstOf(dropFirstTransaction(world.rpc), beforeAndAfter);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 200 });
    await surface();
    await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
  });

  const BLINDNESS: readonly (readonly [string, string, () => FaultPlan])[] = [
    ['the finalized height stands still', 'getBlockHeight', stuckHeight],
    ['the node has no history', 'getSignatureStatuses', () => noHistory],
  ];

  const RARER: typeof BLINDNESS = [
    [
      'statuses cannot be asked',
      'getSignatureStatuses',
      () => on('getSignatureStatuses', () => ({ kind: 'cut' })),
    ],
    [
      'transactions cannot be asked',
      'getTransaction',
      () => on('getTransaction', () => ({ kind: 'status', status: 503 })),
    ],
    ['no block can be read', 'getBlock', () => on('getBlock', () => ({ kind: 'error', code: -32004 }))],
  ];

  it.for([...BLINDNESS, ...(LONG ? RARER : [])])(
    'M16: is not replaced while %s',
    async ([, method, blindness], test) => {
      const { world, commitment, admin } = await readyToPay(test);
      const drop = dropFirstTransaction(world.rpc);
      world.rpc.plan = firstOf(drop, blindness());
      const answer = world.resolve(admin, commitment);
      await world.untilLedger(commitment, /^in_flight: signed$/);
      await untilExpired(world, commitment);
      await untilAsked(world, method, 2);
      expect(await world.ledger(commitment)).toBe('in_flight: signed');
      world.rpc.plan = drop;
      expect(await answer).toMatchObject({ status: 200 });
      await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
    },
  );

  it('M16, T1: is not replaced on the word of one of two voices', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, patientWithTwo);
    const drop: FaultPlan = on('sendTransaction', () => ({ kind: 'cut' }));
    const [first, second] = both(world);
    first.plan = drop;
    second.plan = drop;
    const answer = world.resolve(admin, commitment);
    await world.untilLedger(commitment, /^in_flight: signed$/);
    second.plan = () => ({ kind: 'status', status: 503 });
    await untilExpired(world, commitment);
    await untilAsked(world, 'getFirstAvailableBlock', 2);
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    expect((await world.payout(commitment))?.waitingFor).toMatch(/too few voices/);
    first.plan = honest;
    second.plan = honest;
    expect(await answer).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
  });
});

describe.concurrent('a transaction that landed', () => {
  it('M1, M16: and whose status is null for ever is found by its transaction', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = denyStatuses(world.rpc);
    const answer = world.resolve(admin, commitment);
    const { signature } = await untilOnChain(world, commitment);
    expect(await answer).toMatchObject({ status: 200, body: { signature } });
    await expectPaidOnce(world, commitment);
  });

  it('M1, M16: and that is denied by status and by signature is not replaced', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = firstOf(denyStatuses(world.rpc), denyTransactions(world.rpc));
    const answer = world.resolve(admin, commitment);
    const { signature } = await untilOnChain(world, commitment);
    await untilExpired(world, commitment);
    await untilAsked(world, 'getSignaturesForAddress', 2);
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    world.rpc.plan = honest;
    expect(await answer).toMatchObject({ status: 200, body: { signature } });
    await expectPaidOnce(world, commitment);
  });

  it.runIf(LONG)(
    'M16: and that the only endpoint denies in every way is not paid again, and is booked once it is honest',
    async (test) => {
      const { world, commitment, admin } = await readyToPay(test, hasty);
      world.rpc.plan = denyEverything(world.rpc);
      expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
      await untilContradicted(world, commitment);
      await untilAsked(world, 'getMultipleAccounts', 2);
      expect(await world.ledger(commitment)).toBe('in_flight: signed');
      expect((await historyOf(chain.rpcUrl, commitment.escrow)).outgoing).toHaveLength(1);
      world.rpc.plan = honest;
      await expectPaidOnce(world, commitment);
      expect(await world.actorsOf('payout_balance_contradiction_error', commitment)).toHaveLength(1);
    },
  );

  it('M16: and whose death even the balance was made to prove is not paid again, and is booked once all are honest', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, hasty);
    const deny = denyEverything(world.rpc);
    // The next attempt begins with a blockhash, and finds the balance as it is.
    const next = new Held('getLatestBlockhash', () => sentThrough(world.rpc).length > 0);
    test.onTestFinished(async () => next.open());
    world.rpc.plan = firstOf(deny, showBalance(commitment.escrow, SOL), next.plan);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
    await world.untilLedger(commitment, /^pending: dead$/);
    world.rpc.plan = deny;
    next.open();
    await untilContradicted(world, commitment);
    await untilAsked(world, 'getMultipleAccounts', 2);
    expect((await historyOf(chain.rpcUrl, commitment.escrow)).outgoing).toHaveLength(1);
    world.rpc.plan = honest;
    await expectPaidOnce(world, commitment);
    expect(await world.actorsOf('payout_dead_landed_error', commitment)).toHaveLength(1);
  });

  it('M16, T3: and that one of two voices denies altogether is neither replaced nor booked until both show it', async (test) => {
    const { world, commitment, admin } = await readyToPay(test, hastyWithTwo);
    world.rpc.plan = denyEverything(world.rpc);
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
    await untilExpired(world, commitment);
    await untilAsked(world, 'getSignatureStatuses', 2);
    expect(await world.ledger(commitment)).toBe('in_flight: signed');
    expect((await world.payout(commitment))?.waitingFor).toMatch(/no other voice shows it/);
    world.rpc.plan = honest;
    await expectPaidOnce(world, commitment);
  });
});

describe.concurrent('a load balancer whose backends lag behind each other', () => {
  it(`M16, T1: never buries an attempt that lives: bytes that land in the last moment pay, and pay once, seed ${SEED}`, async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    const balancer = new Balancer(new Random(SEED), chain.rpcUrl, 100);
    world.rpc.plan = firstOf(dropFirstTransaction(world.rpc), balancer.plan);
    const answer = world.resolve(admin, commitment);
    const landed = await landInTheLastMoment(world);
    await untilExpired(world, commitment);
    expect((await answer).status).toSatisfy((status) => status === 200 || status === 202);
    // A machine so slow that the bytes came too late has shown a death, and not the last moment.
    await expectPaidOnce(world, commitment, { attempts: landed ? ['finalized'] : 'any' });
    expect(balancer.late).toBeGreaterThan(0);
  });
});

describe.concurrent('an API that stays down until the blockhash is over', () => {
  it('M1, M5: finds the transaction that it sent', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = onNth('sendTransaction', 1, () => ({ kind: 'after', judge: world.crashNow }));
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    await untilExpired(world, commitment);
    await world.start();
    await expectPaidOnce(world, commitment);
  });

  it('M5: replaces the one that it had recorded and not sent', async (test) => {
    const { world, commitment, admin } = await readyToPay(test);
    world.rpc.plan = onNth('sendTransaction', 1, world.crashNow);
    expect(await world.resolve(admin, commitment)).toEqual({ status: 0 });
    await untilExpired(world, commitment);
    await world.start();
    await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
  });
});
