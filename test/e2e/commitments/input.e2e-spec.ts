import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppWorld } from '../../support/worlds/app-world.js';
import { create, creationBody, personalParams, statusAndCode } from '../../support/builders/personal.js';
import { setAccount } from '../../support/builders/tokens.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

let world: AppWorld;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
});
afterAll(async () => {
  await world?.stop();
});

/** The body as text, with raw JSON in the place of one member. */
function withRaw(body: Json, member: string, raw: string): string {
  return JSON.stringify({ ...body, [member]: '@@' }).replace('"@@"', () => raw);
}

const paths = (body: Json) => ((body['errors'] ?? []) as { path: string }[]).map(({ path }) => path);

/** Refused where the text to sign is made and where the commitment is made; nothing is written. */
async function expectRefusedEverywhere(member: string, raw: string): Promise<void> {
  const wallet = TestWallet.generate();
  const { body, params } = await creationBody(world, wallet);
  const before = await world.rowsDigest(['audit_logs']);
  const creation = await world.post('/commitments', withRaw(body, member, raw));
  expect([creation.status, creation.body['code']], raw).toEqual([400, 'validation_failed']);
  expect(paths(creation.body).join(), raw).toContain(member);
  const text = `{"action":"commitment.create","wallet":"${wallet.address}","params":${withRaw(params, member, raw)}}`;
  const signing = await world.post('/signing-messages', text);
  expect([signing.status, signing.body['code']], raw).toEqual([400, 'validation_failed']);
  expect(await world.rowsDigest(['audit_logs']), raw).toEqual(before);
}

describe('V7: amountLamports', () => {
  it.each([
    '"9007199254740993"',
    '9007199254740993',
    '9007199254740992',
    '9007199254740991.0',
    'true',
    'false',
    '[5]',
    '[2000000000]',
    '{}',
    '"0x10"',
    '"2000000000"',
    '0.5',
    '2000000000.5',
    '1e30',
    '2e9',
    '-1',
    '-0',
    '0',
    'null',
    '""',
    '1',
  ])('of %s is refused', async (raw) => {
    await expectRefusedEverywhereButMinimum(raw);
    await world.client().get('/commitments');
  });

  // A good number that is too small has a code of its own.
  async function expectRefusedEverywhereButMinimum(raw: string): Promise<void> {
    if (raw !== '1') return expectRefusedEverywhere('amountLamports', raw);
    const asked = creationBody(world, TestWallet.generate(), { amountLamports: 1 });
    expect(await statusAndCode(asked)).toEqual([400, 'amount_below_minimum']);
  }

  it('of 2^53-1 is taken, kept to the lamport and shown in every later GET', async () => {
    const amountLamports = Number.MAX_SAFE_INTEGER;
    const { id } = await create(world, { amountLamports }, TestWallet.generate());
    expect((await world.client().get<Json>(`/commitments/${id}`)).body).toMatchObject({ amountLamports });
    const [row] = await world.sql('SELECT amount_lamports::text AS amount FROM commitments WHERE id = $1', [
      id,
    ]);
    expect(row).toEqual({ amount: '9007199254740991' });
    expect((await world.client().get<{ items: Json[] }>('/commitments')).body.items[0]).toMatchObject({
      amountLamports,
    });
  });
});

describe('D5: the statement', () => {
  it.each([
    ['NUL', '"a\\u0000b"'],
    ['a line break', '"a\\nb"'],
    ['a bell', '"a\\u0007"'],
    ['DEL', '"a\\u007f"'],
    ['C1 control', '"a\\u0085"'],
    ['right-to-left override', '"a\\u202eb"'],
    ['an isolate', '"a\\u2066b"'],
    ['zero width space', '"a\\u200bb"'],
    ['byte-order mark', '"\\ufeffa"'],
    ['line separator', '"a\\u2028b"'],
    ['a tag character', '"a\\udb40\\udc41"'],
    ['a lone high surrogate', '"a\\ud800"'],
    ['a lone low surrogate', '"\\udc00a"'],
    ['swapped surrogates', '"\\udc00\\ud800"'],
    ['141 characters', JSON.stringify('x'.repeat(141))],
    ['141 characters of two units', JSON.stringify('😀'.repeat(141))],
    ['nothing', '""'],
    ['white space', '"   "'],
    ['a number', '5'],
    ['a list', '["a"]'],
  ])('with %s is refused', async (_, raw) => {
    await expectRefusedEverywhere('statement', raw);
  });

  it.each([
    ['letters of all scripts', 'Grüße 出荷 שלום', 'Grüße 出荷 שלום'],
    ['140 characters', 'x'.repeat(140), 'x'.repeat(140)],
    ['140 characters of two units', '😀'.repeat(140), '😀'.repeat(140)],
    ['decomposed letters', 'Cafe\u0301 A\u030a', 'Caf\u00e9 \u00c5'],
    ['space around it', '  I ship  ', 'I ship'],
    ['SQL and HTML', `'; DROP TABLE commitments; -- <b>&amp;`, `'; DROP TABLE commitments; -- <b>&amp;`],
  ])('with %s is stored in one form', async (_, statement, stored) => {
    const { id, body } = await create(world, { statement }, TestWallet.generate());
    expect(body).toMatchObject({ statement: stored, terms: { statement: stored } });
    const [row] = await world.sql('SELECT statement FROM commitments WHERE id = $1', [id]);
    expect(row).toEqual({ statement: stored });
  });

  it('may be left out', async () => {
    const { body } = await create(world, {}, TestWallet.generate());
    expect(body['statement']).toBeNull();
  });
});

