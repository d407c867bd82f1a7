import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { LocalChain } from '#src/local/chain/chain.js';
import { holdAttempts } from '../support/proxies/database-gate.js';
import { LONG } from '../support/long.js';
import { startTestChain } from '../support/worlds/localnet.js';
import { expectPaidOnce, untilExpired } from '../support/checks/payout-proof.js';
import { PayoutWorld, type TestCommitment } from '../support/worlds/payout-world.js';
import { Random } from '../support/random.js';
import {
  denyStatuses,
  firstOf,
  honest,
  on,
  sentIn,
  type Sent,
  submit,
} from '../support/proxies/rpc-faults.js';
import type { Fault, FaultPlan } from '../support/proxies/rpc-proxy.js';

/**
 * `npm run test:faults`: failures at moments that nobody chose. CTS_FAULTS_SEED repeats a run as far as timing lets it;
 * CTS_FAULTS_ROUNDS says how many kills each lane gets.
 */
const SEED = Number(process.env['CTS_FAULTS_SEED'] ?? Date.now() % 1_000_000);
const ROUNDS = Number(process.env['CTS_FAULTS_ROUNDS'] ?? 12);
const MINUTES = 60_000;

describe.skipIf(!LONG).concurrent(`for long, seed ${SEED}`, { timeout: 20 * MINUTES }, () => {
  let chain: LocalChain;
  beforeAll(async () => {
    process.stderr.write(`CTS_FAULTS_SEED=${SEED} CTS_FAULTS_ROUNDS=${ROUNDS}\n`);
    chain = await startTestChain({ slotMs: 40 });
  });
  afterAll(() => chain.stop());

  /** Kills at a random call, before or after it reached the chain, or at a random time when it comes first. */
  function armKill(world: PayoutWorld, random: Random): () => void {
    const [deadliest, after] = [random.below(22) + 1, random.chance(0.5)];
    let calls = 0;
    world.rpc.plan = () => {
      calls += 1;
      if (calls !== deadliest) return undefined;
      return after ? { kind: 'after', judge: world.crashNow } : world.crashNow();
    };
    const timer = setTimeout(() => void world.crash(), 50 + random.below(2_500));
    return () => clearTimeout(timer);
  }

  it.for([1, 2, 3])('M1-M6: killed at random, lane %i', async (lane, test) => {
    const random = new Random(SEED + lane);
    const world = await PayoutWorld.open(test, chain);
    for (let round = 0; round < ROUNDS; round += 1) {
      const commitment = await world.attested();
      for (
        let kills = 0;
        kills < 3 && !(await world.ledger(commitment)).startsWith('finalized');
        kills += 1
      ) {
        const admin = await world.signIn();
        const disarm = armKill(world, random);
        await world.resolve(admin, commitment);
        if (kills > 0 || random.chance(0.3)) await delay(random.below(7_000));
        disarm();
        await world.crash();
        if (random.chance(0.2) && (await world.ledger(commitment)) !== '')
          await untilExpired(world, commitment);
        world.rpc.plan = honest;
        await world.start();
      }
      if ((await world.commitment(commitment)).status === 'active')
        await world.resolve(await world.signIn(), commitment);
      await expectPaidOnce(world, commitment, { attempts: 'any' });
    }
  });

  it('M1-M7, M15: two replicas under a network that does everything wrong', async (test) => {
    const random = new Random(SEED);
    const world = await PayoutWorld.open(test, chain, { replicas: 2, env: { PAYOUT_WAIT_SECONDS: '5' } });
    const commitments: TestCommitment[] = [];
    for (let i = 0; i < 8; i += 1) commitments.push(await world.attested());
    world.rpc.plan = badNetwork(world, random);
    const end = Date.now() + MINUTES;
    while (Date.now() < end) {
      const admins = await Promise.all([world.signIn(0), world.signIn(1)]);
      const requests = commitments.flatMap((commitment) =>
        admins.map((admin) => world.resolve(admin, commitment)),
      );
      await delay(1_000 + random.below(8_000));
      await world.crash(random.below(2));
      await world.start();
      await Promise.all(requests);
    }
    world.rpc.plan = honest;
    for (const commitment of commitments) {
      if ((await world.commitment(commitment)).status === 'active')
        await world.resolve(await world.signIn(), commitment);
      await expectPaidOnce(world, commitment, { attempts: 'any' });
    }
  });

  function badNetwork(world: PayoutWorld, random: Random): FaultPlan {
    const faults: readonly Fault[] = [
      { kind: 'cut' },
      { kind: 'hang' },
      { kind: 'status', status: 503 },
      { kind: 'status', status: 429 },
      { kind: 'error', code: -32005 },
      { kind: 'body', body: '<html>' },
    ];
    const denial = denyStatuses(world.rpc);
    return firstOf(
      on('sendTransaction', (_, call) =>
        random.chance(0.4) ? surfaceLater(sentIn(call), random) : undefined,
      ),
      on('getBlockHeight', () =>
        random.chance(0.2) ? { kind: 'result', change: (height) => Number(height) - 200 } : undefined,
      ),
      async (call) => (random.chance(0.2) ? denial(call) : undefined),
      async () => {
        if (random.chance(0.2)) await delay(random.below(500));
        if (!random.chance(0.2)) return undefined;
        const fault = random.pick(faults);
        return random.chance(0.5) ? fault : { kind: 'after', judge: () => fault };
      },
    );
  }

  /** Taken, and handed to the chain at some time in or after its life, or never. */
  function surfaceLater(sent: Sent, random: Random): Fault {
    if (random.chance(0.7)) {
      setTimeout(() => void submit(chain.rpcUrl, sent).catch(() => undefined), random.below(12_000)).unref();
    }
    return { kind: 'answer', result: sent.signature };
  }

  it('M1: a message that was prepared and stays unsigned is given up when it is too old', async (test) => {
    const world = await PayoutWorld.open(test, chain);
    const commitment = await world.attested();
    const admin = await world.signIn();
    const gate = await holdAttempts(world.databaseUrl, 'prepared', 'signed');
    test.onTestFinished(() => gate.open());
    const answer = world.resolve(admin, commitment);
    await gate.reached();
    await world.crash();
    await gate.open();
    await answer;
    await untilExpired(world, commitment);
    // Before that the engine does not even ask for the height.
    await delay(20_000);
    await world.start();
    await expectPaidOnce(world, commitment, { attempts: ['abandoned', 'finalized'] });
  });
});
