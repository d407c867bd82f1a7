import { describe, expect, it } from 'vitest';
import type { FeeSharing, PumpCoin, PumpCurve } from '#src/chain/port/pump-coin.js';
import { type FeeRouting, feeRouting, hasChanged, isLess, unmanageable } from './fee-routing.js';

const ESCROW = 'escrow';
const DEV = 'dev';
const SHARING = 'sharing-config';
const HOLDERS = 'holder-rewards';

const CURVE: PumpCurve = {
  creator: DEV,
  cashback: false,
  holderReward: false,
  quoteMint: 'wsol',
  isTradedForSol: true,
  complete: false,
};

function coin(given: Partial<PumpCoin> = {}, curve: Partial<PumpCurve> = {}): PumpCoin {
  return {
    slot: 7n,
    curve: { ...CURVE, ...curve },
    pool: null,
    sharing: null,
    sharingAddress: SHARING,
    holderRewardsAddress: HOLDERS,
    problem: null,
    ...given,
  };
}

function sharing(shares: Record<string, number>, given: Partial<FeeSharing> = {}): FeeSharing {
  const shareholders = Object.entries(shares).map(([address, bps]) => ({ address, bps }));
  return { active: true, locked: false, admin: DEV, shareholders, ...given };
}

const pool = (creator: string | null, given = {}) => ({
  creator,
  cashback: false,
  holderReward: false,
  ...given,
});

type Expected = Partial<FeeRouting>;

const CASES: [string, PumpCoin, Expected][] = [
  ['no coin of pump.fun', coin({ curve: null }), { answer: 'no', reason: 'not_a_pump_coin', earner: null }],
  [
    'a layout that nobody knows',
    coin({ curve: null, problem: 'a layout of 999 bytes' }),
    { answer: 'unknown', reason: 'unknown_layout', earner: null, locked: false },
  ],
  [
    'the escrow as creator',
    coin({}, { creator: ESCROW }),
    { answer: 'yes', bps: 10_000, reason: 'escrow_is_creator', locked: false },
  ],
  ['another creator', coin(), { answer: 'no', bps: 0, reason: 'other_creator', earner: DEV }],
  ['nobody as creator', coin({}, { creator: null }), { answer: 'no', reason: 'other_creator', earner: null }],
  [
    'a pair with another currency',
    coin({}, { creator: ESCROW, isTradedForSol: false }),
    { answer: 'no', reason: 'other_currency' },
  ],
  [
    'a curve that is sold out, without a pool',
    coin({}, { creator: ESCROW, complete: true }),
    { answer: 'unknown', bps: 0, reason: 'graduating' },
  ],
  ['a pool of the escrow', coin({ pool: pool(ESCROW) }, { complete: true }), { answer: 'yes', bps: 10_000 }],
  [
    'a pool of another, whoever the curve names',
    coin({ pool: pool(DEV) }, { creator: ESCROW, complete: true }),
    { answer: 'no', earner: DEV },
  ],
  [
    'a pool of nobody',
    coin({ pool: pool(null) }, { creator: ESCROW, complete: true }),
    { answer: 'no', earner: null },
  ],
  [
    'cashback',
    coin({}, { creator: ESCROW, cashback: true }),
    { answer: 'no', reason: 'cashback', locked: true },
  ],
  [
    'cashback of the pool',
    coin({ pool: pool(ESCROW, { cashback: true }) }),
    { answer: 'no', reason: 'cashback' },
  ],
  [
    'holders, by the flag',
    coin({}, { creator: ESCROW, holderReward: true }),
    { answer: 'no', reason: 'holder_rewards', locked: true },
  ],
  [
    'holders, by the flag of the pool',
    coin({ pool: pool(ESCROW, { holderReward: true }) }),
    { answer: 'no', reason: 'holder_rewards' },
  ],
  ['holders, by the creator', coin({}, { creator: HOLDERS }), { answer: 'no', reason: 'holder_rewards' }],
  [
    'all shares, editable',
    coin({ sharing: sharing({ [ESCROW]: 10_000 }) }, { creator: SHARING }),
    { answer: 'yes', bps: 10_000, reason: 'sharing', locked: false, admin: DEV },
  ],
  [
    'all shares, locked',
    coin({ sharing: sharing({ [ESCROW]: 10_000 }, { locked: true, admin: null }) }, { creator: SHARING }),
    { answer: 'yes', bps: 10_000, locked: true, admin: null },
  ],
  [
    'some shares',
    coin(
      { sharing: sharing({ [ESCROW]: 7_000, [DEV]: 3_000 }, { locked: true, admin: null }) },
      { creator: SHARING },
    ),
    { answer: 'partly', bps: 7_000, locked: true },
  ],
  [
    'no share',
    coin({ sharing: sharing({ [DEV]: 10_000 }) }, { creator: SHARING }),
    { answer: 'no', bps: 0, reason: 'sharing' },
  ],
  [
    'paused shares',
    coin({ sharing: sharing({ [ESCROW]: 10_000 }, { active: false }) }, { creator: SHARING }),
    { answer: 'unknown', bps: 0, reason: 'sharing_inactive', admin: DEV },
  ],
  [
    'shares without a config',
    coin({}, { creator: SHARING }),
    { answer: 'unknown', reason: 'sharing_inactive' },
  ],
  [
    'a config that nobody is pointed to',
    coin({ sharing: sharing({ [ESCROW]: 10_000 }) }),
    { answer: 'no', earner: DEV },
  ],
  [
    'shares of the pool',
    coin({ pool: pool(SHARING), sharing: sharing({ [ESCROW]: 10_000 }) }),
    { answer: 'yes' },
  ],
];

