import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { PROVEN_LIMITS } from '#src/common/rate-limits.js';
import { AppWorld } from '../../support/worlds/app-world.js';
import { earlyInWindow } from '../../support/clock.js';
import {
  create,
  creationBody,
  type Form,
  personalParams,
  signingText,
  signText,
} from '../../support/builders/personal.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { textsDecoded } from '../../support/checks/texts-decoded.js';

type Json = Record<string, unknown>;

const MINUTE = 60_000;
const FORMS: Form[] = ['plain', 'v0', 'v1'];

let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
});
afterAll(async () => {
  await world?.stop();
});

const post = (path: string, body: Json) => world.post(path, JSON.stringify(body));
const commitmentsOf = async (wallet: TestWallet) =>
  world.sql<{ id: string }>('SELECT id FROM commitments WHERE wallet = $1', [wallet.address]);

/** A refusal that wrote nothing but its audit row. */
async function expectRefused(path: string, body: Json, status: number, code: string): Promise<void> {
  const before = await world.rowsDigest(['audit_logs']);
  const answer = await post(path, body);
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
  expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
}

describe('V6: one signed creation message', () => {
  it('makes one commitment, however often it is posted', async () => {
    const wallet = TestWallet.generate();
    const { body } = await creationBody(world, wallet);
    const first = await post('/commitments', body);
    expect(first.status).toBe(201);
    for (let again = 0; again < 2; again += 1) {
      const repeat = await post('/commitments', body);
      expect(repeat.body).toMatchObject({
        status: 409,
        code: 'signature_used',
        commitmentId: first.body['id'],
      });
    }
    expect(await commitmentsOf(wallet)).toHaveLength(1);
  });

  it('with an Idempotency-Key is answered alike when it is posted again', async () => {
    const wallet = TestWallet.generate();
    const { body } = await creationBody(world, wallet);
    const send = () => world.post('/commitments', JSON.stringify(body), { 'idempotency-key': 'create-once' });
    const [first, again] = [await send(), await send()];
    expect([first.status, first.headers['idempotent-replayed']]).toEqual([201, undefined]);
    expect([again.status, again.text, again.headers['idempotent-replayed']]).toEqual([
      201,
      first.text,
      'true',
    ]);
    expect(await commitmentsOf(wallet)).toHaveLength(1);
    const other = await world.post('/commitments', JSON.stringify({ ...body, statement: 'Other' }), {
      'idempotency-key': '"create-once"',
    });
    expect(other.body).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('makes one commitment when it is posted 8 times at once, and no escrow is left over', async () => {
    const wallet = TestWallet.generate();
    const { body } = await creationBody(world, wallet);
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('/commitments', body)));
    const created = answers.filter(({ status }) => status === 201);
    expect(created).toHaveLength(1);
    const repeats = answers.filter(({ status }) => status !== 201);
    for (const { body: repeat } of repeats) {
      expect(repeat).toMatchObject({ code: 'signature_used', commitmentId: created[0]?.body['id'] });
    }
    expect(await commitmentsOf(wallet)).toHaveLength(1);
    const strays = `SELECT 1 FROM escrows e LEFT JOIN commitments c ON c.id = e.commitment_id WHERE c.id IS NULL`;
    expect(await world.sql(strays)).toEqual([]);
  });

  it('is the same message in every envelope', async () => {
    const wallet = TestWallet.generate();
    const { body, message } = await creationBody(world, wallet, {}, 'v0');
    expect((await post('/commitments', body)).status).toBe(201);
    for (const form of ['plain', 'v1'] as const) {
      const signature = signText(wallet, message, form);
      expect(signature).not.toBe(body['signature']);
      await expectRefused('/commitments', { ...body, signature }, 409, 'signature_used');
    }
    expect(await commitmentsOf(wallet)).toHaveLength(1);
  });
});

