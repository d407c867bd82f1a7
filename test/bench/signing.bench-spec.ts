/** `npm run bench:signing`: what the signing door costs a payout, in milliseconds and statements, beside the bare signature. */
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOfSeed, signWithSeed } from '#src/chain/signing/keypair.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { attested, succeed } from '../support/builders/personal.js';
import { ReleaseBench } from '../support/builders/release-bench.js';
import { UNLOCK } from '../support/builders/releases.js';
import { complete, holder, normalize, reward, signal, TOKEN } from '../support/builders/rewards.js';
import { statementsOf } from '../support/checks/statements.js';

const ROUNDS = 200;
const APPROVALS = 20;

let bench: ReleaseBench;
let door: SigningDoor;
beforeAll(async () => {
  bench = await ReleaseBench.start();
  door = bench.world.app.get(SigningDoor);
});
afterAll(async () => {
  await bench?.stop();
});

async function median(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[ROUNDS / 2] ?? 0;
}

/** @returns how many statements it took to ask */
async function measure(name: string, payoutId: string): Promise<number> {
  const [attempt] = await bench.world.sql<{ id: string; message: Buffer }>(
    'SELECT id, message FROM payout_attempts WHERE payout_id = $1',
    [payoutId],
  );
  if (attempt === undefined) throw new Error(`payout ${payoutId} has no attempt`);
  const [seed, message] = [new Uint8Array(32).fill(7), new Uint8Array(attempt.message)];
  const statements = (work: () => Promise<unknown>) => statementsOf(bench.world, work);
  const asked = (await statements(() => door.examine(payoutId))).length;
  const signed = (await statements(() => door.signPayout(attempt.id))).length;
  const [examine, sign] = [
    await median(() => door.examine(payoutId)),
    await median(() => door.signPayout(attempt.id)),
  ];
  const bare = await median(() => signWithSeed(seed, message) && addressOfSeed(seed));
  const cost = examine + sign - bare;
  process.stdout.write(
    `${name}: ${cost.toFixed(2)} ms more a payout (asked before planning ${examine.toFixed(2)} ms in ${asked} statements, ` +
      `signed ${sign.toFixed(2)} ms in ${signed} statements, a bare signature ${bare.toFixed(2)} ms)\n`,
  );
  return asked;
}

describe(`the door, median of ${ROUNDS} looks at evidence that it has seen before`, () => {
  it('at a refund', async () => {
    const made = await attested(bench.world);
    const { body } = await succeed(bench.admin, made.id);
    expect(await measure('refund', body.payout.id)).toBeGreaterThan(0);
  });

  it(`at a milestone with ${APPROVALS} approvals`, async () => {
    const { world, market } = bench;
    const made = await reward(world, market, {
      milestones: [{ title: 'Part', unlockLamports: Number(UNLOCK) }],
    });
    await complete(world, made, made.milestoneId);
    for (let nth = 0; nth < APPROVALS; nth += 1)
      await signal(world, await holder(world, market, 1_000n * TOKEN), made);
    await normalize(world, { commitmentId: made.id });
    await bench.fund(made, 5n * UNLOCK);
    const { body } = await bench.release(made);
    expect(await measure('milestone', body.payout.id)).toBeGreaterThan(0);
  });
});
