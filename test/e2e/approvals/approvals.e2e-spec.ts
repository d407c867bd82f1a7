import { Keypair } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EscrowKeys, type SealedEscrow } from '#src/escrow/keys/escrow-keys.service.js';
import type { LocalPriceFeed } from '#src/local/local-price-feed.js';
import { transferTokens } from '#src/local/chain/token.js';
import type { AppWorld } from '../../support/worlds/app-world.js';
import { create, refusal, statusAndCode } from '../../support/builders/personal.js';
import {
  completed,
  holder,
  launch,
  normalize,
  reward,
  shownMilestone,
  signal,
  signalsOf,
  startRewardWorld,
  TOKEN,
} from '../../support/builders/rewards.js';
import {
  handOverMint,
  setMetaplexMetadata,
  setTokenAccount,
  splitOff,
} from '../../support/builders/tokens.js';
import { resolveAsFailure } from '../../support/builders/reward-rows.js';
import { TestWallet } from '../../support/builders/wallets.js';

const UTC = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const NOT_ELIGIBLE = [403, 'not_eligible'];

let world: AppWorld;
let feed: LocalPriceFeed;
let stop: () => Promise<void>;

beforeAll(async () => {
  ({ world, feed, stop } = await startRewardWorld());
});
afterAll(async () => {
  await stop?.();
});

const auditOf = (commitmentId: string, event: string) =>
  world.sql<{ actor: string; fields: Record<string, unknown> }>(
    'SELECT actor, fields FROM audit_logs WHERE commitment_id = $1 AND event = $2 ORDER BY id',
    [commitmentId, event],
  );

