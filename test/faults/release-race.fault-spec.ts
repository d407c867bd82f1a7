import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { ApiError, type RestClient } from '#src/local/rest-client.js';
import { transferTokens } from '#src/local/chain/token.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { watchStatuses } from '../support/builders/milestone-watch.js';
import { pause } from '../support/clock.js';
import { pollUntil } from '../support/poll.js';
import { Random } from '../support/random.js';
import { ReleaseWorld } from '../support/worlds/release-world.js';
import {
  claimable,
  type Market,
  openMarket,
  paidOutOf,
  release,
  UNLOCK,
} from '../support/builders/releases.js';
import {
  complete,
  holder,
  normalize,
  type Reward,
  type RewardHost,
  signal,
  TOKEN,
} from '../support/builders/rewards.js';
import { balanceOf, TestWallet } from '../support/builders/wallets.js';

/**
 * Attestations, approvals, unlocking, releases and reads of the same commitments, all at once, through two processes on one
 * database. CTS_FAULTS_SEED repeats a run as far as timing lets it.
 */
/** So much in all, however long it takes. */
const REQUESTS = LONG ? 6_000 : 500;
const SEED = Number(process.env['CTS_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const MILESTONES = 3;
/** Commitments under way at a time. */
const OPEN = 3;

const WAY = ['locked', 'completed', 'claimable', 'releasing', 'released'];
const MOVES = WAY.slice(1).map((to, index) => `${WAY[index]} -> ${to}`);

/** What the API may answer to somebody who is too early or too late; everything else is a failure. */
const EXPECTED = new Set([
  'already_completed',
  'not_completed',
  'already_unlocked',
  'already_resolved',
  'not_claimable',
  'release_in_progress',
  'already_released',
]);

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 50 });
});
afterAll(() => chain?.stop());

class Race {
  readonly random = new Random(SEED);
  readonly all: Reward[] = [];
  readonly surprises: string[] = [];
  readonly counts: Record<string, number> = {};
  private made = 0;
  /** Each request goes to one of the two processes. */
  readonly host: RewardHost;

  constructor(
    readonly world: ReleaseWorld,
    readonly market: Market,
    /** What one release takes out of an escrow. */
    private readonly required: bigint,
  ) {
    this.host = world.host(() => this.random.below(2));
  }

  /** Does it again and again until enough was done; refusals that were to be expected are none of its business. */
  async keep(name: string, once: () => Promise<unknown>): Promise<void> {
    while (this.made < REQUESTS) {
      this.made += 1;
      await this.attempt(name, once);
      // Lets the others have a turn in this process.
      await pause(this.random.below(10));
    }
  }

