import { describe, expect, it } from 'vitest';
import { STATUSES } from '#src/commitments/commitment/commitment.js';
import { MILESTONE_STATUSES } from '#src/commitments/milestones/milestone.js';
import { signalRefusal, voteEnd } from './signal.js';

describe('approvals are taken', () => {
  it('from the attestation until the milestone unlocks, while the commitment is active', () => {
    const open = STATUSES.flatMap((commitment) =>
      MILESTONE_STATUSES.filter((milestone) => signalRefusal(commitment, milestone) === null).map(
        (milestone) => [commitment, milestone],
      ),
    );
    expect(open).toEqual([['active', 'completed']]);
  });

  it.each([
    ['locked', 'not_completed'],
    ['claimable', 'already_unlocked'],
    ['releasing', 'already_unlocked'],
    ['released', 'already_unlocked'],
    ['forfeited', 'already_unlocked'],
  ] as const)('and not by one that is %s', (status, refusal) => {
    expect(signalRefusal('active', status)).toBe(refusal);
  });

  it('and never by a commitment that is failing, being resolved, or is', () => {
    for (const commitment of STATUSES.filter((status) => status !== 'active')) {
      for (const milestone of MILESTONE_STATUSES) {
        const refusal = commitment === 'failing' ? 'already_failing' : 'already_resolved';
        expect(signalRefusal(commitment, milestone)).toBe(refusal);
      }
    }
  });
});

describe('the end of a vote window', () => {
  const at = (seconds: number) => new Date(seconds * 1000);
  const end = (...lost: [number, number][]) =>
    voteEnd(
      at(1_000),
      100,
      lost.map(([from, until]) => ({ from: at(from), until: at(until) })),
    ).getTime() / 1000;

  it('is later by the time that a failure which was called off has taken from it', () => {
    expect(end()).toBe(1_100);
    expect(end([1_050, 1_080])).toBe(1_130);
    expect(end([1_050, 1_300], [1_310, 1_320])).toBe(1_360);
  });

  it('is not touched by one that was announced before it began or after it was over', () => {
    expect(end([900, 950], [1_100, 1_200])).toBe(1_100);
    expect(end([1_050, 1_060], [1_110, 1_200])).toBe(1_110);
  });
});