describe('an approval', () => {
  it('weighs the holding exactly, and is shown with its milestone', async () => {
    const token = await launch(world, feed);
    feed.setPrice(token.mint, '0.123456789012345678');
    const made = await completed(world, token);
    const [one, other] = [
      await holder(world, token, 1_234_567_891n),
      await holder(world, token, 1_000n * TOKEN),
    ];
    const answer = await signal(world, one, made);
    expect(answer).toEqual({
      wallet: one.address,
      milestoneId: made.milestoneId,
      signalledAt: expect.stringMatching(UTC),
      inVoteWindow: true,
      rawAmount: '1234567891',
      decimals: 6,
      priceUsd: '0.123456789012345678',
      weightUsd: '152.415787640603576651425098',
      approvals: { weightUsd: '152.415787640603576651425098', thresholdUsd: '400', voters: 1 },
    });
    const second = await signal(world, other, made);
    expect(second.weightUsd).toBe('123.456789012345678');
    const sums = { weightUsd: '275.872576652949254651425098', thresholdUsd: '400', voters: 2 };
    expect(second.approvals).toEqual(sums);
    expect((await shownMilestone(world, made)).approvals).toEqual(sums);

    const { approvals: _, ...shown } = answer;
    const notYet = { reweighedRawAmount: null, reweighedUsd: null };
    expect(await signalsOf(world, made)).toEqual([
      expect.objectContaining({ wallet: other.address }),
      { ...shown, ...notYet },
    ]);
    const [audited] = await auditOf(made.id, 'milestone_signal_ok');
    expect(audited).toMatchObject({
      actor: one.address,
      fields: { milestoneId: made.milestoneId, rawAmount: '1234567891', weightUsd: answer.weightUsd },
    });
  });

  it('of a holder of the largest supply there can be loses no digit', async () => {
    const token = await launch(world, feed, { decimals: 0, program: 'token-2022' }, 2n ** 64n - 1n);
    feed.setPrice(token.mint, '0.000000000000001');
    const made = await completed(world, token);
    const whale = await holder(world, token, 2n ** 64n - 1n);
    expect(await signal(world, whale, made)).toMatchObject({
      rawAmount: '18446744073709551615',
      weightUsd: '18446.744073709551615',
    });
  });

  it('is for tokens of up to 18 decimals; with more a token makes no commitment', async () => {
    const fine = await launch(world, feed, { decimals: 18 });
    feed.setPrice(fine.mint, '30');
    const made = await completed(world, fine);
    const wallet = await holder(world, fine, 1_000_000_000_000_000_001n);
    expect(await signal(world, wallet, made)).toMatchObject({ weightUsd: '30.00000000000000003' });
    const odd = await launch(world, feed, { decimals: 19 });
    const { code, problem } = await refusal(reward(world, odd));
    expect(code).toBe('validation_failed');
    expect(problem['errors']).toMatchObject([{ path: 'tokenMint' }]);
  });

  it('R9: counts all token accounts of the wallet, also 60 of them', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 1n * TOKEN);
    for (let i = 0; i < 59; i += 1)
      await setTokenAccount(world.chain.rpcUrl, token.mint, wallet.address, 1n * TOKEN);
    expect(await signal(world, wallet, made)).toMatchObject({ rawAmount: `${60n * TOKEN}`, weightUsd: '60' });
  });

  it('counts all token accounts of the wallet', async () => {
    for (const program of ['spl-token', 'token-2022'] as const) {
      const token = await launch(world, feed, { program });
      const made = await completed(world, token);
      const wallet = await holder(world, token, 30n * TOKEN);
      await splitOff(world.chain.rpcUrl, wallet, { mint: token.mint, program, rawAmount: 15n * TOKEN });
      await splitOff(world.chain.rpcUrl, wallet, { mint: token.mint, program, rawAmount: 5n * TOKEN });
      expect(await signal(world, wallet, made), program).toMatchObject({ weightUsd: '30' });
    }
  });

  it('after the vote window still counts, and earns no share', async () => {
    const token = await launch(world, feed);
    const [inTime, late] = [await holder(world, token, 50n * TOKEN), await holder(world, token, 60n * TOKEN)];
    const made = await completed(world, token);
    expect((await signal(world, inTime, made)).inVoteWindow).toBe(true);
    await world.travelTo(await world.chainTime(86_401));
    const answer = await signal(world, late, made);
    expect(answer).toMatchObject({ inVoteWindow: false, approvals: { weightUsd: '110', voters: 2 } });
  });

  it('repeated is harmless and answers the same, also when tokens or prices have moved', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 50n * TOKEN);
    const first = await signal(world, wallet, made);
    await transferTokens(world.chain.rpcUrl, wallet, TestWallet.generate().address, token.mint, 50n * TOKEN);
    expect(await signal(world, wallet, made)).toEqual(first);
    expect(await auditOf(made.id, 'milestone_signal_ok')).toHaveLength(1);
  });

  it('sent 16 times at once is one row, and 16 equal answers', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 50n * TOKEN);
    const answers = await Promise.all(Array.from({ length: 16 }, () => signal(world, wallet, made)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.approvals).toMatchObject({ weightUsd: '50', voters: 1 });
    expect(await signalsOf(world, made)).toHaveLength(1);
    expect(await auditOf(made.id, 'milestone_signal_ok')).toHaveLength(1);
  });

  it('is for one milestone of one commitment', async () => {
    const token = await launch(world, feed);
    const milestones = ['One', 'Two'].map((title) => ({ title, unlockLamports: 1_000_000_000 }));
    const made = await completed(world, token, { milestones });
    const wallet = await holder(world, token, 50n * TOKEN);
    const [, second = ''] = made.milestoneIds;
    expect(await statusAndCode(signal(world, wallet, { id: made.id, milestoneId: second }))).toEqual([
      409,
      'not_completed',
    ]);
    const params = { commitmentId: made.id, milestoneId: second };
    const path = `/commitments/:commitmentId/milestones/${made.milestoneId}/signal`;
    const moved = world.client().signAction(wallet, 'milestone.signal', params, path);
    expect(await statusAndCode(moved)).toEqual([400, 'validation_failed']);
    const other = await completed(world, token);
    const elsewhere = signal(world, wallet, { id: other.id, milestoneId: made.milestoneId });
    expect(await statusAndCode(elsewhere)).toEqual([404, 'milestone_not_found']);
    const personal = await create(world);
    expect(
      await statusAndCode(signal(world, wallet, { id: personal.id, milestoneId: made.milestoneId })),
    ).toEqual([404, 'milestone_not_found']);
  });
});

