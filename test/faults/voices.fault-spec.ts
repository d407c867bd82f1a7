import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import type { ApiError } from '#src/local/rest-client.js';
import { LONG } from '../support/long.js';
import {
  expectNothingPaid,
  expectPaidOnce,
  untilExpired,
  untilOnChain,
  untilWaiting,
} from '../support/checks/payout-proof.js';
import { pollUntil } from '../support/poll.js';
import {
  countOf,
  denyHistory,
  denyStatuses,
  denyTransactions,
  firstOf,
  honest,
  on,
  sentIn,
  sentThrough,
  submit,
  swallowAndPraise,
} from '../support/proxies/rpc-faults.js';
import type { FaultPlan, RpcProxy } from '../support/proxies/rpc-proxy.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld, type TestLife } from '../support/worlds/payout-world.js';
import { WorldPool } from '../support/worlds/world-pool.js';

/** Two voices, one of which lies: nothing is paid twice, early or never. */

/** A blockhash dies after six seconds: for what waits for a death. */
let chain: LocalChain;
/** After thirty: for what has to be sent again while it lives. */
let patientChain: LocalChain;
beforeAll(async () => {
  [chain, patientChain] = await Promise.all([
    startTestChain({ slotMs: 40 }),
    startTestChain({ slotMs: 200 }),
  ]);
});
afterAll(() => Promise.all([chain.stop(), patientChain.stop()]));

interface Pair {
  readonly world: PayoutWorld;
  readonly liar: RpcProxy;
  readonly other: RpcProxy;
}

interface PairOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly at?: LocalChain;
}

function open(life: TestLife, { env = {}, at = chain }: PairOptions = {}): Promise<PayoutWorld> {
  return PayoutWorld.open(life, at, {
    endpoints: 2,
    env: { PAYOUT_WAIT_SECONDS: '1', SOLANA_RPC_TIMEOUT_MS: '4000', ...env },
  });
}

/** For the tests that need nothing else. */
const worlds = new WorldPool((life) => open(life), 2);

async function pair(test: TestContext, options?: PairOptions): Promise<Pair> {
  const world = await (options ? open(test, options) : worlds.take(test));
  const [liar, other] = world.rpcs;
  if (!liar || !other) throw new Error('two endpoints were asked for');
  return { world, liar, other };
}

async function readyToPay(test: TestContext, options?: PairOptions) {
  const voices = await pair(test, options);
  const commitment = await voices.world.attested();
  const admin = await voices.world.signIn();
  return { ...voices, commitment, admin };
}

/** The Clock sysvar, moved by so many seconds. */
function clockOff(seconds: number): FaultPlan {
  return ({ method, params }) =>
    method === 'getAccountInfo' && params[0] === 'SysvarC1ock11111111111111111111111111111111'
      ? {
          kind: 'result',
          change: (result) => {
            const { value, ...rest } = result as { value: { data: [string, string] } };
            const data = Buffer.from(value.data[0], 'base64');
            data.writeBigInt64LE(data.readBigInt64LE(32) + BigInt(seconds), 32);
            return { ...rest, value: { ...value, data: [data.toString('base64'), 'base64'] } };
          },
        }
      : undefined;
}

/** Tells a life that is over, and heights far ahead: whoever believes it calls the living dead. */
const shortLife: FaultPlan = firstOf(
  on('getLatestBlockhash', () => ({
    kind: 'result',
    change: (result) => {
      const { value, ...rest } = result as { value: { lastValidBlockHeight: number } };
      return { ...rest, value: { ...value, lastValidBlockHeight: value.lastValidBlockHeight - 250 } };
    },
  })),
  on('getBlockHeight', (_, { params }) =>
    (params[0] as { commitment?: string } | undefined)?.commitment === 'finalized'
      ? { kind: 'result', change: (height) => Number(height) + 400 }
      : undefined,
  ),
);

describe.concurrent('T1: a voice that calls the living dead', () => {
  it('and holds the transaction back is no hindrance: the other one gets it the first time', async (test) => {
    const { world, liar, commitment, admin } = await readyToPay(test, {
      env: { PAYOUT_WAIT_SECONDS: '30' },
    });
    liar.plan = firstOf(
      shortLife,
      on('sendTransaction', (_, call) => ({ kind: 'answer', result: sentIn(call).signature })),
      denyStatuses(liar),
    );
    const answer = world.resolve(admin, commitment);
    await pollUntil('the transaction at both', () => (sentThrough(liar).length > 0 ? true : undefined));
    await world.untilLedger(commitment, /^in_flight: signed$/);
    await untilWaiting(world, commitment, /no other voice shows it/);
    liar.plan = honest;
    expect(await answer).toMatchObject({ status: 200 });
    await expectPaidOnce(world, commitment, { attempts: 'any' });
  });

  it('and lets it go when it hears of the next one: they are never both alive', async (test) => {
    const { world, liar, other, commitment, admin } = await readyToPay(test);
    const held: FaultPlan = on('sendTransaction', async (_, call) => {
      const [first] = sentThrough(liar);
      const sent = sentIn(call);
      if (first === undefined || sent.signature === first.signature)
        return { kind: 'answer', result: sent.signature };
      await submit(chain.rpcUrl, first);
      return undefined;
    });
    liar.plan = firstOf(held, shortLife, denyStatuses(liar), denyTransactions(liar), denyHistory(liar));
    // The honest one does not get the first transaction through.
    other.plan = on('sendTransaction', (_, call) =>
      sentIn(call).signature === sentThrough(other)[0]?.signature ? { kind: 'cut' } : undefined,
    );
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
    await world.untilLedger(commitment, /dead, signed$/);
    liar.plan = honest;
    await expectPaidOnce(world, commitment, { attempts: ['dead', 'finalized'] });
  });
});

