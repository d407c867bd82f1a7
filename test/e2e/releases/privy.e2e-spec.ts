import { generateKeyPairSync } from 'node:crypto';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import { PayoutEngine } from '#src/releases/engine/payout-engine.service.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { follow } from '../../support/processes/child.js';
import {
  AMOUNT,
  attested,
  create,
  creationBody,
  refusal,
  statusAndCode,
  succeed,
} from '../../support/builders/personal.js';
import { PrivyDouble } from '../../support/doubles/privy-double.js';
import type { PrivyFault } from '../../support/doubles/privy-request.js';
import { claimable, openMarket, paidOutOf, release, UNLOCK } from '../../support/builders/releases.js';
import { startRewardWorld } from '../../support/builders/rewards.js';
import { balanceOf } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

/** The address of a program's account: base58, 32 bytes, not on the curve, so nobody's wallet. */
const PROGRAM_ADDRESS = '3WuA22nd2HZCw7VQY5re3VVamA377N7eh7kkpdJbRPMF';
const AUTHORIZATION_KEY = `wallet-auth:${generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ format: 'der', type: 'pkcs8' })
  .toString('base64')}`;

let privy: PrivyDouble;
let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  privy = await PrivyDouble.start();
  const env = { ...privy.env, PRIVY_AUTHORIZATION_PRIVATE_KEY: AUTHORIZATION_KEY };
  ({ world, feed, stop } = await startRewardWorld(env));
});
afterEach(() => {
  privy.plan = () => undefined;
});
afterAll(async () => {
  await stop?.();
  await privy?.stop();
});

/** Wallets asked for, by the keys of the requests, since the test began. */
function creationKeys(since: number): (string | undefined)[] {
  return privy.requests
    .slice(since)
    .filter(({ method, path }) => method === 'POST' && path === '/wallets')
    .map(({ idempotencyKey }) => idempotencyKey);
}

const onCreation = (fault: PrivyFault) => () => fault;

