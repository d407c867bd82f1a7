import type { TokenTerms } from '#src/commitments/commitment/token-terms.js';
import { describe, expect, it } from 'vitest';
import { ValidationError } from '#src/common/errors/errors.js';
import { buildSignedMessage } from '#src/signed-messages/signed-message.js';
import { draft, normalize } from './creation.js';
import { parseCreationParams } from './creation.dto.js';
import { excludedWallets } from './reward-creation.js';
import type { TermPolicy } from '#src/commitments/commitment/terms.js';

type Json = Record<string, unknown>;

const CREATOR = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const MINT = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const OTHER = 'So11111111111111111111111111111111111111112';
const token: TokenTerms = {
  tokenProgram: 'spl-token',
  tokenDecimals: 6,
  tokenSupply: '18446744073709551615',
  mintable: false,
  mintAuthority: null,
  freezeAuthority: null,
};
const policy: TermPolicy = {
  cluster: 'mainnet',
  decisionWindowSeconds: 259_200,
  approvalThresholdUsd: '400',
  approvalSupplyBps: 100,
  minHoldingUsd: '20',
  minLiquidityUsd: '1000',
  claimDelaySeconds: 172_800,
  voteWindowSeconds: 86_400,
  selfReleaseSeconds: 604_800,
  earnedAfterSeconds: 172_800,
  failureNoticeSeconds: 259_200,
  failureMinShareLamports: 100_000,
  pauseMaxSeconds: 2_592_000,
  treasuryShareBps: 10_000,
  treasury: OTHER,
};

const reward = (given: Json = {}): Json => ({
  kind: 'creator_reward',
  tokenMint: MINT,
  creatorFeeMode: 'assisted',
  milestones: [{ title: 'Beta', unlockLamports: 1_000 }],
  destinationOnFail: OTHER,
  ...given,
});

/** Paths of what is wrong; none when the parameters are good. */
function pathsOf(params: unknown): string[] {
  try {
    normalize(CREATOR, parseCreationParams(params), 'params.');
    return [];
  } catch (error) {
    if (error instanceof ValidationError) return error.errors.map(({ path }) => path);
    throw error;
  }
}

function messageOf(params: Json): string {
  const { message } = draft(CREATOR, normalize(CREATOR, parseCreationParams(params), ''), policy, token);
  const issuedAt = '2026-11-22T10:00:00.000Z';
  const host = `${'h'.repeat(63)}.example.com:65535`;
  return buildSignedMessage({
    host,
    action: 'commitment.create',
    wallet: CREATOR,
    issuedAt,
    params: message,
  });
}

const milestone = (over: Json = {}) => ({ title: 'Beta', unlockLamports: 1, ...over });

