import { createHash } from 'node:crypto';
import { v5 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { refusal, signingText, statusAndCode } from '../../support/builders/personal.js';
import {
  completed,
  holder,
  launch,
  type Launched,
  normalize,
  reward,
  shownMilestone,
  signal,
  startRewardWorld,
  TOKEN,
} from '../../support/builders/rewards.js';
import { setPumpCurve, setPumpPool } from '../../support/builders/pump.js';
import { handOverMint, setMetaplexMetadata } from '../../support/builders/tokens.js';
import { TestWallet } from '../../support/builders/wallets.js';

type Json = Record<string, unknown>;

const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;
let token: Launched;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld());
  token = await launch(world, feed);
});
afterAll(async () => {
  await stop?.();
});

const show = async (id: string) => (await world.client().get<Json>(`/commitments/${id}`)).body;

function rewardParams(given: Json = {}): Json {
  return {
    kind: 'creator_reward',
    tokenMint: token.mint,
    creatorFeeMode: 'assisted',
    milestones: [{ title: 'Ship it', unlockLamports: 1_000_000_000 }],
    destinationOnFail: TestWallet.generate().address,
    ...given,
  };
}

/** A body for POST /commitments with a good signature of the wallet. */
async function signedBody(wallet: TestWallet, params: Json): Promise<Json> {
  const { message, issuedAt } = await signingText(world, wallet, 'commitment.create', params);
  return { ...params, wallet: wallet.address, issuedAt, signature: wallet.signBase58(message) };
}

async function post(body: Json): Promise<[number, string | undefined]> {
  return statusAndCode(world.client().post('/commitments', body));
}

async function excludedOf(id: string): Promise<string[]> {
  const [row] = await world.sql<{ excluded_wallets: string[] }>(
    'SELECT excluded_wallets FROM commitments WHERE id = $1',
    [id],
  );
  return row?.excluded_wallets ?? [];
}

