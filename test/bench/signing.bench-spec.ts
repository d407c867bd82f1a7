/** `npm run bench:signing`: what the signing door costs a payout, in milliseconds and statements, beside signing without it. */
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Transactions } from '#src/common/database/transactions.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { EscrowRepository } from '#src/escrow/escrows/escrow.repository.js';
import type { Bond } from '#src/escrow/escrows/escrow-signer.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
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

/** Medians of works that take turns, so that a busy machine is the same for all. */
async function medians(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const times = works.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, work] of works.entries()) {
      const start = performance.now();
      await work();
      times[index]?.push(performance.now() - start);
    }
  return times.map((list) => list.toSorted((a, b) => a - b)[ROUNDS / 2] ?? 0);
}

/** What signs without a door: the escrow's row, its key, the signature. */
async function bareSigning(attemptId: string): Promise<() => Promise<unknown>> {
  const { app } = bench.world;
  const [row] = await bench.world.sql<Bond & { message: Buffer }>(
    `SELECT c.id AS "commitmentId", c.message_hash AS "messageHash", c.terms_hash AS "termsHash", a.message
       FROM payout_attempts a JOIN payouts p ON p.id = a.payout_id JOIN commitments c ON c.id = p.commitment_id WHERE a.id = $1`,
    [attemptId],
  );
  if (row === undefined) throw new Error(`there is no attempt ${attemptId}`);
  const { message, ...bond } = row;
  const { manager } = app.get(Transactions);
  const [escrows, signer] = [
    app.get(EscrowRepository, { strict: false }),
    app.get(LocalSigner, { strict: false }),
  ];
  return async () => {
    const escrow = await escrows.findByCommitment(manager, bond.commitmentId);
    return escrow === null ? null : signer.sign(escrow, bond, new Uint8Array(message));
  };
}

/** @returns how many statements it took to ask */
async function measure(name: string, payoutId: string): Promise<number> {
  const [attempt] = await bench.world.sql<{ id: string }>(
    'SELECT id FROM payout_attempts WHERE payout_id = $1',
    [payoutId],
  );
  if (attempt === undefined) throw new Error(`payout ${payoutId} has no attempt`);
  const works = [
    () => door.examine(payoutId),
    () => door.signPayout(attempt.id),
    await bareSigning(attempt.id),
  ];
  const statements = async (work: () => Promise<unknown>) => (await statementsOf(bench.world, work)).length;
  const asked = await statements(() => door.examine(payoutId));
  const signed = await statements(() => door.signPayout(attempt.id));
  const [examine = 0, sign = 0, bare = 0] = await medians(works);
  process.stdout.write(
    `${name}: ${(examine + sign - bare).toFixed(2)} ms more a payout (asked before planning ${examine.toFixed(2)} ms in ${asked} ` +
      `statements, signed ${sign.toFixed(2)} ms in ${signed} statements, signed without the door ${bare.toFixed(2)} ms)\n`,
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
