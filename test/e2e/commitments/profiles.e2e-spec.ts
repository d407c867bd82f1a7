import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signingText } from '../../support/builders/personal.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { SupabaseDouble } from '../../support/doubles/supabase-double.js';
import { AppWorld } from '../../support/worlds/app-world.js';

type Json = Record<string, unknown>;

interface Upload {
  readonly uploadUrl: string;
  readonly path: string;
  readonly maxBytes: number;
}

const KEY = 'service-role-key-of-the-supabase-double';
const PNG = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
const OTHER_ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let world: AppWorld;
let supabase: SupabaseDouble;

beforeAll(async () => {
  supabase = await SupabaseDouble.start(KEY);
  world = await AppWorld.start({
    JOBS_ENABLED: 'false',
    SUPABASE_URL: supabase.url,
    SUPABASE_SERVICE_ROLE_KEY: KEY,
  });
});
afterAll(async () => {
  await world?.stop();
  await supabase?.stop();
});

/** What the wallet's client sends, once it is signed. */
async function signedUpdate(wallet: TestWallet, params: Json): Promise<Json> {
  const { message, issuedAt } = await signingText(world, wallet, 'profile.update', params);
  return { ...params, wallet: wallet.address, issuedAt, signature: wallet.signBase58(message) };
}

const send = (wallet: string, body: Json) => world.post(`/profiles/${wallet}`, JSON.stringify(body));
const publish = async (wallet: TestWallet, params: Json) =>
  send(wallet.address, await signedUpdate(wallet, params));
const read = (path: string) => world.send('GET', `/api${path}`);

async function askForUpload(wallet: TestWallet, contentType = 'image/png'): Promise<Upload> {
  const { body } = await world
    .client()
    .signAction<Upload>(wallet, 'avatar.upload', { contentType }, '/profiles/avatar/upload-url');
  return body;
}

const put = ({ uploadUrl }: Upload, bytes: Uint8Array, type = 'image/png') =>
  fetch(uploadUrl, { method: 'PUT', headers: { 'content-type': type }, body: new Uint8Array(bytes) });

async function refused(wallet: TestWallet, avatarPath: string): Promise<string> {
  const answer = await publish(wallet, { avatarPath });
  expect(answer.body).toMatchObject({ status: 422, code: 'avatar_not_accepted' });
  expect((await read(`/profiles/${wallet.address}`)).status).toBe(404);
  return String(answer.body['detail']);
}

