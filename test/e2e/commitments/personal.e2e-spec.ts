import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentAnswer, RestClient } from '#src/local/rest-client.js';
import { movementsOf } from '#src/local/demo/proof.js';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import {
  AMOUNT,
  attest,
  attested,
  create,
  refusal,
  statusAndCode,
  succeed,
} from '../../support/builders/personal.js';
import { pollUntil } from '../../support/poll.js';
import { balanceOf, TestWallet, transferSol } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const ADDRESS = /^[1-9A-HJ-NP-Za-km-z]{32,44}$/;
const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const RENT_MINIMUM = 890_880n;

let world: AppWorld;
let admin: RestClient;

beforeAll(async () => {
  world = await AppWorld.start({ PERSONAL_MIN_LAMPORTS: '1' });
  admin = await world.adminClient();
});
afterAll(async () => {
  await world?.stop();
});

const show = async (id: string) => (await world.client().get<Json>(`/commitments/${id}`)).body;
const payoutsOf = async (id: string) =>
  (await world.client().get<{ items: Json[] }>(`/commitments/${id}/payouts`)).body.items;

function finalized(payoutId: string): Promise<Json> {
  return pollUntil(
    `payout ${payoutId} to be finalized`,
    async () => {
      const { body } = await world.client().get<Json>(`/payouts/${payoutId}`);
      return body['status'] === 'finalized' ? body : undefined;
    },
    { everyMs: 250 },
  );
}