describe('V6: a signature', () => {
  it.each(FORMS)('in the form %s creates and attests', async (form) => {
    const wallet = TestWallet.generate();
    const { body } = await creationBody(world, wallet, { statement: 'Grüße — 出荷' }, form);
    const created = await post('/commitments', body);
    expect(created.status).toBe(201);
    const commitmentId = created.body['id'];
    const { message, issuedAt } = await signingText(world, wallet, 'commitment.attest', { commitmentId });
    const signature = signText(wallet, message, form);
    const attested = await post(`/commitments/${String(commitmentId)}/attest`, {
      wallet: wallet.address,
      issuedAt,
      signature,
    });
    expect([attested.status, attested.body['wallet']]).toEqual([200, wallet.address]);
    expect(attested.body).toHaveProperty('attestedAt');
  });

  it.each<[string, (body: Json) => Json]>([
    ['another amount', (body) => ({ ...body, amountLamports: Number(body['amountLamports']) + 1 })],
    ['another destination', (body) => ({ ...body, destinationOnFail: TestWallet.generate().address })],
    [
      'another deadline',
      (body) => ({ ...body, deadline: new Date(Date.parse(String(body['deadline'])) + 1) }),
    ],
    ['a statement', (body) => ({ ...body, statement: 'And more' })],
    ['another wallet', (body) => ({ ...body, wallet: TestWallet.generate().address })],
    ['another time', (body) => ({ ...body, issuedAt: new Date(Date.parse(String(body['issuedAt'])) - 1) })],
  ])('is nothing worth with %s', async (_, change) => {
    const { body } = await creationBody(world, TestWallet.generate());
    await expectRefused('/commitments', change(body), 401, 'invalid_signature');
  });

  it('is nothing worth at another host, for another action or over other text', async () => {
    const wallet = TestWallet.generate();
    const { body, message } = await creationBody(world, wallet);
    for (const [from, to] of [
      ['Host: app.example.com', 'Host: evil.example.com'],
      ['commitment.create', 'commitment.attest'],
      ['\n', '\r\n'],
      [/$/, '\n'],
    ] as const) {
      const other = message.replace(from, to);
      expect(other).not.toBe(message);
      await expectRefused(
        '/commitments',
        { ...body, signature: wallet.signBase58(other) },
        401,
        'invalid_signature',
      );
    }
    const bits = Buffer.from(wallet.sign(message));
    bits[10] = (bits[10] ?? 0) ^ 1;
    await expectRefused('/commitments', { ...body, signature: encodeBase58(bits) }, 401, 'invalid_signature');
  });

  it('is nothing worth for another commitment', async () => {
    const wallet = TestWallet.generate();
    const [one, other] = [await create(world, {}, wallet), await create(world, {}, wallet)];
    const { message, issuedAt } = await signingText(world, wallet, 'commitment.attest', {
      commitmentId: one.id,
    });
    const body = { wallet: wallet.address, issuedAt, signature: wallet.signBase58(message) };
    await expectRefused(`/commitments/${other.id}/attest`, body, 401, 'invalid_signature');
    const creation = { ...(await creationBody(world, wallet)).params, ...body };
    await expectRefused('/commitments', creation, 401, 'invalid_signature');
  });

  it.each([
    ['6 minutes ago', -6 * MINUTE, 401, 'message_expired'],
    ['6 minutes from now', 6 * MINUTE, 401, 'message_expired'],
    ['4 minutes ago', -4 * MINUTE, 201, undefined],
    ['4 minutes from now', 4 * MINUTE, 201, undefined],
  ])('issued %s is answered by its age', async (_, shift, status, code) => {
    const wallet = TestWallet.generate();
    const { body, message } = await creationBody(world, wallet);
    const issuedAt = new Date(Date.now() + shift).toISOString();
    const moved = message.replace(/^Issued at: .*$/m, `Issued at: ${issuedAt}`);
    const answer = await post('/commitments', { ...body, issuedAt, signature: wallet.signBase58(moved) });
    expect([answer.status, answer.body['code']]).toEqual([status, code]);
    expect(await commitmentsOf(wallet)).toHaveLength(status === 201 ? 1 : 0);
  });

  it.each([
    ['0 characters', ''],
    ['63 bytes', '1'.repeat(63)],
    ['65 bytes', '1'.repeat(65)],
    ['no base58', '0OIl'.repeat(20)],
    ['hexadecimal', 'ab'.repeat(64)],
    ['white space', ` ${'2'.repeat(86)}`],
  ])('of %s is malformed', async (_, signature) => {
    const { body } = await creationBody(world, TestWallet.generate());
    await expectRefused('/commitments', { ...body, signature }, 400, 'malformed_signature');
  });

  it('D1: of 128 KiB is refused unread, and one that fills the largest body is not decoded', async () => {
    const { body } = await creationBody(world, TestWallet.generate());
    const huge = JSON.stringify({ ...body, signature: 'z'.repeat(128 * 1024) });
    expect((await world.post('/commitments', huge)).body).toMatchObject({ code: 'payload_too_large' });

    const room = 16 * 1024 - JSON.stringify({ ...body, signature: '' }).length;
    const largest = JSON.stringify({ ...body, signature: 'z'.repeat(room) });
    expect(largest).toHaveLength(16 * 1024);
    const attest = `/commitments/${(await create(world)).id}/attest`;
    // Four KiB are all that a route takes which needs little more than a signature.
    const most = 'z'.repeat(3_900);
    const { wallet, issuedAt } = body;
    const login = JSON.stringify({ wallet, nonce: 'abcdefgh', signature: most });
    const tooLong = JSON.stringify({ wallet, issuedAt, signature: 'z'.repeat(4_096) });
    expect((await world.post(attest, tooLong)).body).toMatchObject({ code: 'payload_too_large' });
    const posts = [
      () => world.post('/commitments', largest),
      () => world.post(attest, JSON.stringify({ wallet, issuedAt, signature: most })),
      () => world.post('/admin/login', login, { origin: world.origin }),
    ];
    const decoded = await textsDecoded(async () => {
      for (const send of posts) {
        const answer = await send();
        expect([answer.status, answer.body['code']]).toEqual([400, 'malformed_signature']);
      }
    });
    // Wallets; decoding is quadratic in the length.
    expect(decoded.filter((text) => text.length > 88)).toEqual([]);
  });
});