describe('creating a reward', () => {
  it('by the mint authority freezes its terms, and answers and shows the same', async () => {
    const milestones = [
      { title: 'Beta', unlockLamports: 1_000_000_000 },
      { title: 'Beta', unlockLamports: 1_000_000_000 },
      { title: 'Überarbeitung 🚢', unlockLamports: 1 },
    ];
    // Its fees could be routed to an escrow, and are not yet.
    await setPumpCurve(world.chain.rpcUrl, token.mint, token.creator.address);
    const params = rewardParams({ milestones, statement: 'We ship', creatorFeeMode: 'managed' });
    const body = await signedBody(token.creator, params);
    const answer = await world.client().post<Json>('/commitments', body);
    expect(answer.status).toBe(201);
    const { escrowAddress, ...created } = answer.body;
    expect(created).toMatchObject({
      id: expect.stringMatching(UUID7),
      kind: 'creator_reward',
      status: 'active',
      statement: 'We ship',
      wallet: token.creator.address,
      destinationOnFail: params['destinationOnFail'],
      tokenMint: token.mint,
      creatorFeeMode: 'assisted',
      escrow: { address: escrowAddress, custody: 'local' },
      terms: {
        version: 1,
        kind: 'creator_reward',
        cluster: 'localnet',
        wallet: token.creator.address,
        tokenMint: token.mint,
        creatorFeeMode: 'managed',
        milestones,
        destinationOnFail: params['destinationOnFail'],
        statement: 'We ship',
        tokenProgram: 'spl-token',
        tokenDecimals: 6,
        tokenSupply: '9000000000000000000',
        mintable: true,
        mintAuthority: token.creator.address,
        freezeAuthority: null,
        approvalThresholdUsd: '400',
        approvalSupplyBps: 0,
        minHoldingUsd: '20',
        minLiquidityUsd: '1000',
        claimDelaySeconds: 0,
        voteWindowSeconds: 86_400,
        selfReleaseSeconds: 604_800,
        pauseMaxSeconds: 2_592_000,
        treasuryShareBps: 0,
        treasury: null,
      },
    });
    for (const member of ['amountLamports', 'deadline', 'attestedAt'])
      expect(created).not.toHaveProperty(member);
    const terms = canonicalJson(created['terms'] as CanonicalValue);
    expect(created['termsHash']).toBe(createHash('sha256').update(terms).digest('hex'));

    const shown = created['milestones'] as { id: string }[];
    expect(shown).toEqual(
      milestones.map(({ title, unlockLamports }, index) => ({
        title,
        unlockLamports,
        // Derived, so that the signing door can compute it from the signed terms; a stored payout depends on it for good.
        id: v5(`milestone/${index + 1}`, String(created['id'])),
        status: 'locked',
        approvals: { weightUsd: '0', thresholdUsd: '400', voters: 0 },
        waitingFor: [
          { condition: 'attested', value: 'locked', limit: 'completed', who: 'creator' },
          { condition: 'approvals', value: '0', limit: '400', who: 'holders' },
        ],
      })),
    );
    // M20: the ids are ours, so equal milestones are two.
    expect(new Set(shown.map(({ id }) => id)).size).toBe(3);
    const again = await show(String(created['id']));
    expect({ ...again, escrow: {} }).toEqual({ ...created, escrow: {} });
    expect(await excludedOf(String(created['id']))).toEqual([token.creator.address, escrowAddress]);
  });

  it('by the metadata update authority is as good: Token-2022 and Metaplex', async () => {
    const { rpcUrl } = world.chain;
    const minter = TestWallet.generate().address;
    const extended = await launch(world, feed, { program: 'token-2022', withMetadata: true });
    await handOverMint(rpcUrl, extended.creator, extended.mint, minter, 'token-2022');
    const made = await reward(world, extended);
    expect(await excludedOf(made.id)).toEqual([extended.creator.address, made.escrow, minter]);

    const plain = await launch(world, feed);
    const updater = await world.fundedWallet();
    await setMetaplexMetadata(rpcUrl, plain.mint, { updateAuthority: updater.address });
    const other = await reward(world, plain, {}, updater);
    // V4: whoever has authority cannot approve, creator or not.
    expect(await excludedOf(other.id)).toEqual([updater.address, other.escrow, plain.creator.address]);
  });

  it('R7: by the creator that pump.fun names is as good, after the graduation by the pool alone', async () => {
    const { rpcUrl } = world.chain;
    const coin = await launch(world, feed);
    const [first, next] = [await world.fundedWallet(), await world.fundedWallet()];
    await setPumpCurve(rpcUrl, coin.mint, first.address);
    const made = await reward(world, coin, {}, first);
    expect(await excludedOf(made.id)).toEqual([first.address, made.escrow, coin.creator.address]);
    await setPumpPool(rpcUrl, coin.mint, next.address);
    expect(await statusAndCode(reward(world, coin, {}, first))).toEqual([403, 'not_token_authority']);
    expect((await reward(world, coin, {}, next)).id).toMatch(UUID7);
    await setPumpPool(rpcUrl, coin.mint, next.address, { length: 300 });
    const { status, code, problem } = await refusal(reward(world, coin, {}, next));
    expect([status, code]).toEqual([422, 'token_not_supported']);
    expect(problem['detail']).toContain('a layout of 300 bytes');
  });

  it('R8: of a token with a dangerous extension is refused, and the extension named', async () => {
    const odd = await launch(world, feed, { program: 'token-2022', permanentDelegate: true });
    const { status, code, problem } = await refusal(reward(world, odd));
    expect([status, code, problem['extension']]).toEqual([422, 'token_not_supported', 'PermanentDelegate']);
  });

  it('by anybody else is refused, holder or not, and nothing is written but the refusal', async () => {
    const stranger = await holder(world, token, 1_000_000n * TOKEN);
    const body = await signedBody(stranger, rewardParams());
    const before = await world.rowsDigest(['audit_logs']);
    expect(await post(body)).toEqual([403, 'not_token_authority']);
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
    const [denied] = await world.sql(`SELECT event, actor, fields FROM audit_logs ORDER BY id DESC LIMIT 1`);
    expect(denied).toEqual({
      event: 'commitment_create_denied',
      actor: stranger.address,
      fields: { code: 'not_token_authority', status: 403 },
    });
    const former = await launch(world, feed);
    await handOverMint(world.chain.rpcUrl, former.creator, former.mint, TestWallet.generate().address);
    expect(await statusAndCode(reward(world, former))).toEqual([403, 'not_token_authority']);
  });

  it.each(['nobody', 'a wallet', 'a program'])('of a mint that is %s is refused', async (what) => {
    const wallet = await world.fundedWallet();
    const tokenMint =
      what === 'nobody'
        ? TestWallet.generate().address
        : what === 'a wallet'
          ? wallet.address
          : 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
    const refused = await refusal(reward(world, { mint: tokenMint, creator: wallet }));
    expect([refused.status, refused.code]).toEqual([400, 'validation_failed']);
    expect(refused.problem['errors']).toMatchObject([{ path: 'tokenMint' }]);
  });

  it('to a program or to the creator is refused', async () => {
    const program = rewardParams({ destinationOnFail: 'MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr' });
    expect(await post(await signedBody(token.creator, program))).toEqual([422, 'destination_not_payable']);
    const own = rewardParams({ destinationOnFail: token.creator.address });
    const good = await signedBody(token.creator, rewardParams());
    expect(await post({ ...good, ...own })).toEqual([400, 'validation_failed']);
  });

  it('V6: one signed message makes one reward, with the milestones that were signed and no others', async () => {
    const milestones = Array.from({ length: 12 }, (_, index) => ({
      title: `Milestone ${index} ${'x'.repeat(60)}`,
      unlockLamports: 1_000 + index,
    }));
    const last = milestones.at(-1) ?? { title: '', unlockLamports: 0 };
    const body = await signedBody(token.creator, rewardParams({ milestones }));
    const variants: Json[] = [
      { milestones: milestones.slice(1) },
      { milestones: milestones.toReversed() },
      { milestones: milestones.with(3, { title: 'Another', unlockLamports: 1_003 }) },
      { milestones: milestones.with(11, { ...last, unlockLamports: 1_012 }) },
      { creatorFeeMode: 'managed' },
      { statement: 'And more' },
      { destinationOnFail: TestWallet.generate().address },
    ];
    for (const variant of variants) {
      expect(await post({ ...body, ...variant }), JSON.stringify(variant)).toEqual([
        401,
        'invalid_signature',
      ]);
    }
    expect((await world.client().post('/commitments', body)).status).toBe(201);
    expect(await post(body)).toEqual([409, 'signature_used']);
  });

  it('lists by token', async () => {
    const launched = await launch(world, feed);
    const [one, two] = [await reward(world, launched), await reward(world, launched)];
    const { body } = await world
      .client()
      .get<{ items: Json[] }>(`/commitments?tokenMint=${launched.mint}&kind=creator_reward`);
    expect(body.items.map(({ id }) => id)).toEqual([two.id, one.id]);
    expect(body.items[0]).toEqual(await show(two.id));
    const none = await world
      .client()
      .get<{ items: Json[] }>(`/commitments?tokenMint=${launched.mint}&kind=personal`);
    expect(none.body.items).toEqual([]);
  });
});

