import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { expectPaid, expectReasons, unfinishedOf } from '../support/checks/campaign-proof.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';
import { Liar } from '../support/proxies/rpc-lies.js';
import { rpc } from '../support/proxies/rpc-faults.js';
import { Random } from '../support/random.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { PayoutWorld, type TestCommitment, type TestLife } from '../support/worlds/payout-world.js';

/**
 * Both voices lie at random, in every method: nothing is paid twice, nothing is decided early, nothing waits in silence. All of it is
 * counted on the chain. CTS_FAULTS_SEED repeats a run as far as timing lets it; CTS_CAMPAIGN_ROUNDS says how many rounds there are,
 * of some twenty seconds each on a machine that does nothing else.
 */
const SEED = Number(process.env['CTS_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = Number(process.env['CTS_CAMPAIGN_ROUNDS'] ?? (LONG ? 30 : 1));
const COMMITMENTS = 4;
const CALLS_A_ROUND = LONG ? 600 : 300;
/** Only ends what hangs: on a busy machine a round takes minutes. */
const ROUND_MS = 300_000;

let chain: LocalChain;
beforeAll(async () => {
  chain = await startTestChain({ slotMs: 40 });
});
afterAll(() => chain.stop());

interface Campaign {
  readonly world: PayoutWorld;
  readonly liars: readonly Liar[];
  readonly admin: Awaited<ReturnType<PayoutWorld['signIn']>>;
}

async function begin(test: TestLife, random: Random): Promise<Campaign> {
  const env = {
    PAYOUT_WAIT_SECONDS: '1',
    SOLANA_RPC_TIMEOUT_MS: '2000',
    RPC_SECOND_VOICE_WAIT_SECONDS: '5',
    PERSONAL_DECISION_WINDOW_SECONDS: '0',
  };
  const world = await PayoutWorld.open(test, chain, { endpoints: 2, env });
  const liars = world.rpcs.map((proxy) => {
    const liar = new Liar(new Random(random.below(2 ** 31)), chain.rpcUrl);
    proxy.plan = liar.plan;
    return liar;
  });
  return { world, liars, admin: await world.signIn() };
}

/** Long before the deadline: no failure may be decided, however late a voice says that it is. */
async function decide({ world, admin }: Campaign, commitment: TestCommitment): Promise<void> {
  const early = await world.resolve(admin, { ...commitment, resolution: 'failure' });
  expect([200, 202], 'an early failure').not.toContain(early.status);
  await world.resolve(admin, commitment);
}

async function round(campaign: Campaign): Promise<TestCommitment[]> {
  const { world, liars, admin } = campaign;
  const commitments = await Promise.all(Array.from({ length: COMMITMENTS }, () => world.attested()));
  const calls = () => world.rpcs.reduce((sum, rpc) => sum + rpc.calls.length, 0);
  const until = calls() + CALLS_A_ROUND;
  for (const liar of liars) liar.isArmed = true;
  await Promise.all(commitments.map((commitment) => decide(campaign, commitment)));
  await pollUntil(
    `${CALLS_A_ROUND} calls`,
    async () => calls() >= until || (await unfinishedOf(world)) === 0,
  );
  await expectReasons(world);
  for (const liar of liars) liar.isArmed = false;
  // Whom nobody would hear among the lies is decided now.
  for (const commitment of commitments)
    await pollUntil(
      `the success of ${commitment.id} to be decided`,
      async () => [200, 202, 409].includes((await world.resolve(admin, commitment)).status),
      { everyMs: 2_000 },
    );
  return commitments;
}

/** What was held back until now is let go: it would land within these blocks. */
async function letGo({ liars }: Campaign): Promise<void> {
  const slot = async () => Number((await rpc(chain.rpcUrl, 'getSlot', [])).result);
  await Promise.all(liars.map((liar) => liar.letGo()));
  const later = (await slot()) + 40;
  await pollUntil(`slot ${later}`, async () => (await slot()) > later);
}

describe(`T1-T5: both voices lie at random, seed ${SEED}`, () => {
  const limits = { timeout: ROUNDS * ROUND_MS + 600_000 };
  it('and every payout is made exactly once, in time and to whom it was promised', limits, async (test) => {
    process.stderr.write(`CTS_FAULTS_SEED=${SEED} CTS_CAMPAIGN_ROUNDS=${ROUNDS}\n`);
    const campaign = await begin(test, new Random(SEED));
    const { world, liars } = campaign;
    let attempts = 0;
    let payouts = 0;
    for (let nth = 0; nth < ROUNDS; nth += 1) {
      const commitments = await round(campaign);
      for (const commitment of commitments) {
        const paid = await expectPaid(world, commitment);
        attempts += paid.attempts;
        payouts += paid.payouts;
      }
      await letGo(campaign);
      for (const commitment of commitments) await expectPaid(world, commitment);
    }
    const lies = liars.reduce((sum, { told }) => sum + told, 0);
    const calls = world.rpcs.reduce((sum, rpc) => sum + rpc.calls.length, 0);
    process.stderr.write(
      `seed ${SEED}: ${ROUNDS} rounds, ${calls} RPC calls, ${lies} lies, ${payouts} payouts, ${attempts} attempts, ` +
        '0 double payments, 0 early decisions, 0 silent waits\n',
    );
    expect(lies).toBeGreaterThan(20 * ROUNDS);
  });
});