describe('who earns the creator fees', () => {
  it.each(CASES)('of %s', (_, given, expected) => {
    expect(feeRouting(given, ESCROW)).toMatchObject(expected);
  });

  it('adds the shares of one wallet up', () => {
    const shareholders = [
      { address: ESCROW, bps: 1 },
      { address: DEV, bps: 9_998 },
      { address: ESCROW, bps: 1 },
    ];
    const given = coin({ sharing: { ...sharing({}), shareholders } }, { creator: SHARING });
    expect(feeRouting(given, ESCROW)).toMatchObject({ answer: 'partly', bps: 2 });
  });
});

describe('managed mode', () => {
  it.each<[string, PumpCoin]>([
    ['another creator', coin()],
    ['a coin on its way to its pool', coin({}, { complete: true })],
    ['shares that can be changed', coin({ sharing: sharing({ [DEV]: 10_000 }) }, { creator: SHARING })],
    [
      'paused shares that can be changed',
      coin({ sharing: sharing({ [DEV]: 10_000 }, { active: false }) }, { creator: SHARING }),
    ],
  ])('is possible with %s', (_, given) => {
    expect(unmanageable(given)).toBeNull();
  });

  it.each<[string, PumpCoin, string]>([
    ['no coin of pump.fun', coin({ curve: null }), 'no coin of pump.fun'],
    ['an unknown layout', coin({ problem: 'a layout of 999 bytes' }), '999 bytes'],
    ['another currency', coin({}, { isTradedForSol: false, quoteMint: 'usdc' }), 'usdc'],
    ['cashback', coin({}, { cashback: true }), 'trade'],
    ['holder rewards', coin({}, { creator: HOLDERS }), 'holders'],
    [
      'locked shares',
      coin({ sharing: sharing({ [DEV]: 10_000 }, { locked: true }) }, { creator: SHARING }),
      'nobody can change',
    ],
  ])('is refused with %s', (_, given, words) => {
    expect(unmanageable(given)).toContain(words);
  });
});

describe('a later reading', () => {
  const YES = feeRouting(coin({}, { creator: ESCROW }), ESCROW);
  const NO = feeRouting(coin(), ESCROW);
  const LOCKED = { ...YES, locked: true };

  it.each<[string, FeeRouting, FeeRouting, boolean, boolean]>([
    ['the same', YES, { ...YES }, false, false],
    ['gone', YES, NO, true, true],
    ['unknown', YES, { ...NO, answer: 'unknown' }, true, true],
    [
      'a smaller part',
      { ...YES, answer: 'partly', bps: 7_000 },
      { ...YES, answer: 'partly', bps: 6_999 },
      true,
      true,
    ],
    ['a larger part', { ...YES, answer: 'partly', bps: 7_000 }, YES, true, false],
    ['there at last', NO, YES, true, false],
    ['locked', YES, LOCKED, true, false],
    ['no longer locked', LOCKED, YES, true, true],
    ['another stranger', NO, { ...NO, earner: 'another' }, true, false],
    ['another admin', YES, { ...YES, admin: 'another' }, true, false],
  ])('is %s', (_, before, now, changed, less) => {
    expect([hasChanged(before, now), isLess(before, now)]).toEqual([changed, less]);
  });
});
