import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RestClient } from '#src/local/rest-client.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { attest, attested, create, statusAndCode, succeed } from '../../support/builders/personal.js';

const WINDOW_SECONDS = 259_200;

let world: AppWorld;
let admin: RestClient;

beforeAll(async () => {
  // Without the scheduler's sweep, which would end what the tests let pass its deadline.
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  admin = await world.adminClient();
});
afterAll(async () => {
  await world?.stop();
});

const secondsAfter = (deadline: unknown, seconds: number) => Date.parse(String(deadline)) + seconds * 1000;

describe("deadlines, on the chain's clock", () => {
  it('an attestation after the deadline is refused', async () => {
    const commitment = await create(world, { deadline: await world.chainTime(600) });
    await world.travelTo(secondsAfter(commitment.body['deadline'], 1));
    expect(await statusAndCode(attest(world, commitment))).toEqual([409, 'deadline_passed']);
    expect((await world.client().get<object>(`/commitments/${commitment.id}`)).body).not.toHaveProperty(
      'attestedAt',
    );
  });

  it('a deadline in the past of the chain is refused, whatever this computer says', async () => {
    const chainNow = await world.chainSeconds();
    expect(chainNow * 1000).toBeGreaterThan(Date.now() + 300_000);
    const deadline = new Date(Date.now() + 300_000).toISOString();
    expect(await statusAndCode(create(world, { deadline }))).toEqual([400, 'validation_failed']);
    const inElevenYears = await world.chainTime(11 * 365 * 86_400);
    expect(await statusAndCode(create(world, { deadline: inElevenYears }))).toEqual([
      400,
      'validation_failed',
    ]);
  });

  it('success without an attestation is refused, before the deadline and after it', async () => {
    const commitment = await create(world, { deadline: await world.chainTime(600) });
    await world.chain.cheats.fundSol(commitment.escrow.address, 2_000_000_000n);
    expect(await statusAndCode(succeed(admin, commitment.id))).toEqual([409, 'not_attested']);
    await world.travelTo(secondsAfter(commitment.body['deadline'], 1));
    expect(await statusAndCode(succeed(admin, commitment.id))).toEqual([409, 'not_attested']);
  });

  it('V5: what was attested in time succeeds a second after the deadline, and within the whole decision window', async () => {
    const deadline = await world.chainTime(600);
    const [early, late] = [await attested(world, { deadline }), await attested(world, { deadline })];
    await world.travelTo(secondsAfter(deadline, 1));
    expect((await succeed(admin, early.id)).body.commitment.status).toBe('succeeded');
    await world.travelTo(secondsAfter(deadline, WINDOW_SECONDS - 60));
    expect((await succeed(admin, late.id)).body.commitment.status).toBe('succeeded');
  });

  it('V5: after the decision window success is refused and nothing moves', async () => {
    const commitment = await attested(world, { deadline: await world.chainTime(600) });
    await world.travelTo(secondsAfter(commitment.body['deadline'], WINDOW_SECONDS + 2));
    const before = await world.rowsDigest(['audit_logs']);
    expect(await statusAndCode(succeed(admin, commitment.id))).toEqual([409, 'decision_window_passed']);
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
  });

  it('attesting again after the deadline still answers what was attested in time', async () => {
    const commitment = await attested(world, { deadline: await world.chainTime(600) });
    await world.travelTo(secondsAfter(commitment.body['deadline'], 1));
    expect((await attest(world, commitment)).attestedAt).toBeDefined();
  });
});
