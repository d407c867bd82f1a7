import { describe, expect, it } from 'vitest';
import { milestoneIdOf } from './facts/derived-ids.js';
import type { Claim, Evidence } from './facts/evidence.js';
import { transferRefusal } from './message-rules.js';

const ID = '01a213b9-e215-70b2-b07b-c3e117467ef9';
const claim = {
  id: 'payout',
  commitmentId: ID,
  purpose: 'milestone_release',
  subjectId: milestoneIdOf(ID, 1),
  part: 0,
  source: 'escrow',
  destination: 'creator',
} as Claim;
const evidence = {
  commitmentId: ID,
  terms: { kind: 'creator_reward', milestones: [{ unlockLamports: 500 }] },
  distribution: null,
} as unknown as Evidence;

/** Why a release of 500 lamports that pays these is refused. */
function refusal(lamports: bigint, sourceBalance: bigint, feeLamports = 0n): string | null {
  const plan = {
    source: 'escrow',
    destination: 'creator',
    lamports,
    memo: 'payout',
    feePayer: 'escrow',
    blockhash: 'hash',
    computeUnitLimit: 60_000,
    computeUnitPriceMicroLamports: 0n,
  };
  const limits = { feePayer: null, computeUnitLimit: 60_000, mostFee: 10_000n };
  const effect = { lamports, feeLamports, sourceBalance };
  return transferRefusal(claim, evidence, plan, effect, feeLamports, limits)?.reason ?? null;
}

describe('R3, T8: dust that goes along with a fixed payment', () => {
  it('is signed for where nothing is left beside it', () => {
    expect(refusal(511n, 511n)).toBeNull();
    expect(refusal(511n, 516n, 5n)).toBeNull();
    expect(refusal(500n + 890_879n, 500n + 890_879n)).toBeNull();
  });

  it('is not where it could stay behind', () => {
    expect(refusal(511n, 512n)).toContain('500 are promised');
    expect(refusal(500n + 890_880n, 500n + 890_880n)).toContain('500 are promised');
  });
});
