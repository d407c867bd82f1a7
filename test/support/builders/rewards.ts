import { LocalPriceFeed, type LocalPriceFeedOptions } from '#src/local/local-price-feed.js';
import type { ApiAnswer, RestClient } from '#src/local/rest-client.js';
import { createToken, mintTo, type TokenOptions, transferTokens } from '#src/local/chain/token.js';
import { AppWorld } from '../worlds/app-world.js';
import { TestWallet } from './wallets.js';

type Json = Record<string, unknown>;

/** Where a reward story happens: the service in this process, or processes of their own. */
export type RewardHost = Pick<AppWorld, 'chain' | 'client' | 'fundedWallet'>;

/** One whole token costs this unless told otherwise. */
export const PRICE = '1';
/** Raw units of one whole token of `launch`. */
export const TOKEN = 1_000_000n;
export const CRON_SECRET = 'cron-secret-of-the-tests-0123456789';
export const THRESHOLD = 400;

/** A token and its creator, who is its mint authority. */
export interface Launched {
  readonly mint: string;
  readonly creator: TestWallet;
}

/** A reward commitment as its creator sees it. */
export interface Reward extends Launched {
  readonly id: string;
  readonly escrow: string;
  readonly milestoneIds: readonly string[];
  /** The first one. */
  readonly milestoneId: string;
}

export interface Signalled {
  readonly wallet: string;
  readonly signalledAt: string;
  readonly inVoteWindow: boolean;
  readonly rawAmount: string;
  readonly weightUsd: string;
  readonly approvals: { readonly weightUsd: string; readonly voters: number };
}

export interface NormalizeAnswer {
  readonly due: number;
  readonly unlocked: number;
  readonly held: number;
  readonly errors: number;
}

/** A service whose prices a test sets, and whose milestones unlock only when a test says so. */
export async function startRewardWorld(
  env: Readonly<Record<string, string>> = {},
  feedOptions: LocalPriceFeedOptions = {},
  start: (env: Readonly<Record<string, string>>) => Promise<AppWorld> = (given) => AppWorld.start(given),
) {
  const feed = await LocalPriceFeed.start(feedOptions);
  const world = await start({
    JOBS_ENABLED: 'false',
    JUPITER_PRICE_URL: feed.url,
    REWARD_CLAIM_DELAY_SECONDS: '0',
    REWARD_VOTE_WINDOW_SECONDS: '86400',
    CRON_SECRET,
    ...env,
  });
  return {
    world,
    feed,
    stop: async () => {
      await world.stop();
      await feed.stop();
    },
  };
}

/** Raw units that a creator has of its token: none is printed once a commitment is made. */
const RESERVE = 9n * 10n ** 18n;

/** Makes a token of six decimals, all of which its creator holds. */
export async function launch(
  world: RewardHost,
  feed: LocalPriceFeed,
  options: Partial<TokenOptions> = {},
  reserve = RESERVE,
): Promise<Launched> {
  const creator = await world.fundedWallet();
  const mint = await createToken(world.chain.rpcUrl, creator, {
    decimals: 6,
    program: 'spl-token',
    ...options,
  });
  await mintTo(world.chain.rpcUrl, creator, mint, creator.address, reserve);
  feed.setPrice(mint, PRICE);
  return { mint, creator };
}

/** A wallet with SOL for fees that holds this many raw units. */
export async function holder(
  world: RewardHost,
  { mint, creator }: Launched,
  rawAmount: bigint,
): Promise<TestWallet> {
  const wallet = await world.fundedWallet();
  await transferTokens(world.chain.rpcUrl, creator, wallet.address, mint, rawAmount);
  return wallet;
}

/** Creates a reward commitment as a client does. */
export async function reward(
  world: RewardHost,
  token: Launched,
  given: Json = {},
  by = token.creator,
): Promise<Reward> {
  const params = {
    kind: 'creator_reward',
    tokenMint: token.mint,
    creatorFeeMode: 'assisted',
    milestones: [{ title: 'Ship it', unlockLamports: 1_000_000_000 }],
    destinationOnFail: TestWallet.generate().address,
    ...given,
  };
  const { body } = await world.client().signAction<{
    id: string;
    escrowAddress: string;
    milestones: { id: string }[];
  }>(by, 'commitment.create', params, '/commitments');
  const milestoneIds = body.milestones.map(({ id }) => id);
  const [milestoneId = ''] = milestoneIds;
  return { ...token, creator: by, id: body.id, escrow: body.escrowAddress, milestoneIds, milestoneId };
}

/** Created, and its first milestone attested by the creator. */
export async function completed(world: RewardHost, token: Launched, given: Json = {}): Promise<Reward> {
  const made = await reward(world, token, given);
  await complete(world, made);
  return made;
}

export async function complete(
  world: RewardHost,
  { id, creator, milestoneId }: Reward,
  of = milestoneId,
): Promise<Json> {
  return act(world.client(), creator, 'complete', { commitmentId: id, milestoneId: of });
}

/** Approves the first milestone as a client does. */
export async function signal(
  world: RewardHost,
  wallet: TestWallet,
  { id, milestoneId }: Pick<Reward, 'id' | 'milestoneId'>,
): Promise<Signalled & Json> {
  return act(world.client(), wallet, 'signal', { commitmentId: id, milestoneId });
}

async function act<T>(
  client: RestClient,
  wallet: TestWallet,
  verb: 'complete' | 'signal',
  params: { readonly commitmentId: string; readonly milestoneId: string },
): Promise<T> {
  const path = `/commitments/:commitmentId/milestones/:milestoneId/${verb}`;
  return (await client.signAction<T>(wallet, `milestone.${verb}`, params, path)).body;
}

/** As an outside scheduler asks for it. */
export async function normalize(world: RewardHost, body: Json = {}): Promise<NormalizeAnswer> {
  const headers = { 'x-cron-secret': CRON_SECRET };
  const answer: ApiAnswer<NormalizeAnswer> = await world
    .client()
    .post('/admin/normalize-rewards', body, headers);
  return answer.body;
}

export interface ShownMilestone extends Json {
  readonly status: string;
  readonly approvals: {
    readonly weightUsd: string;
    readonly voters: number;
    readonly reweighedUsd?: string;
  };
  readonly waitingFor: Json[];
}

/** The first milestone as GET shows it. */
export async function shownMilestone(
  world: RewardHost,
  { id, milestoneId }: Reward,
): Promise<ShownMilestone> {
  const { body } = await world
    .client()
    .get<{ milestones: (ShownMilestone & { id: string })[] }>(`/commitments/${id}`);
  const milestone = body.milestones.find((one) => one.id === milestoneId);
  if (milestone === undefined) throw new Error(`commitment ${id} shows no milestone ${milestoneId}`);
  return milestone;
}

export async function signalsOf(world: RewardHost, { id, milestoneId }: Reward): Promise<Json[]> {
  const path = `/commitments/${id}/milestones/${milestoneId}/signals`;
  return (await world.client().get<{ items: Json[] }>(path)).body.items;
}
