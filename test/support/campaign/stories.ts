import { Connection } from '@solana/web3.js';
import type { CommitmentAnswer, PaymentAnswer } from '#src/local/rest-client.js';
import { claim, enroll, settleChain } from '../builders/failures.js';
import { complete, reward, signal } from '../builders/rewards.js';
import type { RewardAnswer } from '../builders/releases.js';
import { fundedWallet, SOL, TestWallet, transferSol } from '../builders/wallets.js';
import { Random } from '../random.js';
import type { CampaignWorld } from './campaign-world.js';
import type { Crowd } from './crowd.js';
import type { CampaignMarket } from './market.js';
import type { Story, StoryKind } from './plan.js';

/** What somebody was promised, for the chain to be compared with. */
export interface Promised {
  readonly kind: StoryKind;
  readonly id: string;
  readonly escrow: string;
  readonly fundedLamports: bigint;
  /** Who may get something out of the escrow. */
  readonly destinations: readonly string[];
  /** Status of the commitment when all is told. */
  readonly status: string;
  /** Wallets whose claim was accepted, or whose milestone was released: each has to be paid, once. */
  readonly milestoneIds: readonly string[];
  readonly claimed: readonly string[];
}

export const UNLOCK = 50_000_000n;
const DEADLINE_SECONDS = 20;

export interface Stage {
  readonly world: CampaignWorld;
  readonly crowd: Crowd;
  readonly market: CampaignMarket;
}

/** @returns what was promised by it; nothing of a story without money */
export async function tell(stage: Stage, { kind, seed }: Story): Promise<Promised | undefined> {
  switch (kind) {
    case 'success':
      return success(stage);
    case 'failure':
      return failure(stage);
    case 'release':
      return release(stage);
    case 'distribution':
      return distribution(stage);
    case 'avatar':
      return avatar(stage, new Random(seed));
  }
}

/** Asked for by two clients at the same moment, again and again, until the commitment has left this status. */
async function decide(
  { crowd }: Pick<Stage, 'crowd'>,
  id: string,
  from: string,
  act: 'success' | 'failure',
): Promise<void> {
  await crowd.until(`commitment ${id} to leave ${from}`, async () => {
    const action = act === 'success' ? 'admin.commitment.success' : 'admin.commitment.failure';
    const ask = () =>
      crowd.insistAsAdmin(`${act} of ${id}`, (admin) =>
        admin.act<PaymentAnswer>(action, { commitmentId: id }),
      );
    await Promise.all([ask(), ask()]);
    return (await statusOf(crowd, id)) === from ? undefined : true;
  });
}

async function statusOf(crowd: Crowd, id: string): Promise<string> {
  return (await crowd.client().get<{ status: string }>(`/commitments/${id}`)).body.status;
}

async function untilStatus({ crowd }: Pick<Stage, 'crowd'>, id: string, wanted: string): Promise<void> {
  await crowd.until(`commitment ${id} to be ${wanted}`, async () =>
    (await statusOf(crowd, id)) === wanted ? true : undefined,
  );
}

async function chainMs({ world }: Pick<Stage, 'world'>): Promise<number> {
  const connection = new Connection(world.chain.rpcUrl, 'confirmed');
  return 1_000 * ((await connection.getBlockTime(await connection.getSlot())) ?? 0);
}

/** Created, and funded by a transfer. */
async function personal({ world, crowd }: Pick<Stage, 'world' | 'crowd'>, deadline: () => Promise<Date>) {
  const authority = await fundedWallet(world.chain, 2n * SOL);
  const destinationOnFail = TestWallet.generate().address;
  const made = await crowd.insist('a commitment to be made', async (client) => {
    const until = await deadline();
    const terms = {
      kind: 'personal',
      destinationOnFail,
      amountLamports: Number(SOL),
      deadline: until.toISOString(),
    };
    try {
      return await client.signAction<CommitmentAnswer>(authority, 'commitment.create', terms, '/commitments');
    } catch (error) {
      // It was on its way for longer than the deadline was ahead: another one is asked for.
      if ((await chainMs({ world })) >= until.getTime())
        throw new Error('too late for its deadline', { cause: error });
      throw error;
    }
  });
  if ('refused' in made) throw new Error(`a commitment was refused: ${made.refused}`);
  const { id, escrow } = made.body;
  await transferSol(world.chain.rpcUrl, authority, escrow.address, SOL);
  return { id, escrow: escrow.address, authority, destinationOnFail };
}

/** A refund, from the promise to its end. */
export async function success(stage: Pick<Stage, 'world' | 'crowd'>): Promise<Promised> {
  const { id, escrow, authority } = await personal(stage, async () => new Date(Date.now() + 86_400_000));
  const path = '/commitments/:commitmentId/attest';
  await stage.crowd.insist(`the attestation of ${id}`, (client) =>
    client.signAction(authority, 'commitment.attest', { commitmentId: id }, path),
  );
  await decide(stage, id, 'active', 'success');
  await untilStatus(stage, id, 'succeeded');
  return {
    kind: 'success',
    id,
    escrow,
    fundedLamports: SOL,
    destinations: [authority.address],
    status: 'succeeded',
    milestoneIds: [],
    claimed: [],
  };
}