describe('a profile', () => {
  it('is published by its wallet, read alone and among many, and replaced as a whole', async () => {
    const [wallet, other] = [TestWallet.generate(), TestWallet.generate()];
    expect((await read(`/profiles/${wallet.address}`)).body).toMatchObject({ code: 'profile_not_found' });
    const given = { name: 'Ada  ', bio: 'x'.repeat(280), avatarUrl: 'https://EXAMPLE.com/a.png' };
    const first = await publish(wallet, given);
    const shown = {
      wallet: wallet.address,
      name: 'Ada',
      bio: given.bio,
      avatarUrl: 'https://example.com/a.png',
    };
    expect([first.status, first.body]).toEqual([200, { ...shown, updatedAt: first.body['updatedAt'] }]);
    expect((await read(`/profiles/${wallet.address}`)).body).toEqual(first.body);
    await publish(other, { name: 'Grace' });
    const many = await read(
      `/profiles?wallets=${wallet.address},${other.address},${TestWallet.generate().address}`,
    );
    const names = (many.body['items'] as Json[]).map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['Ada', 'Grace']));

    const second = await publish(wallet, { name: 'Ada L.' });
    expect(second.body).toEqual({
      wallet: wallet.address,
      name: 'Ada L.',
      updatedAt: second.body['updatedAt'],
    });
    const events = await world.sql(
      `SELECT fields FROM audit_logs WHERE event = 'profile_update_ok' AND actor = $1 ORDER BY id`,
      [wallet.address],
    );
    expect(events).toEqual([
      { fields: { ...given, name: 'Ada', avatarUrl: 'https://example.com/a.png' } },
      { fields: { name: 'Ada L.' } },
    ]);
  });

  it('is not brought back by the message of an older one, nor changed twice by one', async () => {
    const wallet = TestWallet.generate();
    const older = await signedUpdate(wallet, { name: 'Older' });
    const newer = await signedUpdate(wallet, { name: 'Newer' });
    expect((await send(wallet.address, newer)).status).toBe(200);
    for (const body of [older, newer])
      expect((await send(wallet.address, body)).body).toMatchObject({ status: 409, code: 'signature_used' });
    expect((await read(`/profiles/${wallet.address}`)).body).toMatchObject({ name: 'Newer' });
  });

  it('is nobody else’s to write', async () => {
    const [wallet, other] = [TestWallet.generate(), TestWallet.generate()];
    const body = await signedUpdate(other, { name: 'Mallory' });
    const answer = await send(wallet.address, body);
    expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ path: 'wallet' }] });
    const changed = await send(other.address, { ...body, name: 'Eve' });
    expect(changed.body).toMatchObject({ code: 'invalid_signature' });
    for (const { address } of [wallet, other]) expect((await read(`/profiles/${address}`)).status).toBe(404);
  });

  it.each<[string, Json]>([
    ['name', { name: 'x'.repeat(33) }],
    ['name', { name: '' }],
    ['name', { name: 'a\u202eb' }],
    ['bio', { bio: 'x'.repeat(281) }],
    ['bio', { bio: null }],
    ['avatarUrl', { avatarUrl: 'http://example.com/a.png' }],
    ['avatarUrl', { avatarUrl: 'javascript:alert(1)' }],
    ['avatarUrl', { avatarUrl: 'https://10.0.0.1/a.png' }],
    ['avatarPath', { avatarUrl: 'https://example.com/a.png', avatarPath: 'x' }],
  ])('is refused for its %s: %j', async (path, params) => {
    const wallet = TestWallet.generate();
    const text = { action: 'profile.update', wallet: wallet.address, params };
    const asked = await world.post('/signing-messages', JSON.stringify(text));
    expect(asked.body).toMatchObject({ status: 400, errors: [{ path: `params.${path}` }] });
    const sent = {
      ...params,
      wallet: wallet.address,
      issuedAt: new Date().toISOString(),
      signature: 'x'.repeat(64),
    };
    expect((await send(wallet.address, sent)).body).toMatchObject({ status: 400, errors: [{ path }] });
  });

  it.each(['', 'x', Array.from({ length: 101 }, () => OTHER_ID).join(',')])(
    'list of %.20s is refused',
    async (wallets) => {
      expect((await read(`/profiles?wallets=${wallets}`)).body).toMatchObject({ code: 'validation_failed' });
    },
  );
});

describe('an avatar', () => {
  it('is uploaded under its wallet and shown once it was looked at', async () => {
    const wallet = TestWallet.generate();
    const upload = await askForUpload(wallet);
    expect(upload.path).toMatch(new RegExp(`^${wallet.address}/[0-9a-f-]{36}\\.png$`));
    expect(upload.maxBytes).toBe(1_048_576);
    expect((await put(upload, PNG)).status).toBe(200);
    const published = await publish(wallet, { avatarPath: upload.path });
    const url = String(published.body['avatarUrl']);
    expect(url).toBe(`${supabase.url}/storage/v1/object/public/avatars/${upload.path}`);
    const image = await fetch(url);
    expect(image.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await image.arrayBuffer())).toEqual(PNG);
    // The permission is still alive, and what was looked at stays what it was.
    expect((await put(upload, Buffer.from('<svg>'))).ok).toBe(false);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(PNG);
  });

  it('is not shown when nothing is there, too much, or something else', async () => {
    const wallet = TestWallet.generate();
    expect(await refused(wallet, (await askForUpload(wallet)).path)).toContain('nothing has been uploaded');
    const uploads: [Uint8Array, string, string][] = [
      [Buffer.concat([PNG, Buffer.alloc(1_048_577)]), 'image/png', 'bytes'],
      [new Uint8Array(), 'image/png', 'no bytes'],
      [PNG, 'text/html', 'text/html'],
      [Buffer.from('<script>alert(1)</script>'), 'image/png', 'no image'],
      [Buffer.from('GIF89a\x01\0\x01\0\0\0', 'latin1'), 'image/png', 'image/gif'],
    ];
    for (const [bytes, type, words] of uploads) {
      const upload = await askForUpload(wallet);
      await put(upload, bytes, type);
      expect(await refused(wallet, upload.path)).toContain(words);
    }
  });

  it('is not shown from another wallet’s path', async () => {
    const [wallet, other] = [TestWallet.generate(), TestWallet.generate()];
    const upload = await askForUpload(other);
    await put(upload, PNG);
    expect(await refused(wallet, upload.path)).toContain('no place that was given');
    expect(await refused(wallet, `${wallet.address}/../${other.address}/a.png`)).toContain('no place');
  });

  it('is refused in types that a browser runs', async () => {
    const wallet = TestWallet.generate().address;
    const params = { contentType: 'image/svg+xml' };
    const body = JSON.stringify({ action: 'avatar.upload', wallet, params });
    expect((await world.post('/signing-messages', body)).body).toMatchObject({ code: 'validation_failed' });
  });
});