describe.concurrent('T2: a voice whose clock is wrong', () => {
  it.for([30 * 86_400, ...(LONG ? [-30 * 86_400] : [])])(
    'by %i s ends nothing, and keeps nobody from attesting',
    async (off, test) => {
      const { world, liar } = await pair(test);
      liar.plan = clockOff(off);
      const commitment = await world.attested();
      expect((await world.commitment(commitment)).attestedAt).not.toBeNull();
      const admin = await world.signIn();
      expect(
        await world.resolve(admin, { ...commitment, resolution: 'failure', reason: 'not shown' }),
      ).toMatchObject({
        status: 503,
        code: 'chain_disagrees',
      });
      await expectNothingPaid(world, commitment);
      expect(await world.resolve(admin, commitment)).toMatchObject({
        status: expect.any(Number) as number,
      });
      // However often a slow machine lets the bytes grow too old: paid once it is.
      await expectPaidOnce(world, commitment, { attempts: 'any' });
    },
  );
});

describe.concurrent('T2: a voice whose clock is a month ahead', () => {
  it('has nothing swept before its deadline', async (test) => {
    const { world, liar } = await pair(test);
    const commitment = await world.unattested();
    const admin = await world.signIn();
    const sweep = () =>
      admin.post('/commitments/sweep', {}).then(
        ({ status }) => status,
        ({ code }: ApiError) => code,
      );
    liar.plan = clockOff(30 * 86_400);
    expect(await sweep()).toBe('chain_disagrees');
    liar.plan = honest;
    await pollUntil('a sweep', async () => (await sweep()) === 200);
    expect(await world.commitment(commitment)).toMatchObject({ status: 'active' });
    await expectNothingPaid(world, commitment);
  });
});

describe.concurrent('T3: a voice that swallows a transaction and calls it finalized', () => {
  it('closes nothing: the bytes are sent until the other one shows them as well', async (test) => {
    const { world, liar, other, commitment, admin } = await readyToPay(test, { at: patientChain });
    liar.plan = swallowAndPraise(liar, 'finalized');
    other.plan = on('sendTransaction', () => ({ kind: 'cut' }));
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
    await untilWaiting(world, commitment, /says finalized; no other voice shows it/);
    const sent = countOf(other, 'sendTransaction');
    await pollUntil('the bytes to be sent again', () =>
      countOf(other, 'sendTransaction') > sent ? true : undefined,
    );
    await expectNothingPaid(world, commitment);
    other.plan = honest;
    // While the liar goes on: the honest one gets the bytes, and lands them.
    await untilOnChain(world, commitment);
    liar.plan = honest;
    await expectPaidOnce(world, commitment);
  });
});

describe.concurrent('T5: a provider that refuses what a proof needs', () => {
  it.for([
    ['getSignaturesForAddress', -32009],
    ['isBlockhashValid', -32601],
    ...(LONG
      ? ([
          ['getBlock', -32601],
          ['getFirstAvailableBlock', -32015],
        ] as const)
      : []),
  ] as const)(
    '%s (%i): the payout says why it waits, and is paid when it is asked elsewhere',
    async ([method, code], test) => {
      const { world, liar, other, commitment, admin } = await readyToPay(test);
      const drop: FaultPlan = on('sendTransaction', () => ({ kind: 'cut' }));
      liar.plan = drop;
      other.plan = drop;
      const refuse: FaultPlan = on(method, () => ({ kind: 'error', code }));
      if (method === 'isBlockhashValid') other.plan = firstOf(drop, refuse);
      expect(await world.resolve(admin, commitment)).toMatchObject({ status: 202 });
      if (method === 'isBlockhashValid') {
        await untilWaiting(world, commitment, /single_source/);
      } else {
        await world.untilLedger(commitment, /^in_flight: signed$/);
        other.plan = firstOf(drop, refuse);
        await untilExpired(world, commitment);
        await untilWaiting(
          world,
          commitment,
          new RegExp(`JSON-RPC ${code}|no finalized block could be read`),
        );
      }
      const unchanged = method === 'isBlockhashValid' ? 'pending' : 'in_flight: signed';
      expect(await world.ledger(commitment)).toBe(unchanged);
      liar.plan = honest;
      other.plan = honest;
      await expectPaidOnce(world, commitment, { attempts: 'any' });
    },
  );
});

describe.concurrent('a second voice that is silent', () => {
  it('T3: one goes on with a refund after the wait, and closes it when the other one is back', async (test) => {
    const { world, other, commitment, admin } = await readyToPay(test, {
      env: { RPC_SECOND_VOICE_WAIT_SECONDS: '4' },
    });
    other.plan = () => ({ kind: 'status', status: 503 });
    expect(await world.resolve(admin, commitment)).toMatchObject({ status: 503, code: 'single_source' });
    await pollUntil(
      'one voice to be enough',
      async () => (await world.resolve(admin, commitment)).status === 202,
    );
    await world.untilLedger(commitment, /^confirmed: confirmed$/);
    const [row] = await world.query<{ alone: boolean }>(
      'SELECT confirmed_alone AS alone FROM public.payouts WHERE commitment_id = $1',
      [commitment.id],
    );
    expect(row?.alone).toBe(true);
    await untilExpired(world, commitment);
    expect(await world.ledger(commitment)).toBe('confirmed: confirmed');
    other.plan = honest;
    await expectPaidOnce(world, commitment);
  });
});