describe('a commitment whose escrow Privy keeps', () => {
  it('M17: asks for one wallet by one key, however often its signed message is sent', async () => {
    const [since, wallets] = [privy.requests.length, privy.wallets.length];
    const { body } = await creationBody(world, await world.fundedWallet());
    const before = await world.rowsDigest(['audit_logs']);
    privy.plan = onCreation({ kind: 'lost_answer' });
    const lost = await refusal(world.client().post('/commitments', body));
    expect([lost.status, lost.code]).toEqual([503, 'custody_unavailable']);
    expect(lost.problem['detail']).toContain('no answer in time');
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);

    privy.plan = () => undefined;
    const made = (await world.client().post<Json>('/commitments', body)).body;
    const keys = creationKeys(since);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(privy.wallets).toHaveLength(wallets + 1);
    const address = privy.wallets.at(-1)?.key.address;
    expect(made).toMatchObject({ escrowAddress: address, escrow: { address, custody: 'privy' } });

    // Once it has made a commitment, it is told so whatever Privy does.
    privy.plan = onCreation({ kind: 'status', status: 503 });
    const again = await refusal(world.client().post('/commitments', body));
    expect([again.code, again.problem['commitmentId']]).toEqual(['signature_used', made['id']]);
    expect(creationKeys(since)).toHaveLength(2);
  });

  it('M17: sent twice at once is one commitment with one wallet', async () => {
    const [since, wallets] = [privy.requests.length, privy.wallets.length];
    const { body } = await creationBody(world, await world.fundedWallet());
    const sent = [1, 2].map(() => world.client().post<Json>('/commitments', body));
    const answers = await Promise.allSettled(sent);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(new Set(creationKeys(since)).size).toBe(1);
    expect(privy.wallets).toHaveLength(wallets + 1);
  });

  it.each<[string, PrivyFault]>([
    ['an error with status 200', { kind: 'error_body' }],
    ['a failure', { kind: 'stored_error', status: 500 }],
    ['a refusal', { kind: 'status', status: 403 }],
    ['a broken connection', { kind: 'cut' }],
    ['a wallet of another chain', { kind: 'wallet', change: { chain_type: 'ethereum' } }],
    ['an address that is no wallet', { kind: 'wallet', change: { address: PROGRAM_ADDRESS } }],
    ['an address that is none', { kind: 'wallet', change: { address: 'nowhere' } }],
    ['no address', { kind: 'wallet', change: { address: null } }],
    ['no id', { kind: 'wallet', change: { id: '' } }],
    ['an id that is a path', { kind: 'wallet', change: { id: '../users' } }],
  ])('is not made of %s', async (_, fault) => {
    const authority = await world.fundedWallet();
    await create(world);
    const before = await world.rowsDigest(['audit_logs']);
    privy.plan = onCreation(fault);
    const { status, code, problem } = await refusal(create(world, {}, authority));
    expect([status, code]).toEqual([503, 'custody_unavailable']);
    expect(JSON.stringify(problem)).not.toMatch(/UPSTREAM-WORDS|secret-/);
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
  });

  it('is not made of a wallet that is an escrow already', async () => {
    const { escrow } = await create(world);
    const { id } = privy.walletOf(escrow.address);
    privy.plan = onCreation({ kind: 'wallet', change: { id, address: escrow.address } });
    expect(await statusAndCode(create(world))).toEqual([503, 'custody_unavailable']);
  });

  it('M17: is refunded by a signature of its wallet, which the chain alone can prove', async () => {
    const { id, escrow, authority } = await attested(world);
    const before = await balanceOf(world.chain.rpcUrl, authority.address);
    const { status, body } = await succeed(await world.adminClient(), id);
    expect([status, body.commitment.status]).toEqual([200, 'succeeded']);
    const after = await balanceOf(world.chain.rpcUrl, authority.address);
    expect(after - before).toBe(BigInt(body.payout.amountLamports));
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
    const signings = privy.signings(privy.walletOf(escrow.address).id);
    expect(signings.map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${body.payout.id}:1`]);
  });

  it('M17, M18: is emptied to exactly nothing where a fee payer signs beside its wallet', async () => {
    const payer = await world.fundedWallet();
    await world.restart({ ESCROW_FEE_PAYER_SECRET_KEY: encodeBase58(payer.keypair.secretKey) });
    const { id, escrow } = await attested(world);
    const { status, body } = await succeed(await world.adminClient(), id);
    expect([status, body.payout.amountLamports]).toEqual([200, AMOUNT]);
    expect(body.payout.attempts).toMatchObject([{ feePayer: payer.address }]);
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
    await world.restart();
  });

  it('M17: pays a milestone by a signature of its wallet', async () => {
    const made = await claimable(world, await openMarket(world, feed), { lamports: 2n * UNLOCK });
    const { status, body } = await release(await world.adminClient(), made);
    expect(status).toBe(200);
    expect(await paidOutOf(world, made)).toMatchObject([
      { signature: body.signature, to: made.creator.address, lamports: UNLOCK, memo: body.payout.id },
    ]);
    const signings = privy.signings(privy.walletOf(made.escrow).id);
    expect(signings.map(({ idempotencyKey }) => idempotencyKey)).toEqual([`${body.payout.id}:1`]);
  });

  it('is ready without any secret of local custody', async () => {
    const { body } = await world.send('GET', '/health/ready');
    expect(body).toMatchObject({ checks: { signer: { status: 'ok' } } });
  });
});

/** The built command line in a shell that has these settings and no other. */
async function check(env: Readonly<Record<string, string>>, ...args: string[]) {
  const script = join(projectFolder(), 'dist/src/cli/ops.js');
  const child = follow(
    spawn(process.execPath, [script, 'privy', 'check', ...args], {
      cwd: tmpdir(),
      env: { PATH: process.env['PATH'], HOME: tmpdir(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const code = await child.ended;
  const outcome = { code, out: child.stdout(), err: child.stderr() };
  expect(outcome.out + outcome.err).not.toMatch(/secret-|wallet-auth:|UPSTREAM-WORDS|^\s+at /m);
  return outcome;
}

describe('ops privy check', () => {
  const settings = () => ({ ...privy.env, PRIVY_AUTHORIZATION_PRIVATE_KEY: AUTHORIZATION_KEY });

  it('proves that a wallet signs, and moves nothing', async () => {
    const { escrow } = await attested(world);
    const { id } = privy.walletOf(escrow.address);
    const before = await balanceOf(world.chain.rpcUrl, escrow.address);
    const { code, out, err } = await check(settings(), id);
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toEqual({
      appId: privy.appId,
      walletApi: privy.url,
      walletId: id,
      address: escrow.address,
      authorizationKeyUsed: true,
      signatureVerified: true,
    });
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(before);
    const [first] = privy.wallets;
    const any = await check(settings());
    expect(JSON.parse(any.out)).toMatchObject({ walletId: first?.id, signatureVerified: true });
  });

  it('says what is wrong', async () => {
    const { escrow } = await create(world);
    const { id } = privy.walletOf(escrow.address);
    const wrong = await check({ ...settings(), PRIVY_APP_SECRET: 'secret-of-yesterday' }, id);
    expect([wrong.code, wrong.err]).toEqual([
      1,
      expect.stringMatching(/HTTP 401: PRIVY_APP_ID, PRIVY_APP_SEC/),
    ]);
    const { PRIVY_AUTHORIZATION_PRIVATE_KEY: _, ...keyless } = settings();
    expect((await check(keyless, id)).err).toContain('PRIVY_AUTHORIZATION_PRIVATE_KEY is refused');
    const unset = await check({});
    expect([unset.code, unset.err]).toEqual([2, expect.stringContaining('Set PRIVY_APP_ID')]);
    privy.plan = ({ path }) => (path.endsWith('/rpc') ? { kind: 'wrong_signature' } : undefined);
    expect((await check(settings(), id)).err).toContain('has not signed what it was given (wrong_signature)');
  });
});

describe('PRIVY_APP_SECRET', () => {
  it('replaced at Privy first makes payouts wait, and the new one here pays them', async () => {
    const { id, escrow } = await attested(world);
    privy.appSecret = 'secret-of-tomorrow';
    await world.restart({ PAYOUT_WAIT_SECONDS: '1' });
    const { status, body } = await succeed(await world.adminClient(), id);
    expect(status).toBe(202);
    const rows = await world.sql<{ waiting: string }>(
      'SELECT waiting_for AS waiting FROM public.payouts WHERE id = $1',
      [body.payout.id],
    );
    expect(rows[0]?.waiting).toMatch(/HTTP 401: PRIVY_APP_ID, PRIVY_APP_SECRET .* is refused\)/);
    await world.restart({ PRIVY_APP_SECRET: privy.appSecret });
    const paid = await world.app.get(PayoutEngine).driveUntilLanded(body.payout.id, 30_000);
    expect(paid.payout.status).toBe('confirmed');
    expect(await balanceOf(world.chain.rpcUrl, escrow.address)).toBe(0n);
    // Requests with the old secret never came as far as the wallet.
    expect(privy.signings(privy.walletOf(escrow.address).id)).toHaveLength(1);
  });
});
