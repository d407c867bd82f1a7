import { describe, expect, it } from 'vitest';
import { STATUSES } from '../commitments/commitment.js';
import { MILESTONE_STATUSES } from '../commitments/milestone.js';
import { signalRefusal } from './signal.js';

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

  it('and never by a commitment that is being resolved, or is', () => {
    for (const commitment of STATUSES.filter((status) => status !== 'active')) {
      for (const milestone of MILESTONE_STATUSES) {
        expect(signalRefusal(commitment, milestone)).toBe('already_resolved');
      }
    }
  });
});