describe('other parameters', () => {
  it.each([
    ['deadline', '"2026-02-30T00:00:00Z"'],
    ['deadline', '"2999-01-01T00:00:00+02:00"'],
    ['deadline', '"tomorrow"'],
    ['deadline', '4102444800'],
    ['deadline', 'null'],
    ['deadline', '"+010000-01-01T00:00:00Z"'],
    ['destinationOnFail', '"0OIl"'],
    ['destinationOnFail', `"${'1'.repeat(31)}"`],
    ['destinationOnFail', `"${'2'.repeat(45)}"`],
    ['destinationOnFail', '7'],
    ['kind', '"constructor"'],
    ['kind', 'null'],
  ])('%s of %s is refused', async (member, raw) => {
    await expectRefusedEverywhere(member, raw);
  });

  it('destinationOnFail that is the wallet itself is refused, and a program cannot receive', async () => {
    const wallet = TestWallet.generate();
    const own = JSON.stringify({
      action: 'commitment.create',
      wallet: wallet.address,
      params: await personalParams(world, { destinationOnFail: wallet.address }),
    });
    expect(paths((await world.post('/signing-messages', own)).body)).toEqual(['params.destinationOnFail']);
    for (const program of [
      '11111111111111111111111111111111',
      'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr',
      'SysvarC1ock11111111111111111111111111111111',
    ]) {
      const { body } = await creationBody(world, wallet, { destinationOnFail: program });
      const answer = await world.post('/commitments', JSON.stringify(body));
      expect(answer.body, program).toMatchObject({ status: 422, code: 'destination_not_payable' });
    }
  });

  it('R6: destinationOnFail that could not give money back to a person is refused, and named', async () => {
    const { rpcUrl } = world.chain;
    const [wallet, mint, tokenAccount, stateful] = [
      TestWallet.generate(),
      TestWallet.generate(),
      TestWallet.generate(),
      TestWallet.generate(),
    ];
    const first = await create(world);
    const tokenProgram = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    await setAccount(rpcUrl, mint.address, { owner: tokenProgram, data: Buffer.alloc(82) });
    await setAccount(rpcUrl, tokenAccount.address, { owner: tokenProgram, data: Buffer.alloc(165) });
    await setAccount(rpcUrl, stateful.address, { owner: '1'.repeat(32), data: Buffer.alloc(80) });
    for (const [address, words] of [
      [mint.address, 'a mint'],
      [tokenAccount.address, 'token account'],
      [stateful.address, '80 bytes of data'],
      [first.escrow.address, 'the escrow of another commitment'],
      ['Secp256r1SigVerify1111111111111111111111111', 'the runtime'],
    ] as const) {
      const { body } = await creationBody(world, wallet, { destinationOnFail: address });
      const answer = await world.post('/commitments', JSON.stringify(body));
      expect(answer.body, address).toMatchObject({ status: 422, code: 'destination_not_payable' });
      expect(JSON.stringify(answer.body)).toContain(words);
    }
  });

  it('R6: a treasury that is no wallet keeps the service from starting', async () => {
    const { rpcUrl } = world.chain;
    const mint = TestWallet.generate().address;
    const owner = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    await setAccount(rpcUrl, mint, { owner, data: Buffer.alloc(82) });
    try {
      for (const [treasury, words] of [
        [mint, 'is a mint'],
        ['SysvarC1ock11111111111111111111111111111111', 'the runtime'],
      ] as const) {
        const env = { FAILURE_TREASURY_BPS: '100', FAILURE_TREASURY_PUBKEY: treasury };
        await expect(world.restart(env)).rejects.toThrow(words);
      }
    } finally {
      await world.restart();
    }
  });

  it('a wallet that no key can have is refused', async () => {
    const { body } = await creationBody(world, TestWallet.generate());
    const wallet = '8opHzTAnfzRpPEx21XtnrVTX28YQuCpAjcn1PczScKh';
    const answer = await world.post('/commitments', JSON.stringify({ ...body, wallet }));
    expect([answer.status, paths(answer.body)]).toEqual([400, ['wallet']]);
  });

  it.each(['id', 'status', 'escrowAddress', 'terms', 'createdAt', 'attestedAt'])(
    'M20: %s is the server’s to make: refused as unknown',
    async (member) => {
      await expectRefusedEverywhere(member, '"0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f"');
    },
  );
});
