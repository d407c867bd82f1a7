import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { ApiError } from '#src/local/rest-client.js';
import { holdAttempts } from '../support/proxies/database-gate.js';
import { announce, claim, distributionOf, enroll } from '../support/builders/failures.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { LONG } from '../support/long.js';
import { lifeOfFile } from '../support/worlds/payout-world.js';
import { pollUntil } from '../support/poll.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';
import { type Market, openMarket, paidOutOf } from '../support/builders/releases.js';
import { completed, holder, type Reward, signal, TOKEN } from '../support/builders/rewards.js';
import { honest, on, onFirstSendOf } from '../support/proxies/rpc-faults.js';
import type { FaultPlan } from '../support/proxies/rpc-proxy.js';
import { balanceOf, TestWallet } from '../support/builders/wallets.js';

/**
 * A process that is killed between or within the legs of a failure: treasury, two claims, and the reserve that the last claim
 * sets free. What the chain shows afterwards is what was frozen before the first of them.
 */

const HELD = 20_000_000n;
const TREASURY = TestWallet.generate().address;
/** However early the first one unlocks, the second one is there to fail. */
const MILESTONES = ['Ship it', 'Ship more'].map((title) => ({ title, unlockLamports: 1_000_000_000 }));

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
  if (leg === 'failure') return failUntilCut(made);
  return outcomeOf(claim(world.client(), leg === 'first claim' ? small : market.whale, made));
}

/** Announced, and frozen and paid by the jobs; `cut` when the process that does so is gone, `frozen` when it survives. */
async function failUntilCut(made: Reward): Promise<string> {
  const client = world.client();
  await outcomeOf(announce(world.host(), await world.signIn(), made));
  return pollUntil('the failure to be paid, or the process to be gone', async () => {
    await world.hurryFailures();
    const answer = await outcomeOf(client.get(`/commitments/${made.id}`));
    if (answer !== '200') return answer;
    return (await world.show(made)).status === 'failed' ? 'frozen' : undefined;
  });
}