describe('the page of a project', () => {
  const mint = TestWallet.generate().address;
  const write = async (body: Json, headers?: Record<string, string>) =>
    world.send('PUT', `/api/projects/${mint}`, {
      headers: { 'content-type': 'application/json', ...(headers ?? (await world.adminHeaders())) },
      rawBody: JSON.stringify(body),
    });

  it('is written by an admin and read by anybody', async () => {
    expect((await read(`/projects/${mint}`)).body).toMatchObject({ status: 404, code: 'project_not_found' });
    expect((await write({ name: 'Ship' }, {})).body).toMatchObject({ code: 'not_signed_in' });
    const page = { name: 'Ship', description: 'y'.repeat(1_000), xUrl: 'https://x.com/ship' };
    const written = await write(page);
    expect([written.status, written.body]).toEqual([
      200,
      { mint, ...page, updatedAt: written.body['updatedAt'] },
    ]);
    expect((await read(`/projects/${mint}`)).body).toEqual(written.body);
    expect((await write({ name: 'Shipped' })).body).not.toHaveProperty('description');
    const events = await world.sql(
      `SELECT actor, fields FROM audit_logs WHERE event = 'admin_project_update_ok' ORDER BY id`,
    );
    const by = { actor: world.admin.address };
    expect(events).toEqual([
      { ...by, fields: { mint, ...page } },
      { ...by, fields: { mint, name: 'Shipped' } },
    ]);
  });

  it.each<Json>([{}, { name: 'Ship', websiteUrl: 'http://x.com' }, { name: 'Ship', owner: 'me' }])(
    'is refused: %j',
    async (page) => {
      expect((await write(page)).body).toMatchObject({ status: 400, code: 'validation_failed' });
    },
  );
});

describe('without Supabase', () => {
  it('uploads are 503, and profiles with an image elsewhere are published', async () => {
    const wallet = TestWallet.generate();
    const upload = await askForUpload(wallet);
    await put(upload, PNG);
    await publish(wallet, { name: 'Ada', avatarPath: upload.path });
    await world.restart({ SUPABASE_URL: '', SUPABASE_SERVICE_ROLE_KEY: '' });
    const asked = askForUpload(wallet);
    await expect(asked).rejects.toMatchObject({ status: 503, code: 'storage_unavailable' });
    await expect(asked).rejects.toThrow('SUPABASE_URL');
    const shown = await read(`/profiles/${wallet.address}`);
    expect([shown.body['name'], shown.body['avatarUrl']]).toEqual(['Ada', undefined]);
    const published = await publish(wallet, { avatarUrl: 'https://example.com/a.png' });
    expect(published.body).toMatchObject({ avatarUrl: 'https://example.com/a.png' });
  });

  it('down while it is asked: 503, and nothing is published', async () => {
    await world.restart({ SUPABASE_URL: 'http://127.0.0.1:9' });
    const wallet = TestWallet.generate();
    const answer = await publish(wallet, { avatarPath: `${wallet.address}/${OTHER_ID}.png` });
    expect(answer.body).toMatchObject({ status: 503, code: 'storage_unavailable' });
    expect((await read(`/profiles/${wallet.address}`)).status).toBe(404);
  });
});