/** Nobody attests: the sweep ends it, or an admin. */
async function failure(stage: Stage): Promise<Promised | undefined> {
  let deadlineMs = 0;
  const made = await personal(
    stage,
    async () => new Date((deadlineMs = (await chainMs(stage)) + DEADLINE_SECONDS * 1_000)),
  );
  // Whose creation was answered that late was swept before it was funded: nothing was promised.
  if ((await chainMs(stage)) >= deadlineMs) return undefined;
  await decide(stage, made.id, 'active', 'failure');
  await untilStatus(stage, made.id, 'failed');
  return {
    kind: 'failure',
    id: made.id,
    escrow: made.escrow,
    fundedLamports: SOL,
    destinations: [made.destinationOnFail],
    status: 'failed',
    milestoneIds: [],
    claimed: [],
  };
}

const FUNDED = 2n * UNLOCK + 10_000_000n;

/** With two milestones, and funded. */
async function rewarded({ world, crowd, market }: Stage) {
  const milestones = ['Part 1', 'Part 2'].map((title) => ({ title, unlockLamports: Number(UNLOCK) }));
  const destinationOnFail = TestWallet.generate().address;
  const made = await crowd.until('a reward to be made', () =>
    reward(crowd.host, market, { milestones, destinationOnFail }),
  );
  await transferSol(world.chain.rpcUrl, await fundedWallet(world.chain), made.escrow, FUNDED);
  return { ...made, destinationOnFail };
}

async function release(stage: Stage): Promise<Promised> {
  const { crowd, market } = stage;
  const made = await rewarded(stage);
  const { id, milestoneIds } = made;
  const shown = async () => (await crowd.client().get<RewardAnswer>(`/commitments/${id}`)).body.milestones;
  const statusOfPart = async (milestoneId: string) =>
    (await shown()).find((one) => one.id === milestoneId)?.status ?? '';
  await Promise.all(
    milestoneIds.map(async (milestoneId) => {
      await crowd.until(`milestone ${milestoneId} to be attested`, async () => {
        if ((await statusOfPart(milestoneId)) === 'locked') await complete(crowd.host, made, milestoneId);
        return true;
      });
      await crowd.until(`milestone ${milestoneId} to be claimable`, async () => {
        if ((await statusOfPart(milestoneId)) !== 'completed') return true;
        await signal(crowd.host, market.whale, { id, milestoneId });
        return undefined;
      });
      await crowd.until(`milestone ${milestoneId} to be released`, async () => {
        const params = { commitmentId: id, milestoneId };
        const ask = () =>
          crowd.insistAsAdmin('a release', (admin) =>
            admin.act<PaymentAnswer>('admin.milestone.release', params),
          );
        await Promise.all([ask(), ask()]);
        return (await statusOfPart(milestoneId)) === 'released' ? true : undefined;
      });
    }),
  );
  await untilStatus(stage, id, 'completed');
  return {
    kind: 'release',
    id,
    escrow: made.escrow,
    fundedLamports: FUNDED,
    destinations: [market.creator.address],
    status: 'completed',
    milestoneIds,
    claimed: [],
  };
}

/** Announced, enrolled, frozen; one of two holders claims, the other one's share stays owed. */
async function distribution(stage: Stage): Promise<Promised> {
  const { world, crowd, market } = stage;
  const made = await rewarded(stage);
  await settleChain(world.chain);
  await decide(stage, made.id, 'active', 'failure');
  const enrolled = [market.small, market.whale].map((wallet) =>
    crowd.insist(`an enrollment for ${made.id}`, (client) => enroll(client, wallet, made)),
  );
  const small = (await Promise.all(enrolled))[0];
  await untilStatus(stage, made.id, 'failed');
  const claimed = small !== undefined && 'body' in small ? [market.small] : [];
  for (const wallet of claimed) {
    const ask = () => crowd.insist(`a claim of ${made.id}`, (client) => claim(client, wallet, made));
    await Promise.all([ask(), ask()]);
  }
  return {
    kind: 'distribution',
    id: made.id,
    escrow: made.escrow,
    fundedLamports: FUNDED,
    destinations: [market.small.address, made.destinationOnFail],
    status: 'failed',
    milestoneIds: [],
    claimed: claimed.map(({ address }) => address),
  };
}

async function avatar({ world, crowd }: Stage, random: Random): Promise<undefined> {
  const wallet = await fundedWallet(world.chain);
  const contentType = random.pick(['image/png', 'image/jpeg']);
  await crowd.insist('a place for an image', (client) =>
    client.signAction(wallet, 'avatar.upload', { contentType }, '/profiles/avatar/upload-url'),
  );
}
