import type { PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { type Movement, movementsOf } from '#src/local/demo/proof.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import {
  complete,
  holder,
  launch,
  type Launched,
  normalize,
  reward,
  type Reward,
  type RewardHost,
  signal,
  TOKEN,
} from './rewards.js';
import type { TestWallet } from './wallets.js';

/** Lamports that one milestone pays unless told otherwise. */
export const UNLOCK = 1_000_000_000n;

/** A token and a holder whose approval alone unlocks a milestone. */
export interface Market extends Launched {
  readonly whale: TestWallet;
}

export interface ClaimableOptions {
  readonly milestones?: number;
  /** How many of them are unlocked; all unless told otherwise. */
  readonly unlocked?: number;
  readonly unlockLamports?: bigint;
  /** What the escrow holds; nothing unless told otherwise. */
  readonly lamports?: bigint;
}

export interface MilestoneAnswer {
  readonly id: string;
  readonly status: string;
  readonly signature?: string;
  readonly releasedAt?: string;
  readonly approvals: { readonly thresholdUsd: string };
  readonly waitingFor: readonly { readonly condition: string; readonly who: string }[];
}

export interface RewardAnswer {
  readonly status: string;
  readonly resolvedAt?: string;
  readonly terms: Readonly<Record<string, unknown>>;
  readonly milestones: readonly MilestoneAnswer[];
}

export interface LockAnswer {
  readonly commitmentId: string;
  readonly milestoneId: string;
  readonly createdAt: string;
  readonly txSig: string | null;
  readonly payoutId: string;
  readonly clearable: boolean;
  readonly reason: string;
}

export async function openMarket(host: RewardHost, feed: LocalPriceFeed): Promise<Market> {
  const token = await launch(host, feed);
  return { ...token, whale: await holder(host, token, 1_000n * TOKEN) };
}

/** Created, attested, approved and unlocked: the next thing is the release. */
export async function claimable(
  host: RewardHost,
  market: Market,
  { milestones = 1, unlocked = milestones, unlockLamports = UNLOCK, lamports = 0n }: ClaimableOptions = {},
): Promise<Reward> {
  const titles = Array.from({ length: milestones }, (_, index) => `Part ${index + 1}`);
  const made = await reward(host, market, {
    milestones: titles.map((title) => ({ title, unlockLamports: Number(unlockLamports) })),
  });
  const approved = made.milestoneIds.slice(0, unlocked).map(async (milestoneId) => {
    await complete(host, made, milestoneId);
    await signal(host, market.whale, { id: made.id, milestoneId });
  });
  await Promise.all(approved);
  if (unlocked > 0) await normalize(host, { commitmentId: made.id });
  if (lamports > 0n) await host.chain.cheats.fundSol(made.escrow, lamports);
  return made;
}

export function releasePath({ id, milestoneId }: Pick<Reward, 'id' | 'milestoneId'>): string {
  return `/commitments/${id}/milestones/${milestoneId}/release`;
}

/** @throws ApiError */
export function release(admin: RestClient, { id, milestoneId }: Reward, of = milestoneId) {
  return admin.act<PaymentAnswer>('admin.milestone.release', { commitmentId: id, milestoneId: of });
}

/** What has left the escrow, by the chain alone, oldest first. */
export async function paidOutOf({ chain }: RewardHost, { escrow }: Reward): Promise<Movement[]> {
  return (await movementsOf(chain.rpcUrl, escrow)).filter(({ from }) => from === escrow);
}
