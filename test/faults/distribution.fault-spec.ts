import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '../../src/local/chain.js';
import { ApiError } from '../../src/local/client.js';
import { holdAttempts } from '../support/database-gate.js';
import { claim, distributionOf, fail } from '../support/failures.js';
import { startTestChain } from '../support/localnet.js';
import { LONG } from '../support/long.js';
import { lifeOfFile } from '../support/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { ReleaseWorld } from '../support/release-world.js';
import { type Market, openMarket, paidOutOf } from '../support/releases.js';
import { completed, holder, type Reward, signal, TOKEN } from '../support/rewards.js';
import { honest, onFirstSendOf } from '../support/rpc-faults.js';
import type { FaultPlan } from '../support/rpc-proxy.js';
import { balanceOf, TestWallet } from '../support/wallets.js';

/**
 * A process that is killed between or within the legs of a failure: treasury, two claims, and the reserve that the last claim
 * sets free. What the chain shows afterwards is what was frozen before the first of them.
 */

const HELD = 20_000_000n;
const TREASURY = TestWallet.generate().address;

const file = lifeOfFile();
let chain: LocalChain;
let world: ReleaseWorld;
let market: Market;
let small: TestWallet;

beforeAll(async () => {
  chain = await startTestChain({ slotMs: 200 });
  const env = { FAILURE_TREASURY_BPS: '2500', FAILURE_TREASURY_PUBKEY: TREASURY };
  world = await ReleaseWorld.open(file, chain, { env, replicas: 2 });
  market = await openMarket(world.host(), world.feed);
  small = await holder(world.host(), market, 21n * TOKEN);
});
afterAll(() => chain?.stop());

/** The legs in the order in which they are asked for. */
const LEGS = ['failure', 'first claim', 'last claim'] as const;
type Leg = (typeof LEGS)[number];

/** How the processes die while the leg is paid; resolves when they have. */
type Kill = (request: () => Promise<string>, made: Reward) => Promise<string>;

function inCall(plan: (escrow: string) => FaultPlan): Kill {
  return (request, { escrow }) => {
    world.payouts.rpc.plan = plan(escrow);
    return request();
  };
}

function whileBooking(from: string, to: string): Kill {
  return async (request) => {
    const gate = await holdAttempts(world.payouts.databaseUrl, from, to);
    try {
      const answer = request();
      await gate.reached();
      await world.payouts.crash();
      return await answer;
    } finally {
      await gate.open();
      await world.payouts.query('DROP FUNCTION test_gate CASCADE', []);
    }
  };
}

const crash = () => world.payouts.crashNow();
const PREPARED = whileBooking('prepared', 'signed');
const UNSENT = inCall((escrow) => onFirstSendOf(escrow, crash));
const SENT = inCall((escrow) => onFirstSendOf(escrow, () => ({ kind: 'after', judge: crash })));
const LANDED = whileBooking('signed', 'confirmed');

/** How each leg is killed; all rounds together kill each leg at each boundary. */
const ROUNDS: readonly (readonly [string, Readonly<Record<Leg, Kill>>])[] = [
  ['sent, unsent, landed', { failure: SENT, 'first claim': UNSENT, 'last claim': LANDED }],
  ['prepared, sent, unsent', { failure: PREPARED, 'first claim': SENT, 'last claim': UNSENT }],
  ['unsent, landed, prepared', { failure: UNSENT, 'first claim': LANDED, 'last claim': PREPARED }],
  ['landed, prepared, sent', { failure: LANDED, 'first claim': PREPARED, 'last claim': SENT }],
];

/** `200`, the code of a refusal, or `cut` when the connection broke before an answer came. */
async function outcomeOf(request: Promise<{ readonly status: number }>): Promise<string> {
  try {
    return String((await request).status);
  } catch (error) {
    return error instanceof ApiError ? (error.code ?? String(error.status)) : 'cut';
  }
}