describe('who may approve', () => {
  it('holds the token', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const stranger = await world.fundedWallet();
    expect(await statusAndCode(signal(world, stranger, made))).toEqual([403, 'not_a_holder']);
    const emptied = await holder(world, token, 50n * TOKEN);
    await transferTokens(world.chain.rpcUrl, emptied, stranger.address, token.mint, 50n * TOKEN);
    expect(await statusAndCode(signal(world, emptied, made))).toEqual([403, 'not_a_holder']);
    expect(await signal(world, stranger, made)).toMatchObject({ weightUsd: '50' });
  });

  it('holds more than the minimum, which alone is not enough', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 20n * TOKEN);
    const { status, code, problem } = await refusal(signal(world, wallet, made));
    expect([status, code]).toEqual([403, 'holding_below_minimum']);
    expect(problem).toMatchObject({ holdingUsd: '20', minimumUsd: '20' });
    await transferTokens(world.chain.rpcUrl, token.creator, wallet.address, token.mint, 1n);
    expect(await signal(world, wallet, made)).toMatchObject({ weightUsd: '20.000001' });
  });

  it('V4: is neither the creator nor the escrow', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    expect(await statusAndCode(signal(world, token.creator, made))).toEqual(NOT_ELIGIBLE);

    const [row] = await world.sql<SealedEscrow>(
      `SELECT e.commitment_id AS "commitmentId", e.address, e.key_id AS "keyId", e.ciphertext,
              c.message_hash AS "messageHash", c.terms_hash AS "termsHash"
         FROM escrows e JOIN commitments c ON c.id = e.commitment_id WHERE c.id = $1`,
      [made.id],
    );
    if (row === undefined) throw new Error('the commitment has no escrow');
    const seed = world.app.get(EscrowKeys).openSeed(row);
    const escrow = new TestWallet(Keypair.fromSeed(seed));
    expect(escrow.address).toBe(made.escrow);
    await transferTokens(world.chain.rpcUrl, token.creator, escrow.address, token.mint, 500n * TOKEN);
    expect(await statusAndCode(signal(world, escrow, made))).toEqual(NOT_ELIGIBLE);
  });

  it('V4: is no authority of the token, neither at creation nor since', async () => {
    const token = await launch(world, feed);
    const { rpcUrl } = world.chain;
    const [update, nextMint, nextUpdate, honest] = await Promise.all(
      [500n, 500n, 500n, 500n].map((tokens) => holder(world, token, tokens * TOKEN)),
    );
    if (!update || !nextMint || !nextUpdate || !honest) throw new Error('a holder is missing');
    await setMetaplexMetadata(rpcUrl, token.mint, { updateAuthority: update.address });
    const made = await completed(world, token, {});
    expect(await statusAndCode(signal(world, update, made))).toEqual(NOT_ELIGIBLE);

    await setMetaplexMetadata(rpcUrl, token.mint, { updateAuthority: nextUpdate.address });
    expect(await statusAndCode(signal(world, nextUpdate, made))).toEqual(NOT_ELIGIBLE);
    expect(await statusAndCode(signal(world, update, made))).toEqual(NOT_ELIGIBLE);
    await handOverMint(rpcUrl, token.creator, token.mint, nextMint.address);
    expect(await statusAndCode(signal(world, nextMint, made))).toEqual(NOT_ELIGIBLE);
    expect(await signal(world, honest, made)).toMatchObject({ weightUsd: '500' });
    const denied = await auditOf(made.id, 'milestone_signal_denied');
    expect(denied.map(({ actor, fields }) => [actor, fields['code']])).toEqual(
      [update, nextUpdate, update, nextMint].map(({ address }) => [address, 'not_eligible']),
    );
  });

  it('V4: is no mint authority when another authority has made the commitment', async () => {
    const token = await launch(world, feed);
    const creator = await world.fundedWallet();
    await setMetaplexMetadata(world.chain.rpcUrl, token.mint, { updateAuthority: creator.address });
    const made = await completed(world, { mint: token.mint, creator });
    expect(await statusAndCode(signal(world, token.creator, made))).toEqual(NOT_ELIGIBLE);
  });
});

