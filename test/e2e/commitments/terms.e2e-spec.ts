import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from '../../support/worlds/app-world.js';
import { attested, create, creationBody, statusAndCode, succeed } from '../../support/builders/personal.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
});
afterAll(async () => {
  await world?.stop();
});

const show = async (id: string) => (await world.client().get<Json>(`/commitments/${id}`)).body;

describe('V3: terms, when the environment changes', () => {
  it('of a running commitment stay what they were, and decide', async () => {
    await world.restart({ PERSONAL_DECISION_WINDOW_SECONDS: '3600' });
    const deadline = await world.chainTime(600);
    const old = await attested(world, { deadline });
    const before = await show(old.id);

    await world.restart({ PERSONAL_DECISION_WINDOW_SECONDS: '60' });
    const fresh = await attested(world, { deadline });
    const after = await show(old.id);
    expect([after['terms'], after['termsHash']]).toEqual([before['terms'], before['termsHash']]);
    expect(after['terms']).toMatchObject({ decisionWindowSeconds: 3_600 });
    expect(fresh.body['terms']).toMatchObject({ decisionWindowSeconds: 60 });

    await world.travelTo(Date.parse(deadline) + 120_000);
    const admin = await world.adminClient();
    expect(await statusAndCode(succeed(admin, fresh.id))).toEqual([409, 'decision_window_passed']);
    expect((await succeed(admin, old.id)).body.commitment.status).toBe('succeeded');
  });

  it('that were signed before are refused as changed, also after several changes, and nothing is written', async () => {
    const wallet = TestWallet.generate();
    await world.restart({ PERSONAL_DECISION_WINDOW_SECONDS: '7200' });
    const { body, params } = await creationBody(world, wallet);
    for (const PERSONAL_DECISION_WINDOW_SECONDS of ['7201', '7202']) {
      await world.restart({ PERSONAL_DECISION_WINDOW_SECONDS });
      const before = await world.rowsDigest(['audit_logs']);
      const answer = await world.post('/commitments', JSON.stringify(body));
      expect(answer.body).toMatchObject({ status: 409, code: 'terms_changed' });
      expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
    }
    const signedAgain = await create(world, params, wallet);
    expect(signedAgain.body['terms']).toMatchObject({ decisionWindowSeconds: 7_202 });

    const wrong = { ...body, amountLamports: Number(body['amountLamports']) + 1 };
    expect((await world.post('/commitments', JSON.stringify(wrong))).body['code']).toBe('invalid_signature');
  });

  it('cannot be changed in the database either', async () => {
    const { id } = await create(world);
    for (const change of [
      `terms = '{}'`,
      `terms_hash = repeat('0', 64)`,
      `amount_lamports = 1`,
      `deadline = now()`,
      `destination_on_fail = repeat('1', 32)`,
    ]) {
      await expect(world.sql(`UPDATE commitments SET ${change} WHERE id = $1`, [id]), change).rejects.toThrow(
        'frozen',
      );
    }
  });
});