describe('the parameters of a reward', () => {
  it.each([
    ['one milestone', {}],
    ['twelve milestones', { milestones: Array.from({ length: 12 }, () => milestone()) }],
    ['milestones that are alike', { milestones: [milestone(), milestone()] }],
    ['a title of 80 characters beyond the BMP', { milestones: [milestone({ title: '🚢'.repeat(80) })] }],
    ['the largest sum', { milestones: [milestone({ unlockLamports: Number.MAX_SAFE_INTEGER })] }],
    ['managed fees', { creatorFeeMode: 'managed' }],
    ['a statement', { statement: 'We ship' }],
    ['no statement', { statement: null }],
  ])('may have %s', (_, given) => {
    expect(pathsOf(reward(given))).toEqual([]);
  });

  it.each<[string, unknown, string[]]>([
    ['no milestone', { milestones: [] }, ['params.milestones']],
    ['13 milestones', { milestones: Array.from({ length: 13 }, () => milestone()) }, ['params.milestones']],
    ['an object of milestones', { milestones: { 0: milestone(), length: 1 } }, ['params.milestones']],
    ['a text for milestones', { milestones: 'Beta' }, ['params.milestones']],
    ['no milestones at all', { milestones: undefined }, ['params.milestones']],
    ['a milestone within a list', { milestones: [[milestone()]] }, ['params.milestones']],
    ['null for a milestone', { milestones: [null] }, ['params.milestones']],
    ['a title of 81', { milestones: [milestone({ title: 'x'.repeat(81) })] }, ['params.milestones.0.title']],
    ['an empty title', { milestones: [milestone({ title: ' ' })] }, ['params.milestones.0.title']],
    [
      'a title with a line break',
      { milestones: [milestone({ title: 'a\nb' })] },
      ['params.milestones.0.title'],
    ],
    [
      'a title with U+202E',
      { milestones: [milestone({ title: 'a\u202eb' })] },
      ['params.milestones.0.title'],
    ],
    ['no title', { milestones: [{ unlockLamports: 1 }] }, ['params.milestones.0.title']],
    ['a float', { milestones: [milestone({ unlockLamports: 0.5 })] }, ['params.milestones.0.unlockLamports']],
    ['nothing', { milestones: [milestone({ unlockLamports: 0 })] }, ['params.milestones.0.unlockLamports']],
    ['text', { milestones: [milestone({ unlockLamports: '1' })] }, ['params.milestones.0.unlockLamports']],
    [
      '2^53',
      { milestones: [milestone({ unlockLamports: 2 ** 53 })] },
      ['params.milestones.0.unlockLamports'],
    ],
    ['M20: an id of its own', { milestones: [milestone({ id: 'a' })] }, ['params.milestones.0.id']],
    [
      'a sum of 2^53',
      { milestones: [milestone({ unlockLamports: Number.MAX_SAFE_INTEGER }), milestone()] },
      ['params.milestones'],
    ],
    ['an amount', { amountLamports: 1 }, ['params.amountLamports']],
    ['a deadline', { deadline: '2026-12-31T00:00:00.000Z' }, ['params.deadline']],
    ['a status', { status: 'claimable' }, ['params.status']],
    ['another fee mode', { creatorFeeMode: 'auto' }, ['params.creatorFeeMode']],
    ['no mint', { tokenMint: undefined }, ['params.tokenMint']],
    [
      'the creator as the one who gains by failing',
      { destinationOnFail: CREATOR },
      ['params.destinationOnFail'],
    ],
    ['no kind', { kind: undefined }, ['params.kind']],
    ['a strange kind', { kind: 'constructor' }, ['params.kind']],
    ['a list for a kind', { kind: ['personal'] }, ['params.kind']],
  ])('must not have %s', (_, given, paths) => {
    expect(pathsOf(reward(given as Json))).toEqual(paths);
  });

  it('are no parameters of a personal commitment', () => {
    const personal = {
      kind: 'personal',
      destinationOnFail: OTHER,
      amountLamports: 1,
      deadline: '2026-12-31T00:00:00.000Z',
    };
    expect(pathsOf(personal)).toEqual([]);
    expect(pathsOf({ ...personal, tokenMint: MINT, milestones: [] })).toEqual([
      'params.tokenMint',
      'params.milestones',
    ]);
  });

  it.each([undefined, null, 7, 'x', [], [reward()]])('are not %j', (value) => {
    expect(pathsOf(value)).toEqual(['params.kind']);
  });

  it('are stored in one form: titles and statement in NFC without white space around them', () => {
    const params = reward({ statement: ' Cafe\u0301 ', milestones: [milestone({ title: ' A\u030a ' })] });
    const chosen = normalize(CREATOR, parseCreationParams(params), '');
    expect(chosen).toMatchObject({ statement: 'Café', milestones: [{ title: 'Å' }] });
  });
});

describe('the message of a reward', () => {
  it('shows every number that decides money', () => {
    const milestones = [milestone({ unlockLamports: 7 }), milestone({ unlockLamports: 8 })];
    const lines = messageOf(reward({ milestones })).split('\n');
    expect(lines).toEqual(
      expect.arrayContaining([
        '- milestoneCount: 2',
        '- totalUnlockLamports: 15',
        '- milestones: [{"title":"Beta","unlockLamports":7},{"title":"Beta","unlockLamports":8}]',
        `- tokenMint: "${MINT}"`,
        '- creatorFeeMode: "assisted"',
        '- approvalThresholdUsd: "400"',
        '- minHoldingUsd: "20"',
        '- minLiquidityUsd: "1000"',
        '- claimDelaySeconds: 172800',
        '- voteWindowSeconds: 86400',
        '- treasuryShareBps: 10000',
        `- treasury: "${OTHER}"`,
        `- destinationOnFail: "${OTHER}"`,
      ]),
    );
    expect(lines.at(-1)).toMatch(/^- (treasury|totalUnlock|voteWindow|tokenMint)/);
  });

  it('replaces long milestones by their hash and still tells their number and sum', () => {
    const milestones = Array.from({ length: 12 }, () => milestone({ title: 'x'.repeat(80) }));
    const message = messageOf(reward({ milestones }));
    expect(message).toMatch(/\n- milestones: sha256:[0-9a-f]{64}\n/);
    expect(message).toContain('- milestoneCount: 12\n');
    expect(message).toContain('- totalUnlockLamports: 12\n');
  });

  it('fits a hardware wallet: printable ASCII of at most 1,147 bytes', () => {
    const milestones = [milestone({ title: 'x'.repeat(80), unlockLamports: Number.MAX_SAFE_INTEGER })];
    const message = messageOf(reward({ milestones, statement: 's'.repeat(140) }));
    expect(message).toMatch(/^[\x20-\x7e\n]+$/);
    expect(Buffer.byteLength(message)).toBeLessThanOrEqual(1_147);
  });
});

describe('excluded wallets', () => {
  it('V4: are each named once, and nobody stands for an authority that is not there', () => {
    expect(excludedWallets([CREATOR, OTHER, CREATOR, null])).toEqual([CREATOR, OTHER]);
  });
});
