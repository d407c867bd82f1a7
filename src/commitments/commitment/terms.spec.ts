import type { TokenTerms } from '#src/commitments/commitment/token-terms.js';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  personalTerms,
  policyHash,
  type RewardParams,
  rewardTerms,
  termsHash,
  type TermPolicy,
} from './terms.js';

const WALLET = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';
const token: TokenTerms = {
  tokenProgram: 'spl-token',
  tokenDecimals: 6,
  tokenSupply: '1000000000000000',
  mintable: false,
  mintAuthority: null,
  freezeAuthority: null,
};
const policy: TermPolicy = {
  cluster: 'localnet',
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
  treasuryShareBps: 0,
  treasury: null,
};
const personal = {
  kind: 'personal',
  destinationOnFail: 'So11111111111111111111111111111111111111112',
  amountLamports: 2_000_000_000,
  deadline: '2026-12-31T00:00:00.000Z',
  statement: null,
} as const;
const reward: RewardParams = {
  kind: 'creator_reward',
  tokenMint: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
  creatorFeeMode: 'assisted',
  milestones: [
    { title: 'Beta', unlockLamports: 1 },
    { title: 'Release', unlockLamports: 2 },
  ],
  destinationOnFail: 'So11111111111111111111111111111111111111112',
  statement: null,
};

/** Another value of each setting. */
const OTHERS: readonly Partial<TermPolicy>[] = [
  { approvalThresholdUsd: '1' },
  { minHoldingUsd: '0' },
  { minLiquidityUsd: '0' },
  { claimDelaySeconds: 0 },
  { voteWindowSeconds: 0 },
  { treasuryShareBps: 1, treasury: WALLET },
];

describe('personal terms', () => {
  it('are hashed as canonical JSON', () => {
    const json =
      '{"amountLamports":2000000000,"cluster":"localnet","deadline":"2026-12-31T00:00:00.000Z",' +
      '"decisionWindowSeconds":259200,"destinationOnFail":"So11111111111111111111111111111111111111112",' +
      `"kind":"personal","statement":null,"version":1,"wallet":"${WALLET}"}`;
    const expected = createHash('sha256').update(json).digest('hex');
    expect(termsHash(personalTerms(WALLET, personal, policy))).toBe(expected);
  });

  it('V3: do not depend on the settings for rewards', () => {
    const expected = personalTerms(WALLET, personal, policy);
    for (const other of OTHERS) {
      expect(personalTerms(WALLET, personal, { ...policy, ...other })).toEqual(expected);
    }
  });
});

describe('reward terms', () => {
  it('V3: depend on every setting for rewards and on none for personal commitments', () => {
    const hashOf = (given: TermPolicy) => termsHash(rewardTerms(WALLET, reward, token, given));
    const hashes = OTHERS.map((other) => hashOf({ ...policy, ...other }));
    expect(new Set([hashOf(policy), ...hashes]).size).toBe(OTHERS.length + 1);
    expect(hashOf({ ...policy, decisionWindowSeconds: 1 })).toBe(hashOf(policy));
  });

  it('V6: change with every milestone, its title, its amount and its place', () => {
    const hashOf = (milestones: RewardParams['milestones']) =>
      termsHash(rewardTerms(WALLET, { ...reward, milestones }, token, policy));
    const variants = [
      [],
      [{ title: 'Beta', unlockLamports: 1 }],
      [
        { title: 'Beta', unlockLamports: 2 },
        { title: 'Release', unlockLamports: 1 },
      ],
      reward.milestones.toReversed(),
      [...reward.milestones, { title: 'Beta', unlockLamports: 1 }],
    ];
    expect(new Set([reward.milestones, ...variants].map(hashOf)).size).toBe(variants.length + 1);
  });
});

describe('a stored policy', () => {
  it('has a hash of its own for every setting', () => {
    const hashes = OTHERS.map((other) => policyHash({ ...policy, ...other }));
    expect(new Set([policyHash(policy), ...hashes]).size).toBe(OTHERS.length + 1);
  });
});