describe('a personal commitment', () => {
  it('is created with everything that its terms decide, in the documented shape', async () => {
    const authority = await world.fundedWallet();
    const destinationOnFail = TestWallet.generate().address;
    const deadline = await world.chainTime(86_400);
    const statement = 'I ship by Friday';
    const { id, body } = await create(world, { destinationOnFail, deadline, statement }, authority);
    const escrow = { address: expect.stringMatching(ADDRESS), custody: 'local', balanceLamports: 0 };
    expect(body).toEqual({
      id: expect.stringMatching(UUID_V7),
      kind: 'personal',
      status: 'active',
      statement,
      wallet: authority.address,
      destinationOnFail,
      amountLamports: AMOUNT,
      deadline,
      terms: {
        version: 1,
        kind: 'personal',
        cluster: 'localnet',
        wallet: authority.address,
        destinationOnFail,
        amountLamports: AMOUNT,
        deadline,
        statement,
        decisionWindowSeconds: 259_200,
      },
      termsHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      escrow: { ...escrow, balanceAsOf: expect.stringMatching(UTC) },
      escrowAddress: (body['escrow'] as Json)['address'],
      createdAt: expect.stringMatching(UTC),
    });
    const { escrowAddress: _, ...shown } = body;
    expect(await show(id)).toEqual({ ...shown, escrow: { ...escrow, balanceAsOf: expect.any(String) } });
  });

  it('has a hash that anybody can compute from the terms', async () => {
    const { body } = await create(world, { statement: 'Ünï — cödé 漢字' });
    const terms = body['terms'] as Json;
    // The terms are flat: canonical JSON is the one with sorted keys and no white space.
    const canonical = JSON.stringify(terms, Object.keys(terms).sort());
    expect(body['termsHash']).toBe(createHash('sha256').update(canonical, 'utf8').digest('hex'));
  });

  it('is answered with 201, where it lies in the list from then on', async () => {
    const { id } = await create(world);
    const { body } = await world.client().get<{ items: Json[] }>('/commitments?limit=1');
    expect(body.items[0]?.['id']).toBe(id);
  });

  it('returns the locked lamports to the authority, which the chain alone can prove', async () => {
    const commitment = await create(world);
    const { id, escrow, authority } = commitment;
    await transferSol(world.chain.rpcUrl, authority, escrow.address, BigInt(AMOUNT));
    const attestation = await attest(world, commitment);
    expect(attestation).toMatchObject({ id, status: 'active', attestedAt: expect.stringMatching(UTC) });

    const { status, body } = await succeed(admin, id);
    expect(status).toBe(200);
    const signature = body.signature ?? '';
    const amountLamports = body.payout.amountLamports;
    expect(body.payout).toMatchObject({
      // Whoever knows the commitment can compute it.
      id: payoutIdOf({ commitmentId: id, purpose: 'personal_success', subject: null, part: 0 }),
      commitmentId: id,
      purpose: 'personal_success',
      status: 'confirmed',
      source: escrow.address,
      destination: authority.address,
      signature,
      attempts: [{ signature, status: 'confirmed', lastValidBlockHeight: expect.any(Number) }],
      confirmedAt: expect.stringMatching(UTC),
    });
    expect(body.commitment).toMatchObject({
      id,
      status: 'succeeded',
      resolvedAt: expect.stringMatching(UTC),
    });

    const [deposit, refund, ...others] = await movementsOf(world.chain.rpcUrl, escrow.address);
    expect(others).toEqual([]);
    expect(deposit).toMatchObject({ from: authority.address, lamports: BigInt(AMOUNT) });
    expect(refund).toMatchObject({ signature, to: authority.address, memo: body.payout.id });
    expect(refund?.lamports).toBe(BigInt(amountLamports));
    expect(BigInt(amountLamports) + (refund?.feeLamports ?? 0n)).toBe(BigInt(AMOUNT));
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);

    expect(await payoutsOf(id)).toMatchObject([{ id: body.payout.id, signature }]);
    const done = await finalized(body.payout.id);
    expect(done).toMatchObject({
      finalizedAt: expect.stringMatching(UTC),
      attempts: [{ status: 'finalized' }],
    });
    expect(await show(id)).toMatchObject({ escrow: { balanceLamports: 0 } });
  });

  it('attested again answers the same and is recorded once', async () => {
    const commitment = await attested(world);
    const [first, second] = [await attest(world, commitment), await attest(world, commitment)];
    expect(second['attestedAt']).toBe(first['attestedAt']);
    const rows = await world.sql(
      `SELECT 1 FROM audit_logs WHERE commitment_id = $1 AND event = 'commitment_attest_ok'`,
      [commitment.id],
    );
    expect(rows).toHaveLength(1);
  });

  it('is attested by its authority alone', async () => {
    const { id } = await create(world);
    const params = { commitmentId: id };
    const path = '/commitments/:commitmentId/attest';
    const stranger = TestWallet.generate();
    const attempt = world.client().signAction(stranger, 'commitment.attest', params, path);
    expect(await statusAndCode(attempt)).toEqual([403, 'not_the_authority']);
    expect(await show(id)).not.toHaveProperty('attestedAt');
  });

  it('resolved a second time answers 409 and pays nothing', async () => {
    const { id, escrow } = await attested(world);
    await succeed(admin, id);
    expect(await statusAndCode(succeed(admin, id))).toEqual([409, 'already_resolved']);
    expect(await payoutsOf(id)).toHaveLength(1);
    expect(await movementsOf(world.chain.rpcUrl, escrow.address)).toHaveLength(1);
  });

  it('that does not exist answers 404 at every route of it', async () => {
    const id = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
    for (const path of [`/commitments/${id}`, `/commitments/${id}/payouts`]) {
      expect(await statusAndCode(world.client().get(path)), path).toEqual([404, 'commitment_not_found']);
    }
    expect(await statusAndCode(succeed(admin, id))).toEqual([404, 'commitment_not_found']);
    expect(await statusAndCode(world.client().get(`/payouts/${id}`))).toEqual([404, 'payout_not_found']);
    const wallet = TestWallet.generate();
    const params = { commitmentId: id };
    const attestation = world
      .client()
      .signAction(wallet, 'commitment.attest', params, '/commitments/:commitmentId/attest');
    expect(await statusAndCode(attestation)).toEqual([404, 'commitment_not_found']);
  });
});