async function ask(leg: Leg, made: Reward): Promise<string> {
  if (leg === 'failure') return outcomeOf(fail(await world.signIn(), made));
  return outcomeOf(claim(world.client(), leg === 'first claim' ? small : market.whale, made));
}

/** Attested, approved by both voters, and funded. */
async function voted(): Promise<Reward> {
  const made = await completed(world.host(), market, { destinationOnFail: TestWallet.generate().address });
  await Promise.all([market.whale, small].map((wallet) => signal(world.host(), wallet, made)));
  await chain.cheats.fundSol(made.escrow, HELD);
  return made;
}

interface Leaving {
  readonly purpose: string;
  readonly id: string;
  readonly destination: string;
}

async function payoutsOf({ id }: Reward): Promise<Leaving[]> {
  const sql = `SELECT purpose, id, destination FROM public.payouts WHERE commitment_id = $1 ORDER BY purpose, destination`;
  return world.payouts.query<Leaving>(sql, [id]);
}

/** The chain shows each frozen amount once, with the memo of its payout, and nothing is left. */
async function expectPaidAsFrozen(made: Reward): Promise<void> {
  const { rpcUrl } = chain;
  await pollUntil(
    `escrow ${made.escrow} to be empty`,
    async () => ((await balanceOf(rpcUrl, made.escrow)) === 0n ? true : undefined),
    { deadlineMs: 60_000 },
  );
  const frozen = await distributionOf(world.host(), made);
  const payouts = await payoutsOf(made);
  expect(payouts.map(({ purpose }) => purpose)).toEqual([
    'distribution_claim',
    'distribution_claim',
    'failure_remainder',
    'failure_treasury',
  ]);
  const amounts = new Map(frozen.shares.map(({ wallet, amountLamports }) => [wallet, amountLamports]));
  const amountOf = ({ purpose, destination }: Leaving) => {
    if (purpose === 'failure_treasury') return frozen.treasuryLamports;
    return purpose === 'failure_remainder' ? frozen.reserveLamports : amounts.get(destination);
  };
  const expected = payouts.map((one) => `${one.id} ${one.destination} ${amountOf(one)}`);
  const paid = await paidOutOf(world.host(), made);
  expect(paid.map(({ memo, to, lamports }) => `${memo} ${to} ${lamports}`).toSorted()).toEqual(
    expected.toSorted(),
  );
  const spent = paid.map(({ lamports, feeLamports }) => lamports + feeLamports);
  expect(spent.reduce((all, one) => all + one, 0n)).toBe(HELD);
  expect((await world.show(made)).status).toBe('failed');
}

describe('the failure of a reward commitment', () => {
  it('M11: asked for on two replicas at once is decided once', async () => {
    const made = await voted();
    const admins = [await world.signIn(0), await world.signIn(1)];
    const outcomes = await Promise.all([...admins, ...admins].map((admin) => outcomeOf(fail(admin, made))));
    expect(outcomes.toSorted()).toEqual(['200', ...Array.from({ length: 3 }, () => 'already_resolved')]);
    const claims = [0, 1, 0, 1].map((replica) => outcomeOf(claim(world.client(replica), small, made)));
    expect((await Promise.all(claims)).filter((one) => one !== 'already_claimed')).toContain('200');
    expect(await ask('last claim', made)).toBe('200');
    await expectPaidAsFrozen(made);
  });

  it.for(LONG ? ROUNDS : ROUNDS.slice(0, 1))(
    'M10-M13: whose legs are killed when %s, pays what was frozen, once',
    async ([, kills]) => {
      const made = await voted();
      for (const leg of LEGS) {
        expect(await kills[leg](() => ask(leg, made), made)).toBe('cut');
        world.payouts.rpc.plan = honest;
        await world.payouts.start(1);
        const again = leg === 'failure' ? ['already_resolved'] : ['200', 'already_claimed'];
        expect(again).toContain(await ask(leg, made));
      }
      await expectPaidAsFrozen(made);
    },
  );
});
