import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ApiError,
  CommitToShip,
  hasCode,
  listJobs,
  type Wallet,
} from '../../../clients/typescript/src/index.js';
import { personal } from '../../../clients/typescript/examples/personal.js';
import { reward } from '../../../clients/typescript/examples/reward.js';
import { pollUntil } from '../../support/poll.js';
import { holder, launch, startRewardWorld, TOKEN } from '../../support/builders/rewards.js';
import { balanceOf, TestWallet } from '../../support/builders/wallets.js';

type Started = Awaited<ReturnType<typeof startRewardWorld>>;

let started: Started;
let world: Started['world'];

beforeAll(async () => {
  // The jobs run: the flows of the guide wait for nothing else.
  started = await startRewardWorld({ JOBS_ENABLED: 'true' });
  world = started.world;
});
afterAll(async () => {
  await started?.stop();
});

/** As a browser wallet is: it shows nothing but its address, and signs bytes. */
const walletOf = (wallet: TestWallet): Wallet => ({
  address: wallet.address,
  signMessage: async (message) => wallet.sign(message),
});

const fund = async (address: string, lamports: number) => {
  await world.chain.cheats.fundSol(address, BigInt(lamports));
};

/** The job that unlocks has its turn each minute; here it is due whenever it looks. */
async function withoutWaitingForJobs<T>(flow: Promise<T>): Promise<T> {
  let isOver = false;
  const end = () => (isOver = true);
  void flow.then(end, end);
  await pollUntil('the flow to end', async () => {
    if (!isOver) await world.sql(`UPDATE jobs SET next_run_at = now() WHERE name = 'normalization'`);
    return isOver;
  });
  return flow;
}

describe('the flows of the guide for clients', () => {
  it('personal: the whole escrow comes back, by the chain', async () => {
    const builder = await world.fundedWallet();
    const before = await balanceOf(world.chain.rpcUrl, builder.address);
    const deadline = await world.chainTime(3_600);
    const destinationOnFail = TestWallet.generate().address;
    const done = await personal(
      world.url,
      walletOf(builder),
      walletOf(world.admin),
      { destinationOnFail, deadline },
      fund,
    );
    expect(done).toMatchObject({ kind: 'personal', status: 'succeeded' });
    expect(await balanceOf(world.chain.rpcUrl, done.escrow.address)).toBe(0n);
    expect(await balanceOf(world.chain.rpcUrl, builder.address)).toBeGreaterThan(before + 999_000_000n);
  });

  it('reward: the creator is paid for the milestone, by the chain', async () => {
    const token = await launch(world, started.feed);
    const whale = await holder(world, token, 1_000n * TOKEN);
    const before = await balanceOf(world.chain.rpcUrl, token.creator.address);
    const flow = reward(
      world.url,
      { creator: walletOf(token.creator), holder: walletOf(whale), admin: walletOf(world.admin) },
      { tokenMint: token.mint, destinationOnFail: TestWallet.generate().address },
      fund,
    );
    const done = await withoutWaitingForJobs(flow);
    expect(done).toMatchObject({ status: 'completed', milestones: [{ status: 'released' }] });
    expect(await balanceOf(world.chain.rpcUrl, token.creator.address)).toBeGreaterThan(before + 900_000_000n);
  });
});

describe('the client', () => {
  it('throws what the service refuses, with its code', async () => {
    const api = new CommitToShip({ baseUrl: world.url });
    const wallet = walletOf(await world.fundedWallet());
    const commitmentId = '01a20533-daf6-73f1-b19b-6149cad3e4dd';
    const refused = api.signAndSend('commitment.attest', { commitmentId }, wallet);
    const error: unknown = await refused.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(hasCode(error, 'commitment_not_found')).toBe(true);
    expect(error).toMatchObject({ status: 404, requestId: expect.any(String) });
  });

  it('shows the text before the wallet signs, and sends nothing when it is turned down', async () => {
    const api = new CommitToShip({ baseUrl: world.url });
    const wallet = walletOf(await world.fundedWallet());
    const params = { tokenMint: TestWallet.generate().address };
    const review = (text: string) => {
      throw new Error(text);
    };
    await expect(api.signAndSend('dev.verify', params, wallet, { review })).rejects.toThrow(
      `Commit To Ship asks you to sign: dev.verify`,
    );
  });

  it('keeps the session of an admin, and lets nobody else in', async () => {
    const stranger = new CommitToShip({ baseUrl: world.url });
    await expect(stranger.signIn(walletOf(await world.fundedWallet()))).rejects.toMatchObject({
      code: 'not_an_admin',
    });
    const api = new CommitToShip({ baseUrl: world.url });
    await api.signIn(walletOf(world.admin));
    expect((await api.take(listJobs({ client: api.client }))).items.length).toBeGreaterThan(3);
  });

  it('pays once for one Idempotency-Key when the answer is lost on the way', async () => {
    let lost = 0;
    const lossy: typeof fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const isCreation = new URL(answer.url).pathname === '/api/commitments';
      if (!isCreation || lost > 0) return answer;
      lost += 1;
      throw new TypeError('the connection is gone');
    };
    const api = new CommitToShip({ baseUrl: world.url, fetch: lossy, retries: { firstWaitMs: 1 } });
    const builder = await world.fundedWallet();
    const made = await api.signAndSend(
      'commitment.create',
      {
        kind: 'personal',
        amountLamports: 1_000_000_000,
        deadline: await world.chainTime(3_600),
        destinationOnFail: TestWallet.generate().address,
      },
      walletOf(builder),
    );
    expect(lost).toBe(1);
    const { body } = await world.send('GET', `/api/commitments?wallet=${builder.address}`);
    expect(body['items']).toMatchObject([{ id: made.id }]);
  });
});