describe('the money of an escrow', () => {
  it('M18: that is not there is refused with both amounts, and nothing stays locked', async () => {
    const { id, escrow } = await attested(world, { lamports: 0n });
    const before = await world.rowsDigest(['audit_logs']);
    const { status, code, problem } = await refusal(succeed(admin, id));
    expect([status, code]).toEqual([422, 'escrow_underfunded']);
    expect(problem['title']).toBe('Escrow underfunded for this release');
    expect(problem).toMatchObject({ balanceLamports: 0, requiredLamports: expect.any(Number) });
    expect(problem['requiredLamports']).toBeGreaterThan(0);
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
    expect(await show(id)).toMatchObject({ status: 'active' });
    expect(await payoutsOf(id)).toEqual([]);

    await world.chain.cheats.fundSol(escrow.address, BigInt(AMOUNT));
    const { body } = await succeed(admin, id);
    expect(body.commitment.status).toBe('succeeded');
  });

  it.each([
    ['less', BigInt(AMOUNT) / 4n],
    ['more', BigInt(AMOUNT) * 3n],
  ])('R12: goes back whole when it is %s than promised, and is shown for ever', async (_, lamports) => {
    const { id, escrow, authority } = await attested(world, { lamports });
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    const { body } = await succeed(admin, id);
    const [refund] = await movementsOf(world.chain.rpcUrl, escrow.address);
    expect(BigInt(body.payout.amountLamports) + (refund?.feeLamports ?? 0n)).toBe(lamports);
    const after = await balanceOf(world.chain.rpcUrl, authority.address);
    expect(after - before).toBe(BigInt(body.payout.amountLamports));
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
    expect(await show(id)).toMatchObject({
      status: 'succeeded',
      terms: { amountLamports: AMOUNT },
      escrow: { balanceLamports: 0, fundedLamports: Number(lamports) },
    });
  });

  it('M18: too small to make an empty wallet exist is refused before anything is signed', async () => {
    const poor = TestWallet.generate();
    const { id, escrow } = await attested(world, { lamports: RENT_MINIMUM }, poor);
    const { status, code, problem } = await refusal(succeed(admin, id));
    expect([status, code]).toEqual([422, 'destination_not_payable']);
    expect(problem['detail']).toContain(poor.address);
    expect(await show(id)).toMatchObject({ status: 'active' });
    expect(await payoutsOf(id)).toEqual([]);
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(RENT_MINIMUM);

    // Now the wallet exists, but the escrow could not even pay the fee: the chain asks that of it before any transfer.
    await world.chain.cheats.fundSol(poor.address, RENT_MINIMUM);
    const second = await refusal(succeed(admin, id));
    expect([second.status, second.code]).toEqual([422, 'escrow_underfunded']);
    const required = BigInt(Number(second.problem['requiredLamports']));
    expect(required).toBeGreaterThanOrEqual(RENT_MINIMUM + 5_000n);
    await world.chain.cheats.fundSol(escrow.address, required);
    expect((await succeed(admin, id)).body.commitment.status).toBe('succeeded');
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
  });

  it('M18: of the smallest amount that can be promised goes back, also to a wallet that is empty', async () => {
    const poor = TestWallet.generate();
    const { problem } = await refusal(create(world, { amountLamports: 1 }, poor));
    const [{ message }] = problem['errors'] as [{ message: string }];
    const least = Number(/at least (\d+)/.exec(message)?.[1]);
    expect(await statusAndCode(create(world, { amountLamports: least - 1 }, poor))).toEqual([
      400,
      'validation_failed',
    ]);
    const { id } = await attested(world, { amountLamports: least, lamports: BigInt(least) }, poor);
    const { body } = await succeed(admin, id);
    expect(body.commitment.status).toBe('succeeded');
    expect(await balanceOf(world.chain.rpcUrl, poor.address)).toBe(BigInt(body.payout.amountLamports));
  });

  it('M19: is told by the ledger: a later deposit changes no payout', async () => {
    const { id, escrow } = await attested(world);
    const { body } = await succeed(admin, id);
    const paid = body.payout.amountLamports;
    await finalized(body.payout.id);
    await world.chain.cheats.fundSol(escrow.address, 7n * RENT_MINIMUM);
    await pollUntil('the deposit to be shown', async () => {
      const { escrow: shown } = (await show(id)) as { escrow?: Json };
      return shown?.['balanceLamports'] === Number(7n * RENT_MINIMUM) || undefined;
    });
    expect(await payoutsOf(id)).toMatchObject([
      { id: body.payout.id, amountLamports: paid, status: 'finalized' },
    ]);
    expect(await statusAndCode(succeed(admin, id))).toEqual([409, 'already_resolved']);
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(7n * RENT_MINIMUM);
  });

  it('M14: of two equal commitments goes out in two payments, told apart by their memos', async () => {
    const authority = await world.fundedWallet();
    const pair = [await attested(world, {}, authority), await attested(world, {}, authority)];
    const paid = await Promise.all(pair.map(({ id }) => succeed(admin, id)));
    expect(paid.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(paid.map(({ body }) => body.signature)).size).toBe(2);
    expect(new Set(paid.map(({ body }) => body.payout.amountLamports)).size).toBe(1);
    for (const [index, { escrow, id }] of pair.entries()) {
      const answer = paid[index]?.body;
      const movements = await movementsOf(world.chain.rpcUrl, escrow.address);
      expect(movements).toMatchObject([{ signature: answer?.signature, memo: answer?.payout.id }]);
      expect(answer?.payout).toMatchObject({ commitmentId: id });
    }
  });

  it('M7, M17: of 16 success calls at once goes out once, by one signature', async () => {
    const { id, escrow, authority } = await attested(world);
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    const calls = await Promise.allSettled(Array.from({ length: 16 }, () => succeed(admin, id)));
    const won = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value.body] : []));
    const lost = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason as Json] : []));
    expect(lost.map(({ status, code }) => `${String(status)} ${String(code)}`)).toEqual(
      lost.map(() => '409 already_resolved'),
    );
    expect(new Set(won.map((body: PaymentAnswer) => body.payout.id)).size).toBe(1);
    const movements = await movementsOf(world.chain.rpcUrl, escrow.address);
    expect(movements).toHaveLength(1);
    const after = await balanceOf(world.chain.rpcUrl, authority.address);
    expect(after - before).toBe(movements[0]?.lamports);
    const attempts = await world.sql<{ id: string; signature: string; rawTransaction: Buffer }>(
      `SELECT a.id, a.signature, a.raw_transaction AS "rawTransaction" FROM payout_attempts a
       JOIN payouts p ON p.id = a.payout_id WHERE p.commitment_id = $1 AND a.signature IS NOT NULL`,
      [id],
    );
    expect(attempts.filter(({ signature }) => signature === movements[0]?.signature)).toHaveLength(1);
    expect(new Set(attempts.map(({ signature }) => signature)).size).toBe(attempts.length);

    // Asked again for the stored message, custody gives the signature that is inside the stored bytes.
    const [attempt] = attempts;
    const signatures = await world.app.get(SigningDoor).signPayout(attempt?.id ?? '');
    const again = signatures.get(escrow.address) ?? new Uint8Array();
    expect(Buffer.from(again).equals(attempt?.rawTransaction.subarray(1, 65) ?? Buffer.alloc(0))).toBe(true);
  });
});

describe('a payment that takes longer than the request waits', () => {
  it('is answered with 202 and continues automatically', async () => {
    await world.restart({ PAYOUT_WAIT_SECONDS: '0' });
    const { id, escrow } = await attested(world);
    const { status, body } = await succeed(await world.adminClient(), id);
    expect(status).toBe(202);
    expect(body).not.toHaveProperty('signature');
    expect(body).toMatchObject({ payout: { status: 'pending' }, commitment: { status: 'resolving' } });
    const done = await finalized(body.payout.id);
    expect(await show(id)).toMatchObject({ status: 'succeeded', resolvedAt: expect.stringMatching(UTC) });
    expect(await movementsOf(world.chain.rpcUrl, escrow.address)).toMatchObject([
      { signature: done['signature'], memo: body.payout.id },
    ]);
  });
});