describe('the limit of a wallet', () => {
  it('holds from wherever it sends, and nobody uses it up by naming the wallet', async () => {
    const { limit, windowSeconds } = PROVEN_LIMITS.wallet;
    const [wallet, other] = [TestWallet.generate(), TestWallet.generate()];
    const commitmentId = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
    const { message, issuedAt } = await signingText(world, wallet, 'commitment.attest', { commitmentId });
    const attest = (signature: string) =>
      post(`/commitments/${commitmentId}/attest`, { wallet: wallet.address, issuedAt, signature });
    const [own, forged] = [wallet.signBase58(message), other.signBase58(message)];
    await earlyInWindow(windowSeconds);

    const named = await Promise.all(Array.from({ length: limit + 5 }, () => attest(forged)));
    expect(new Set(named.map(({ status }) => status))).toEqual(new Set([401]));
    // Each of these comes from an address of its own.
    const answers = await Promise.all(Array.from({ length: limit + 5 }, () => attest(own)));
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(limit);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(5);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({
        code: 'too_many_requests',
        type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
        'violated-policies': ['wallet'],
      });
      expect(headers['ratelimit']).toMatch(/^"act";r=239;t=\d+, "wallet";r=0;t=\d+$/);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    const rows = await world.sql(
      `SELECT 1 FROM audit_logs WHERE event = 'commitment_attest_denied' AND fields->>'code' = 'too_many_requests' AND actor = $1`,
      [wallet.address],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('POST /signing-messages', () => {
  it('shows the wallet everything that it agrees to, in the text', async () => {
    const wallet = TestWallet.generate();
    const params = await personalParams(world, { statement: 'I ship' });
    const answer = await signingText(world, wallet, 'commitment.create', params);
    const { terms, termsHash } = answer as unknown as { terms: Json; termsHash: string };
    expect(terms).toMatchObject({ ...params, wallet: wallet.address, decisionWindowSeconds: 259_200 });
    for (const shown of [
      'app.example.com',
      'commitment.create',
      wallet.address,
      String(params['destinationOnFail']),
      String(params['amountLamports']),
      String(params['deadline']),
      'I ship',
      '259200',
      termsHash,
    ]) {
      expect(answer.message).toContain(shown);
    }
  });

  it('refuses parameters that creation would refuse, and names them', async () => {
    const wallet = TestWallet.generate();
    const params = await personalParams(world, {
      amountLamports: '5',
      destinationOnFail: wallet.address,
      extra: 1,
    });
    const body = JSON.stringify({ action: 'commitment.create', wallet: wallet.address, params });
    const answer = await world.post('/signing-messages', body);
    expect(answer.status).toBe(400);
    const paths = (answer.body['errors'] as { path: string }[]).map(({ path }) => path);
    expect(paths).toContain('params.amountLamports');
    expect(paths).toContain('params.extra');
  });
});