describe('parameters of a reward that are refused at the door', () => {
  const one = { title: 'Ship', unlockLamports: 1 };
  it.each<[string, string, string]>([
    ['no milestone', 'milestones', '[]'],
    ['13 milestones', 'milestones', JSON.stringify(Array.from({ length: 13 }, () => one))],
    ['a title of 81', 'milestones.0.title', JSON.stringify([{ ...one, title: 'x'.repeat(81) }])],
    ['a title with a lone surrogate', 'milestones.0.title', '[{"title":"\\ud800","unlockLamports":1}]'],
    ['V7: a float', 'milestones.0.unlockLamports', '[{"title":"Ship","unlockLamports":0.5}]'],
    [
      'V7: an integer written as a float',
      'milestones.0.unlockLamports',
      '[{"title":"Ship","unlockLamports":1.0}]',
    ],
    ['V7: 1e3', 'milestones.0.unlockLamports', '[{"title":"Ship","unlockLamports":1e3}]'],
    ['V7: text', 'milestones.0.unlockLamports', '[{"title":"Ship","unlockLamports":"1"}]'],
    ['V7: 2^53', 'milestones.0.unlockLamports', '[{"title":"Ship","unlockLamports":9007199254740993}]'],
    [
      'V7: a sum beyond 2^53-1',
      'milestones',
      '[{"title":"a","unlockLamports":9007199254740991},{"title":"b","unlockLamports":1}]',
    ],
    ['M20: an id', 'milestones.0.id', JSON.stringify([{ ...one, id: 'a' }])],
    ['a status', 'milestones.0.status', JSON.stringify([{ ...one, status: 'claimable' }])],
    ['a list in the list', 'milestones', JSON.stringify([[one]])],
  ])('%s', async (_, path, raw) => {
    const body = await signedBody(token.creator, rewardParams());
    const before = await world.rowsDigest(['audit_logs']);
    const text = JSON.stringify({ ...body, milestones: '@@' }).replace('"@@"', () => raw);
    const answer = await world.post('/commitments', text);
    expect(answer.status, answer.text).toBe(400);
    expect((answer.body['errors'] as { path: string }[]).map((error) => error.path)).toContain(path);
    expect(await world.rowsDigest(['audit_logs'])).toEqual(before);
  });

  it.each([
    ['amountLamports', 1],
    ['deadline', '2027-01-01T00:00:00.000Z'],
    ['approvalThresholdUsd', '1'],
    ['claimDelaySeconds', 0],
    ['excludedWallets', []],
    ['escrowAddress', '11111111111111111111111111111111'],
  ])('%s, which is not a creator’s to give', async (member, value) => {
    const body = await signedBody(token.creator, rewardParams());
    const refused = await refusal(world.client().post('/commitments', { ...body, [member]: value }));
    expect([refused.status, refused.problem['errors']]).toEqual([
      400,
      [{ path: member, message: `property ${member} should not exist` }],
    ]);
  });

  it('a huge list of unknown members gets no huge answer', async () => {
    const body = await signedBody(token.creator, rewardParams());
    const junk = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`x${index}`, 1]));
    const { problem } = await refusal(world.client().post('/commitments', { ...body, ...junk }));
    expect((problem['errors'] as Json[]).length).toBeLessThanOrEqual(50);
  });
});

