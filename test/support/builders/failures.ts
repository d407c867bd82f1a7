import { Connection } from '@solana/web3.js';
import type { LocalChain } from '#src/local/chain/chain.js';
import type { PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import type { AppWorld } from '../worlds/app-world.js';
import { pollUntil } from '../poll.js';
import { finish } from './sweeps.js';
import type { Reward, RewardHost } from './rewards.js';
import type { TestWallet } from './wallets.js';

export interface ShareAnswer {
  readonly wallet: string;
  readonly round: number;
  readonly weightRaw: string;
  readonly amountLamports: number;
  readonly status: string;
  readonly payoutId?: string;
  readonly signature?: string;
}

export interface RoundAnswer {
  readonly round: number;
  readonly keptLamports: number;
  readonly treasuryLamports: number;
  readonly potLamports: number;
  readonly feeLamports: number;
}

export interface DistributionAnswer {
  readonly status: 'frozen';
  readonly treasury: string | null;
  readonly earnedLamports: number;
  readonly earned: readonly { readonly milestoneId: string; readonly amountLamports: number }[];
  readonly escrowBalanceLamports: number;
  readonly treasuryLamports: number;
  readonly potLamports: number;
  readonly destinationLamports: number;
  readonly feeLamports: number;
  readonly legFeeLamports: number;
  readonly reserveLamports: number;
  readonly strandedLamports: number;
  readonly unclaimedLamports: number;
  readonly unclaimedShares: number;
  readonly rounds: readonly RoundAnswer[];
  readonly shares: readonly ShareAnswer[];
  readonly nextCursor: string | null;
}

export interface AnnouncedAnswer {
  readonly status: 'announced';
  readonly failureEffectiveAt: string;
  readonly announcementSlot: string;
  readonly enrolledWallets: number;
  readonly weighedWallets: number;
  readonly waitingFor: string | null;
}

export interface FailureAnswer {
  readonly commitment: {
    readonly status: string;
    readonly failureEffectiveAt?: string;
    readonly milestones: readonly { readonly status: string }[];
  };
}

export interface EnrolledAnswer {
  readonly wallet: string;
  readonly weightRaw: string;
  readonly enrolledAt: string;
}

/** What has happened on chain by now is final: announced after that, it counts. */
export async function settleChain({ rpcUrl }: Pick<LocalChain, 'rpcUrl'>): Promise<void> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const now = await connection.getSlot('confirmed');
  await pollUntil(`slot ${now} to be final`, async () =>
    (await connection.getSlot('finalized')) >= now ? true : undefined,
  );
}

/** Announced, of whoever holds the token now. @throws ApiError */
export async function announce(
  { chain }: Pick<RewardHost, 'chain'>,
  admin: RestClient,
  { id }: Pick<Reward, 'id'>,
  reason?: string,
) {
  await settleChain(chain);
  const why = reason === undefined ? {} : { reason };
  return admin.act<FailureAnswer>('admin.commitment.failure', { commitmentId: id, ...why });
}

/** @throws ApiError */
export function callOff(admin: RestClient, { id }: Pick<Reward, 'id'>) {
  return admin.act<FailureAnswer['commitment']>('admin.failure.cancel', { commitmentId: id });
}

/** Signs the enrollment and sends it. @throws ApiError */
export function enroll(
  client: RestClient,
  wallet: TestWallet,
  { id }: Pick<Reward, 'id'>,
  accounts?: readonly string[],
) {
  const path = '/commitments/:commitmentId/failure-distribution/enroll';
  const named = accounts === undefined ? {} : { accounts: [...accounts] };
  return client.signAction<EnrolledAnswer>(
    wallet,
    'distribution.enroll',
    { commitmentId: id, ...named },
    path,
  );
}

/** The chain's clock is past the notice. */
export async function passNotice(world: AppWorld, { id }: Pick<Reward, 'id'>): Promise<void> {
  const { body } = await world.client().get<{ failureEffectiveAt: string }>(`/commitments/${id}`);
  await world.travelTo(Date.parse(body.failureEffectiveAt) + 1_000);
}

/** Announced, past its notice, weighed and frozen; what the service owes unasked is paid. */
export async function fail(
  world: AppWorld,
  admin: RestClient,
  made: Pick<Reward, 'id'>,
): Promise<DistributionAnswer> {
  await announce(world, admin, made);
  await takeEffect(world, made);
  await finish(world);
  return distributionOf(world, made);
}

/** Past its notice, weighed and frozen. */
export async function takeEffect(world: AppWorld, made: Pick<Reward, 'id'>): Promise<void> {
  await passNotice(world, made);
  const result = await world.app.get(DueFailures).run();
  const shown: { readonly status: string } = await distributionOf(world, made);
  if (shown.status !== 'frozen')
    throw new Error(`the failure of ${made.id} waits: ${JSON.stringify({ result, shown })}`);
}

export async function announcedOf(
  host: Pick<RewardHost, 'client'>,
  { id }: Pick<Reward, 'id'>,
): Promise<AnnouncedAnswer> {
  return (await host.client().get<AnnouncedAnswer>(`/commitments/${id}/failure-distribution`)).body;
}

/** Signs the claim and sends it. @throws ApiError */
export function claim(client: RestClient, wallet: TestWallet, { id }: Pick<Reward, 'id'>) {
  const path = '/commitments/:commitmentId/failure-distribution/claim';
  return client.signAction<PaymentAnswer>(wallet, 'distribution.claim', { commitmentId: id }, path);
}

export async function distributionOf(
  host: Pick<RewardHost, 'client'>,
  { id }: Pick<Reward, 'id'>,
  query = '',
): Promise<DistributionAnswer> {
  const path = `/commitments/${id}/failure-distribution${query}`;
  return (await host.client().get<DistributionAnswer>(path)).body;
}

/** Everything that was frozen but for the fees: what the transfers of one distribution add up to. */
export function promisedBy(distribution: DistributionAnswer): bigint {
  const { treasuryLamports, potLamports, destinationLamports, reserveLamports } = distribution;
  return BigInt(treasuryLamports + potLamports + destinationLamports + reserveLamports);
}
