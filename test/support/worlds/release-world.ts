import { expect } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { ApiError, type PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { type Outcome, PayoutWorld, type TestLife, type WorldOptions } from './payout-world.js';
import { pollUntil } from '../poll.js';
import { announce, announcedOf } from '../builders/failures.js';
import { type MilestoneAnswer, paidOutOf, release, type RewardAnswer, UNLOCK } from '../builders/releases.js';
import { CRON_SECRET, type Reward, type RewardHost } from '../builders/rewards.js';
import { fundedWallet } from '../builders/wallets.js';

let clients = 0;

/** Rewards in API processes of their own, between a database and a chain that can both be taken away. */
export class ReleaseWorld {
  private constructor(
    readonly payouts: PayoutWorld,
    readonly feed: LocalPriceFeed,
  ) {}

  static async open(test: TestLife, chain: LocalChain, options: WorldOptions = {}): Promise<ReleaseWorld> {
    const feed = await LocalPriceFeed.start();
    test.onTestFinished(() => feed.stop());
    const env = {
      JUPITER_PRICE_URL: feed.url,
      REWARD_ALLOW_MINTABLE_TOKENS: 'true',
      REWARD_APPROVAL_SUPPLY_BPS: '0',
      REWARD_CLAIM_DELAY_SECONDS: '0',
      FAILURE_NOTICE_SECONDS: '1',
      CRON_SECRET,
      TRUST_PROXY: '1',
      ...options.env,
    };
    return new ReleaseWorld(await PayoutWorld.open(test, chain, { ...options, env }), feed);
  }

  /** Each client comes from elsewhere, and finds the replica that `pick` says. */
  host(pick: () => number = () => 0): RewardHost {
    const { chain } = this.payouts;
    return {
      chain,
      client: () => this.client(pick()),
      fundedWallet: (lamports) => fundedWallet(chain, lamports),
    };
  }

  client(replica = 0, origin?: string): RestClient {
    clients += 1;
    const address = `10.200.${(clients >> 8) & 255}.${clients & 255}`;
    return new RestClient(this.payouts.replica(replica).url, origin, { 'x-forwarded-for': address });
  }

  async signIn(replica = 0): Promise<RestClient> {
    const admin = this.client(replica, (await this.payouts.signIn(replica)).origin);
    await admin.adminLogin(this.payouts.admin);
    return admin;
  }

  /** Asks for the release as an admin who is signed in already, and never throws. */
  async release(admin: RestClient, made: Reward, milestoneId: string): Promise<Outcome> {
    return outcomeOf(release(admin, made, milestoneId));
  }

  async show({ id }: Reward): Promise<RewardAnswer> {
    return (await this.client().get<RewardAnswer>(`/commitments/${id}`)).body;
  }

  async milestone(made: Reward, milestoneId: string): Promise<MilestoneAnswer> {
    const found = (await this.show(made)).milestones.find(({ id }) => id === milestoneId);
    if (found === undefined) throw new Error(`commitment ${made.id} shows no milestone ${milestoneId}`);
    return found;
  }

  /** `in_flight: dead, signed`: the milestone's payout and its attempts; empty before it is written. */
  async ledger(milestoneId: string): Promise<string> {
    const rows = await this.payouts.query<{ status: string; attempts: string | null }>(
      `SELECT p.status, string_agg(a.status, ', ' ORDER BY a.number) AS attempts
         FROM public.payouts p LEFT JOIN public.payout_attempts a ON a.payout_id = p.id
        WHERE p.subject_id = $1 GROUP BY p.id`,
      [milestoneId],
    );
    return rows.map(({ status, attempts }) => (attempts ? `${status}: ${attempts}` : status)).join('; ');
  }

  async untilLedger(milestoneId: string, wanted: RegExp): Promise<string> {
    const look = async () => {
      const ledger = await this.ledger(milestoneId);
      return wanted.test(ledger) ? ledger : undefined;
    };
    const what = `the ledger of milestone ${milestoneId} to be ${String(wanted)}`;
    return pollUntil(what, look);
  }

  /** Announced, and frozen by the job of some replica once its notice is over. @returns the treasury's payout, if there is one */
  async failed(admin: RestClient, made: Reward): Promise<string> {
    await announce(this.host(), admin, made);
    await this.untilFrozen(made);
    const [row] = await this.payouts.query<{ id: string }>(
      `SELECT id FROM public.payouts WHERE commitment_id = $1 AND purpose = 'failure_treasury'`,
      [made.id],
    );
    return row?.id ?? '';
  }

  async untilFrozen(made: Reward): Promise<void> {
    await pollUntil(`the failure of ${made.id} to take effect`, async () => {
      await this.hurryFailures();
      return (await announcedOf(this.host(), made)).status === 'announced' ? undefined : true;
    });
  }

  /** The time until the job's next run is skipped. */
  async hurryFailures(): Promise<void> {
    await this.payouts.query(`UPDATE public.jobs SET next_run_at = now() WHERE name = 'failure-effect'`, []);
  }

  async hasLock(milestoneId: string): Promise<boolean> {
    const sql = 'SELECT 1 FROM public.reward_release_locks WHERE milestone_id = $1';
    return (await this.payouts.query(sql, [milestoneId])).length > 0;
  }
}

/** How the API answers or refuses; status 0: the connection broke before an answer came. */
export async function outcomeOf(request: Promise<{ status: number; body: PaymentAnswer }>): Promise<Outcome> {
  try {
    return await request;
  } catch (error) {
    return error instanceof ApiError ? { status: error.status, code: error.code } : { status: 0 };
  }
}

/**
 * Waits until the payout is closed, then proves by chain, ledger and API that it is so exactly once.
 * @param attempts statuses of all attempts, oldest first: only one unless told otherwise
 */
export async function expectReleasedOnce(
  world: ReleaseWorld,
  made: Reward,
  milestoneId: string,
  attempts = 'finalized',
): Promise<void> {
  await world.untilLedger(milestoneId, new RegExp(`^finalized: ${attempts}$`));
  const { status, signature } = await world.milestone(made, milestoneId);
  expect([status, await world.hasLock(milestoneId)]).toEqual(['released', false]);
  const [payout] = await world.payouts.query<{ id: string }>(
    'SELECT id FROM public.payouts WHERE subject_id = $1',
    [milestoneId],
  );
  const paid = (await paidOutOf(world.host(), made)).filter(({ memo }) => memo === payout?.id);
  expect(paid).toMatchObject([{ signature, to: made.creator.address, lamports: UNLOCK }]);
  const audited = await world.payouts.query<{ actor: string }>(
    `SELECT actor FROM public.audit_logs WHERE event = 'admin_reward_milestone_release_ok' AND payout_id = $1`,
    [payout?.id],
  );
  expect(audited).toEqual([{ actor: world.payouts.admin.address }]);
}