describe('without a price', () => {
  it('V2: nobody approves, and the bar stays where it is', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 500n * TOKEN);
    const { approvals: bar } = await shownMilestone(world, made);
    const denied = [503, 'price_unavailable'];
    try {
      feed.fail(503);
      const { status, code, problem } = await refusal(signal(world, wallet, made));
      expect([status, code]).toEqual(denied);
      expect(problem['detail']).toContain(token.mint);
      feed.answerWith('{}');
      expect(await statusAndCode(signal(world, wallet, made))).toEqual(denied);
      feed.answerWith(`{"${token.mint}":{"usdPrice":0}}`);
      expect(await statusAndCode(signal(world, wallet, made))).toEqual(denied);
    } finally {
      feed.heal();
    }
    expect(await shownMilestone(world, made)).toMatchObject({ status: 'completed', approvals: bar });
    expect(bar).toEqual({ weightUsd: '0', thresholdUsd: '400', voters: 0 });
    expect(await normalize(world, { commitmentId: made.id })).toMatchObject({ due: 0, unlocked: 0 });
    expect((await signal(world, wallet, made)).approvals).toMatchObject({ weightUsd: '500' });
  });

  it('V2: nor with one from a pool that anybody could move, or whose size is not told', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 500n * TOKEN);
    for (const liquidity of ['999.99', null]) {
      feed.setPrice(token.mint, '1', { liquidity });
      await world.sql('DELETE FROM token_prices WHERE mint = $1', [token.mint]);
      const { status, code, problem } = await refusal(signal(world, wallet, made));
      expect([status, code]).toEqual([503, 'price_unavailable']);
      expect(problem['detail']).toContain('1000 US dollars are needed');
    }
    feed.setPrice(token.mint, '1', { liquidity: '1000' });
    await world.sql('DELETE FROM token_prices WHERE mint = $1', [token.mint]);
    expect((await signal(world, wallet, made)).approvals).toMatchObject({ weightUsd: '500' });
  });

  it('R8: nor with one that the feed states for a token of other decimals', async () => {
    const token = await launch(world, feed);
    feed.setPrice(token.mint, '1', { decimals: 9 });
    const made = await completed(world, token);
    const wallet = await holder(world, token, 500n * TOKEN);
    expect(await statusAndCode(signal(world, wallet, made))).toEqual([409, 'token_changed']);
    expect(await shownMilestone(world, made)).toMatchObject({ approvals: { weightUsd: '0', voters: 0 } });
  });

  it('V2: an outage after the approvals does not lower what they have to weigh', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 399n * TOKEN);
    await signal(world, wallet, made);
    feed.fail(500);
    try {
      expect(await normalize(world, { commitmentId: made.id })).toMatchObject({ due: 0 });
      expect(await shownMilestone(world, made)).toMatchObject({
        status: 'completed',
        approvals: { weightUsd: '399', thresholdUsd: '400' },
      });
    } finally {
      feed.heal();
    }
  });
});

describe('when approvals are taken', () => {
  it('is neither before the attestation nor after the milestone has unlocked', async () => {
    const token = await launch(world, feed);
    const [first, second] = [
      await holder(world, token, 500n * TOKEN),
      await holder(world, token, 500n * TOKEN),
    ];
    const early = await reward(world, token);
    expect(await statusAndCode(signal(world, first, early))).toEqual([409, 'not_completed']);
    const made = await completed(world, token);
    const answer = await signal(world, first, made);
    expect(await normalize(world, { commitmentId: made.id })).toMatchObject({ unlocked: 1 });
    expect(await statusAndCode(signal(world, second, made))).toEqual([409, 'already_unlocked']);
    expect(await signal(world, first, made)).toMatchObject({ signalledAt: answer.signalledAt });
    expect(await signalsOf(world, made)).toHaveLength(1);
  });

  it('is while the commitment is active', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallet = await holder(world, token, 500n * TOKEN);
    await resolveAsFailure((text, values) => world.sql(text, values), made.id);
    expect(await statusAndCode(signal(world, wallet, made))).toEqual([409, 'already_resolved']);
  });
});

describe('GET /commitments/:id/milestones/:milestoneId/signals', () => {
  it('pages, and M9: writes nothing', async () => {
    const token = await launch(world, feed);
    const made = await completed(world, token);
    const wallets: TestWallet[] = [];
    for (const tokens of [30n, 40n, 50n]) {
      const wallet = await holder(world, token, tokens * TOKEN);
      await signal(world, wallet, made);
      wallets.push(wallet);
    }
    const before = await world.rowsDigest();
    const path = `/commitments/${made.id}/milestones/${made.milestoneId}/signals`;
    const client = world.client();
    type Page = { items: { wallet: string }[]; nextCursor: string | null };
    const { body: head } = await client.get<Page>(`${path}?limit=2`);
    const { body: tail } = await client.get<Page>(`${path}?limit=2&cursor=${head.nextCursor}`);
    const listed = [...head.items, ...tail.items].map(({ wallet }) => wallet);
    expect(listed).toEqual(wallets.map(({ address }) => address).toReversed());
    expect(tail.nextCursor).toBeNull();
    await client.get(`/commitments/${made.id}`);
    expect(await world.rowsDigest()).toEqual(before);
  });

  it('knows the milestones of its commitment only', async () => {
    const token = await launch(world, feed);
    const [one, other] = [await reward(world, token), await reward(world, token)];
    const client = world.client();
    const crossed = client.get(`/commitments/${one.id}/milestones/${other.milestoneId}/signals`);
    expect(await statusAndCode(crossed)).toEqual([404, 'milestone_not_found']);
    const unknown = client.get(`/commitments/${one.milestoneId}/milestones/${one.milestoneId}/signals`);
    expect(await statusAndCode(unknown)).toEqual([404, 'commitment_not_found']);
    expect(await signalsOf(world, one)).toEqual([]);
  });
});