  async attempt(name: string, once: () => Promise<unknown>): Promise<void> {
    try {
      await once();
      this.counts[name] = (this.counts[name] ?? 0) + 1;
    } catch (error) {
      if (error instanceof ApiError && EXPECTED.has(error.code ?? '')) return;
      this.surprises.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** One commitment with just the money that its milestones take. */
  async open(): Promise<void> {
    const made = await claimable(this.host, this.market, { milestones: MILESTONES, unlocked: 0 });
    await chain.cheats.fundSol(made.escrow, BigInt(MILESTONES) * this.required);
    this.all.push(made);
  }

  /** Where the most is going on. */
  newest(): readonly Reward[] {
    return this.all.slice(-OPEN);
  }

  pick(): { readonly made: Reward; readonly milestoneId: string } {
    const made = this.random.pick(this.newest());
    return { made, milestoneId: this.random.pick(made.milestoneIds) };
  }
}

/** Sees the same milestones again and again; to this reader none of them may ever go back. */
function reader(race: Race, replica: number): () => Promise<void> {
  const seen = new Map<string, number>();
  return async () => {
    const { made } = race.pick();
    const path = `/commitments/${made.id}`;
    const { body } = await race.world
      .client(replica)
      .get<{ milestones: { id: string; status: string }[] }>(path);
    for (const { id, status } of body.milestones) {
      const [place, before] = [WAY.indexOf(status), seen.get(id) ?? 0];
      if (place < before) throw new Error(`milestone ${id} went from ${WAY[before]} back to ${status}`);
      seen.set(id, place);
    }
  };
}

function releaser(race: Race, replica: number): () => Promise<void> {
  let admin: RestClient | undefined;
  let uses = 0;
  return async () => {
    // An address may ask so often only.
    if (admin === undefined || uses++ % 90 === 89) admin = await race.world.signIn(replica);
    const { made, milestoneId } = race.pick();
    await release(admin, made, milestoneId);
  };
}

/** Approves, moves the tokens to another wallet and approves from there: unlocking has to see that they are the same. */
async function cheat(race: Race): Promise<void> {
  const first = await holder(race.host, race.market, 300n * TOKEN);
  const second = await race.host.fundedWallet();
  const { made, milestoneId } = race.pick();
  await signal(race.host, first, { id: made.id, milestoneId });
  await transferTokens(chain.rpcUrl, first, second.address, race.market.mint, 300n * TOKEN);
  await signal(race.host, second, { id: made.id, milestoneId });
}

function run(race: Race, holders: readonly TestWallet[]): Promise<unknown> {
  const { random, host } = race;
  const attest = async () => {
    const { made, milestoneId } = race.pick();
    await complete(host, made, milestoneId);
  };
  const approve = async () => {
    const { made, milestoneId } = race.pick();
    await signal(host, random.pick(holders), { id: made.id, milestoneId });
  };
  const unlock = () => normalize(host, random.chance(0.5) ? {} : { commitmentId: race.pick().made.id });
  const openMore = async () => {
    const shown = await Promise.all(race.newest().map((made) => race.world.show(made)));
    if (shown.some(({ status }) => status === 'completed')) await race.open();
    else await pause(100);
  };
  return Promise.all([
    race.keep('open', openMore),
    race.keep('attest', attest),
    race.keep('approve', approve),
    race.keep('approve', approve),
    race.keep('approve', approve),
    race.keep('cheat', () => cheat(race)),
    race.keep('unlock', unlock),
    race.keep('unlock', unlock),
    race.keep('release', releaser(race, 0)),
    race.keep('release', releaser(race, 1)),
    race.keep('read', reader(race, 0)),
    race.keep('read', reader(race, 1)),
  ]);
}

/** What is left over is brought to its end: whatever the race did, nothing may have got stuck. */
async function finish(race: Race): Promise<void> {
  const { host, market, world } = race;
  const admin = await world.signIn();
  const push = async (made: Reward) => {
    const shown = await world.show(made);
    for (const { id, status } of shown.milestones) {
      const one = { id: made.id, milestoneId: id };
      if (status === 'locked') await race.attempt('complete', () => complete(host, made, id));
      if (status === 'locked' || status === 'completed') {
        await race.attempt('signal', () => signal(host, market.whale, one));
        await normalize(host, { commitmentId: made.id });
      }
      await race.attempt('release', () => release(admin, made, id));
    }
    return shown.status === 'completed';
  };
  for (const made of race.all) {
    const done = async () => (await push(made)) || undefined;
    await pollUntil(`commitment ${made.id} to be completed`, done, { everyMs: 500 });
  }
}

async function expectPaidOnce(race: Race, made: Reward): Promise<void> {
  const { world, host } = race;
  const { milestones } = await world.show(made);
  const paid = await paidOutOf(host, made);
  const payouts = await world.payouts.query<{ id: string; subject: string; paid: number }>(
    `SELECT p.id, p.subject_id AS subject,
            (SELECT count(*)::int FROM public.payout_attempts a
              WHERE a.payout_id = p.id AND a.status IN ('confirmed', 'finalized')) AS paid
       FROM public.payouts p WHERE p.commitment_id = $1`,
    [made.id],
  );
  expect([paid.length, payouts.length]).toEqual([MILESTONES, MILESTONES]);
  expect(new Set(paid.map(({ memo }) => memo))).toEqual(new Set(payouts.map(({ id }) => id)));
  expect(new Set(payouts.map(({ subject }) => subject))).toEqual(new Set(made.milestoneIds));
  expect(payouts.map((payout) => payout.paid)).toEqual(made.milestoneIds.map(() => 1));
  const recorded = milestones.map(({ signature }) => signature);
  expect(new Set(paid.map(({ signature }) => signature))).toEqual(new Set(recorded));
  expect(paid.every(({ lamports, to }) => lamports === UNLOCK && to === made.creator.address)).toBe(true);
  expect(await balanceOf(chain.rpcUrl, made.escrow)).toBe(0n);
}

describe('two replicas', () => {
  it(`M7-M9, V1: unlocking, approvals and releases race, ${REQUESTS} requests, seed ${SEED}`, async (test) => {
    const env = { PAYOUT_WAIT_SECONDS: '8', SOLANA_RPC_TIMEOUT_MS: '8000' };
    const world = await ReleaseWorld.open(test, chain, { replicas: 2, env });
    const market = await openMarket(world.host(), world.feed);
    const holders = await Promise.all(
      [60n, 70n, 80n, 90n, 100n, 110n, 120n, 130n].map((tokens) =>
        holder(world.host(), market, tokens * TOKEN),
      ),
    );
    const watch = await watchStatuses(world.payouts);
    const sample = await claimable(world.host(), market);
    const refused = await release(await world.signIn(), sample).catch((error: unknown) => error);
    const { requiredLamports } = (refused as { problem: { requiredLamports: number } }).problem;

    const race = new Race(world, market, BigInt(requiredLamports));
    await Promise.all(Array.from({ length: OPEN }, () => race.open()));
    await run(race, holders);
    await finish(race);
    if (LONG) process.stderr.write(`${race.all.length} commitments, ${JSON.stringify(race.counts)}\n`);

    expect(race.surprises).toEqual([]);
    const moves = await watch.moves();
    for (const made of race.all) {
      for (const milestoneId of made.milestoneIds) expect(moves.get(milestoneId)).toEqual(MOVES);
      expect(moves.get(made.id)).toEqual(['active -> completed']);
      await expectPaidOnce(race, made);
    }
    // No approval is lost in a sum, and every unlocking is explained by the approvals that were weighed again.
    const drifted = await world.payouts.query(
      `SELECT m.id FROM public.reward_milestones m
         LEFT JOIN public.reward_signals s ON s.milestone_id = m.id GROUP BY m.id
       HAVING m.voters <> count(s.id) OR m.signalled_usd <> coalesce(sum(s.weight_usd), 0)
           OR (m.status = 'released' AND m.reweighed_usd <> sum(s.reweighed_usd))`,
      [],
    );
    expect(drifted).toEqual([]);
    const unlockedOrReleasedTwice = await world.payouts.query(
      `SELECT fields ->> 'milestoneId' AS id FROM public.audit_logs
        WHERE event IN ('milestone_claimable_ok', 'admin_reward_milestone_release_ok')
        GROUP BY event, fields ->> 'milestoneId' HAVING count(*) <> 1`,
      [],
    );
    expect(unlockedOrReleasedTwice).toEqual([]);
  });
});
