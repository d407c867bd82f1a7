/** Payouts of every purpose with all the evidence that they need, for tests that take one piece away after the other. */
import { milestoneIdOf, payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import type { Claim, DoorTerms, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';
import type { FrozenEarned, FrozenShare } from '#src/escrow/door/facts/facts.js';
import type { Purpose } from '#src/escrow/door/facts/purpose.js';
import { refusalOf } from './checks.js';

export const ID = '0199c7a0-0000-7000-8000-000000000001';
export const [ESCROW, WALLET, HEIR, THIEF] = ['escrow', 'wallet', 'heir', 'thief'];
export const [TREASURY, VOTER, OTHER_VOTER] = ['treasury', 'voter', 'other voter'];
export const DEADLINE = Date.parse('2026-11-22T10:00:00.000Z');
export const at = (seconds: number) => new Date(DEADLINE + seconds * 1000);
export const MILESTONE = milestoneIdOf(ID, 1);

export const PERSONAL: DoorTerms = {
  kind: 'personal',
  wallet: WALLET,
  destinationOnFail: HEIR,
  deadline: new Date(DEADLINE).toISOString(),
  decisionWindowSeconds: 100,
};
export const REWARD: DoorTerms = {
  kind: 'creator_reward',
  creatorFeeMode: 'managed',
  wallet: WALLET,
  destinationOnFail: HEIR,
  tokenMint: 'mint',
  milestones: [{ unlockLamports: 500 }, { unlockLamports: 700 }],
  approvalThresholdUsd: '400',
  claimDelaySeconds: 50,
  voteWindowSeconds: 50,
  selfReleaseSeconds: 600,
  failureNoticeSeconds: 300,
  tokenSupply: '10000',
  approvalSupplyBps: 100,
  treasuryShareBps: 1_000,
  treasury: TREASURY,
};

let made = 0;
export function act(
  action: string,
  wallet: string,
  params: Readonly<Record<string, string>>,
  chainTime: Date | null = null,
): ProvenAct {
  made += 1;
  const shown = new Map(Object.entries(params).map(([name, value]) => [name, { value }]));
  const messageHash = action === 'commitment.create' ? 'creation' : `act ${made}`;
  const read = { action, host: 'host', wallet, issuedAt: at(0), params: shown, messageHash };
  return { id: `${made}`, act: read, acceptedAt: at(0), chainTime };
}

export const creation = act('commitment.create', WALLET, { termsHash: 'terms' });
export const attestation = act('commitment.attest', WALLET, { commitmentId: ID }, at(-10));
export const completion = act(
  'milestone.complete',
  WALLET,
  { commitmentId: ID, milestoneId: MILESTONE },
  at(0),
);
export const approvalOf = (wallet: string) =>
  act('milestone.signal', wallet, { commitmentId: ID, milestoneId: MILESTONE }, at(1));
export const adminOf = (action: string, params: Readonly<Record<string, string>> = {}) =>
  act(`admin.${action}`, 'admin', { commitmentId: ID, ...params });
export const succeed = adminOf('commitment.success');
export const fail = adminOf('commitment.failure');
export const filedAt = (seconds: number) =>
  act('admin.commitment.failure', 'admin', { commitmentId: ID }, at(seconds));
export const withdrawnAt = (seconds: number) =>
  act('admin.failure.cancel', 'admin', { commitmentId: ID }, at(seconds));
export const forward = adminOf('stray.forward');
export const release = adminOf('milestone.release', { milestoneId: MILESTONE });
export const claimOf = (wallet: string) => act('distribution.claim', wallet, { commitmentId: ID });
export const SHARES: readonly FrozenShare[] = [
  { wallet: VOTER, weightRaw: 3n, amountLamports: 600n },
  { wallet: OTHER_VOTER, weightRaw: 1n, amountLamports: 200n },
];
export const idOf = (purpose: Purpose, subject: string | null = null, part = 0) =>
  payoutIdOf({ commitmentId: ID, purpose, subject, part });

export function evidence(terms: DoorTerms, more: Partial<Evidence> = {}): Evidence {
  return {
    commitmentId: ID,
    escrow: ESCROW,
    terms,
    termsHash: 'terms',
    messageHash: 'creation',
    excludedWallets: ['authority'],
    isBound: true,
    acts: [creation],
    knowsActs: true,
    isDecided: true,
    voided: [],
    admins: ['admin', 'other admin'],
    readAt: at(0),
    knowsAttempts: true,
    knowsPauses: true,
    resolution: null,
    unlock: null,
    distribution: null,
    rounds: [],
    paid: new Set(),
    forged: [],
    ...more,
  };
}

export function claim(purpose: Purpose, destination: string, more: Partial<Claim> = {}): Claim {
  const subject = purpose === 'distribution_claim' ? destination : (more.subjectId ?? null);
  return {
    id: idOf(purpose, subject, more.part),
    commitmentId: ID,
    purpose,
    subjectId: null,
    part: 0,
    source: ESCROW,
    destination,
    amountLamports: 1n,
    drain: true,
    feeLamports: null,
    ...more,
  };
}

export const unlock = {
  milestoneId: MILESTONE,
  commitmentId: ID,
  tokenMint: 'mint',
  thresholdUsd: '400',
  reweighedUsd: '420',
  approvedRaw: '100',
  seenSupply: '10000',
  claimableAt: at(50),
  approvals: [
    { wallet: VOTER, weightUsd: '300' },
    { wallet: OTHER_VOTER, weightUsd: '120' },
  ],
};
export const distribution = {
  distribution: {
    commitmentId: ID,
    escrow: ESCROW,
    destination: HEIR,
    escrowBalanceLamports: 1_000n,
    rentExemptMinimum: 100n,
    treasuryShareBps: 1_000,
    treasury: TREASURY,
    treasuryLamports: 90n,
    eligibleWallets: 2,
    potLamports: 800n,
    destinationLamports: 0n,
    earnedLamports: 0n,
    earned: [] as readonly FrozenEarned[],
    legFeeLamports: 0n,
    reserveLamports: 110n,
  },
  shares: SHARES,
};
export const resolved = (resolution: 'success' | 'failure', seconds: number) => ({
  resolution: { commitmentId: ID, resolution, chainTime: at(seconds) },
});
export const announced = filedAt(0);
export const failed = evidence(REWARD, {
  distribution,
  acts: [creation, announced, claimOf(VOTER)],
  ...resolved('failure', 300),
});
export const paidLegs = new Set([
  idOf('failure_treasury'),
  idOf('distribution_claim', VOTER),
  idOf('distribution_claim', OTHER_VOTER),
]);

/** For each purpose a payout that is allowed. */
export const ALLOWED: Readonly<Record<Purpose, readonly [Claim, Evidence]>> = {
  personal_success: [
    claim('personal_success', WALLET),
    evidence(PERSONAL, { ...resolved('success', 100), acts: [creation, attestation, succeed] }),
  ],
  personal_failure: [claim('personal_failure', HEIR), evidence(PERSONAL, resolved('failure', 0))],
  milestone_release: [
    claim('milestone_release', WALLET, { subjectId: MILESTONE, drain: false }),
    evidence(REWARD, {
      unlock,
      acts: [creation, completion, approvalOf(VOTER), approvalOf(OTHER_VOTER), release],
    }),
  ],
  failure_treasury: [claim('failure_treasury', TREASURY), failed],
  failure_destination: [claim('failure_destination', HEIR), failed],
  failure_remainder: [claim('failure_remainder', HEIR), { ...failed, paid: paidLegs }],
  distribution_claim: [claim('distribution_claim', VOTER), failed],
  stray_forward: [
    claim('stray_forward', HEIR, { part: 2 }),
    { ...failed, acts: [creation, forward, forward, forward] },
  ],
};

/** Which check refuses; null: none. */
export function refused(
  purpose: Purpose,
  changed: Partial<Claim>,
  more: Partial<Evidence> = {},
): string | null {
  const [allowed, known] = ALLOWED[purpose];
  return refusalOf({ ...allowed, ...changed }, { ...known, ...more })?.check ?? null;
}