describe('V3: the settings of rewards', () => {
  it('hold for new commitments only; what was signed under others is refused as changed', async () => {
    const holders = await Promise.all([1, 2].map(() => holder(world, token, 250n * TOKEN)));
    const old = await completed(world, token);
    const before = await show(old.id);
    const signedBefore = await signedBody(token.creator, rewardParams());

    await world.restart({ REWARD_APPROVAL_THRESHOLD_USD: '600.50', REWARD_CLAIM_DELAY_SECONDS: '1000' });
    const after = await show(old.id);
    expect([after['terms'], after['termsHash']]).toEqual([before['terms'], before['termsHash']]);
    expect(await post(signedBefore)).toEqual([409, 'terms_changed']);
    const fresh = await completed(world, token);
    expect(await show(fresh.id)).toMatchObject({
      terms: { approvalThresholdUsd: '600.5', claimDelaySeconds: 1_000 },
      milestones: [{ approvals: { thresholdUsd: '600.5' } }],
    });

    for (const wallet of holders) {
      await signal(world, wallet, old);
      await signal(world, wallet, fresh);
    }
    await world.travelTo(Date.parse(await world.chainTime(2_000)));
    await normalize(world);
    expect((await shownMilestone(world, old)).status).toBe('claimable');
    // The time that is shown may be two seconds old.
    await expect
      .poll(() => shownMilestone(world, fresh))
      .toMatchObject({
        status: 'completed',
        waitingFor: [{ condition: 'approvals', value: '500', limit: '600.5', who: 'holders' }],
      });
    await world.restart();
  });

  it('do not touch personal commitments, not even a signature that is under way', async () => {
    const wallet = await world.fundedWallet();
    const params = {
      kind: 'personal',
      destinationOnFail: TestWallet.generate().address,
      amountLamports: 2_000_000_000,
      deadline: await world.chainTime(3_600),
    };
    const body = await signedBody(wallet, params);
    await world.restart({ REWARD_APPROVAL_THRESHOLD_USD: '1', REWARD_VOTE_WINDOW_SECONDS: '5' });
    expect((await world.client().post('/commitments', body)).status).toBe(201);
    await world.restart();
  });

  it('cannot be changed in the database either', async () => {
    const made = await reward(world, token);
    for (const change of [
      `token_mint = repeat('1', 32)`,
      `creator_fee_mode = 'managed'`,
      `excluded_wallets = '{}'`,
    ]) {
      const update = world.sql(`UPDATE commitments SET ${change} WHERE id = $1`, [made.id]);
      await expect(update, change).rejects.toThrow('frozen');
    }
    for (const change of ['threshold_usd = 1', 'unlock_lamports = 5', `title = 'x'`, 'position = 7']) {
      const update = world.sql(`UPDATE reward_milestones SET ${change} WHERE id = $1`, [made.milestoneId]);
      await expect(update, change).rejects.toThrow('frozen');
    }
  });
});