/** Attested, approved by both voters, and funded. */
async function voted(): Promise<Reward> {
  const made = await completed(world.host(), market, {
    milestones: MILESTONES,
    destinationOnFail: TestWallet.generate().address,
  });
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
  await pollUntil(`escrow ${made.escrow} to be empty`, async () =>
    (await balanceOf(rpcUrl, made.escrow)) === 0n ? true : undefined,
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
  it('M11: announced on two replicas at once is decided once, and frozen once', async () => {
    const made = await voted();
    const admins = [await world.signIn(0), await world.signIn(1)];
    const asked = [...admins, ...admins].map((admin) => outcomeOf(announce(world.host(), admin, made)));
    expect((await Promise.all(asked)).toSorted()).toEqual([
      '202',
      ...Array.from({ length: 3 }, () => 'already_failing'),
    ]);
    await world.untilFrozen(made);
    const isPaid = async () => (await world.show(made)).status === 'failed';
    await pollUntil('the treasury to be paid', async () => (await isPaid()) || undefined);
    const claims = [0, 1, 0, 1].map((replica) => outcomeOf(claim(world.client(replica), small, made)));
    expect((await Promise.all(claims)).filter((one) => one !== 'already_claimed')).toContain('200');
    expect(await ask('last claim', made)).toBe('200');
    await expectPaidAsFrozen(made);
  });

  it('R11: that is killed in the middle of weighing goes on where it was, and each holder is weighed once', async () => {
    const made = await completed(world.host(), market, { milestones: MILESTONES });
    const voters = new Map<TestWallet, bigint>();
    // On a slow machine a job may unlock the milestone between two approvals: who comes later enrolls instead.
    const late: TestWallet[] = [];
    for (let group = 0; group < 3; group += 1)
      await Promise.all(
        Array.from({ length: 10 }, async (_, index) => {
          const tokens = BigInt(30 + 10 * group + index) * TOKEN;
          const wallet = await holder(world.host(), market, tokens);
          const approval = signal(world.host(), wallet, made).then(() => ({ status: 200 }));
          const outcome = await outcomeOf(approval);
          expect(['200', 'already_unlocked']).toContain(outcome);
          if (outcome !== '200') late.push(wallet);
          voters.set(wallet, tokens);
        }),
      );
    await chain.cheats.fundSol(made.escrow, 1_000n * HELD);
    const weighed = async () => {
      const sql = `SELECT count(e.weight_raw)::int AS n FROM public.failure_enrollments e
          JOIN public.failure_announcements a ON a.id = e.announcement_id WHERE a.commitment_id = $1`;
      return (await world.payouts.query<{ n: number }>(sql, [made.id]))[0]?.n ?? 0;
    };
    await announce(world.host(), await world.signIn(), made);
    for (const wallet of late) await enroll(world.client(), wallet, made);
    world.payouts.rpc.plan = on('getSignaturesForAddress', async () =>
      (await weighed()) > 0 ? crash() : undefined,
    );
    const client = world.client();
    await pollUntil('the process to be gone', async () => {
      await world.hurryFailures();
      return (await outcomeOf(client.get(`/commitments/${made.id}`))) !== '200';
    });
    const before = await weighed();
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(30);
    world.payouts.rpc.plan = honest;
    await world.payouts.start(1);
    await world.untilFrozen(made);
    const { shares, potLamports } = await distributionOf(world.host(), made);
    expect(shares).toHaveLength(30);
    const whole = [...voters.values()].reduce((all, one) => all + one, 0n);
    for (const [{ address }, tokens] of voters) {
      const share = shares.find(({ wallet }) => wallet === address);
      expect(share?.weightRaw).toBe(String(tokens));
      const floor = (BigInt(potLamports) * tokens) / whole;
      expect([floor, floor + 1n]).toContain(BigInt(share?.amountLamports ?? 0));
    }
  });

  it('M10-M13: whose later money is shared out by two replicas, and killed in the claim of it, pays each round once', async () => {
    const made = await voted();
    await announce(world.host(), await world.signIn(), made);
    await world.untilFrozen(made);
    for (const wallet of [small, market.whale])
      expect((await claim(world.client(), wallet, made)).status).toBe(200);
    await pollUntil(
      'the escrow to be empty',
      async () => (await balanceOf(chain.rpcUrl, made.escrow)) === 0n || undefined,
    );
    const later = 3_000_000_000n;
    await chain.cheats.fundSol(made.escrow, later);
    const { round, shares } = await pollUntil('a round', async () => {
      await world.payouts.query(`UPDATE public.jobs SET next_run_at = now() WHERE name = 'later-money'`, []);
      const frozen = await distributionOf(world.host(), made);
      const [only] = frozen.rounds;
      return only && { round: only, shares: frozen.shares.filter((one) => one.round === 1) };
    });
    const mine = shares.find(({ wallet }) => wallet === small.address);
    const before = await balanceOf(chain.rpcUrl, small.address);
    expect(await SENT(() => outcomeOf(claim(world.client(), small, made)), made)).toBe('cut');
    world.payouts.rpc.plan = honest;
    await world.payouts.start(1);
    expect(['200', 'already_claimed']).toContain(await outcomeOf(claim(world.client(), small, made)));
    expect((await claim(world.client(), market.whale, made)).status).toBe(200);
    const left = later - BigInt(round.treasuryLamports + round.potLamports + round.feeLamports);
    await pollUntil(
      'the round to be paid',
      async () => (await balanceOf(chain.rpcUrl, made.escrow)) === left || undefined,
    );
    expect(await balanceOf(chain.rpcUrl, small.address)).toBe(before + BigInt(mine?.amountLamports ?? 0));
    expect(await outcomeOf(claim(world.client(), small, made))).toBe('already_claimed');
    expect((await distributionOf(world.host(), made)).rounds).toHaveLength(1);
  });

  it.for(LONG ? ROUNDS : ROUNDS.slice(0, 1))(
    'M10-M13: whose legs are killed when %s, pays what was frozen, once',
    async ([, kills]) => {
      const made = await voted();
      for (const leg of LEGS) {
        expect(await kills[leg](() => ask(leg, made), made)).toBe('cut');
        world.payouts.rpc.plan = honest;
        await world.payouts.start(1);
        const again = leg === 'failure' ? ['frozen'] : ['200', 'already_claimed'];
        expect(again).toContain(await ask(leg, made));
      }
      await expectPaidAsFrozen(made);
    },
  );
});
