import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STATUSES } from '#src/commitments/commitment/commitment.js';
import {
  completeRefusal,
  earnedTime,
  mayMoveMilestone,
  mayUnlock,
  MILESTONE_STATUSES,
  type MilestoneFacts,
  type MilestoneStatus,
  waitingFor,
} from './milestone.js';

const READY = 1_800_000_000;
const facts = (over: Partial<MilestoneFacts> = {}): MilestoneFacts => ({
  commitmentStatus: 'active',
  status: 'completed',
  claimReadyAt: READY,
  thresholdUsd: '400',
  signalledUsd: '400',
  reweighedUsd: '400',
  supply: null,
  failingSince: null,
  earnedAt: null,
  selfReleaseAt: null,
  ...over,
});

/** US dollars as text, of as many millionths. */
const usd = (millionths: number): string => {
  const text = millionths.toString().padStart(7, '0');
  return `${text.slice(0, -6)}.${text.slice(-6)}`;
};

const conditions = (given: MilestoneFacts, now = READY) =>
  waitingFor(given, now).map(({ condition }) => condition);

describe('milestone states', () => {
  it('allow exactly the documented moves', () => {
    const allowed = MILESTONE_STATUSES.flatMap((from) =>
      MILESTONE_STATUSES.filter((to) => mayMoveMilestone(from, to)).map((to) => `${from} -> ${to}`),
    );
    expect(allowed).toEqual([
      'locked -> completed',
      'locked -> forfeited',
      'completed -> claimable',
      'completed -> forfeited',
      'claimable -> releasing',
      'claimable -> forfeited',
      'releasing -> claimable',
      'releasing -> released',
    ]);
  });

  it('never leave released and forfeited, and never skip the approvals', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...MILESTONE_STATUSES), { maxLength: 30 }), (wishes) => {
        const seen = new Set<MilestoneStatus>(['locked']);
        let status: MilestoneStatus = 'locked';
        for (const wish of wishes) {
          if (!mayMoveMilestone(status, wish)) continue;
          expect(['released', 'forfeited']).not.toContain(status);
          status = wish;
          seen.add(status);
        }
        const needed: MilestoneStatus[] = seen.has('released') ? ['completed', 'claimable', 'releasing'] : [];
        expect([...seen]).toEqual(expect.arrayContaining(needed));
      }),
    );
  });
});

describe('completing', () => {
  it('is possible once, while the commitment is active', () => {
    for (const commitmentStatus of STATUSES) {
      for (const status of MILESTONE_STATUSES) {
        const expected =
          commitmentStatus === 'active'
            ? status === 'locked'
              ? null
              : 'already_completed'
            : commitmentStatus === 'failing'
              ? 'already_failing'
              : 'already_resolved';
        expect(completeRefusal({ commitmentStatus, status })).toBe(expected);
      }
    }
  });
});

describe('what a milestone waits for', () => {
  it('names each condition with its value, its limit and who must act', () => {
    const locked = facts({ status: 'locked', claimReadyAt: null, signalledUsd: '0', reweighedUsd: null });
    expect(waitingFor(locked, READY)).toEqual([
      { condition: 'attested', value: 'locked', limit: 'completed', who: 'creator' },
      { condition: 'approvals', value: '0', limit: '400', who: 'holders' },
    ]);
    const young = facts({ signalledUsd: '399.999999999999999999', reweighedUsd: null });
    expect(waitingFor(young, READY - 1)).toEqual([
      {
        condition: 'claim_delay',
        value: '2027-01-15T07:59:59.000Z',
        limit: '2027-01-15T08:00:00.000Z',
        who: 'time',
      },
      { condition: 'approvals', value: '399.999999999999999999', limit: '400', who: 'holders' },
    ]);
    expect(waitingFor(facts({ reweighedUsd: null }), READY)).toEqual([
      { condition: 'reweighed_approvals', value: null, limit: '400', who: 'service' },
    ]);
    expect(waitingFor(facts({ reweighedUsd: '12.5' }), READY)).toEqual([
      { condition: 'reweighed_approvals', value: '12.5', limit: '400', who: 'holders' },
    ]);
    expect(waitingFor(facts({ status: 'claimable' }), READY)).toEqual([
      { condition: 'release', value: 'claimable', limit: 'released', who: 'admin' },
    ]);
    expect(waitingFor(facts({ status: 'releasing' }), READY)).toEqual([
      { condition: 'payment', value: 'releasing', limit: 'released', who: 'service' },
    ]);
    expect(waitingFor(facts({ status: 'released' }), READY)).toEqual([]);
    expect(waitingFor(facts({ status: 'forfeited' }), READY)).toEqual([]);
  });

  it('is only the commitment, once that is not active; a payment under way goes on', () => {
    const inactive = { commitmentStatus: 'resolving' } as const;
    const expected = { condition: 'commitment_active', value: 'resolving', limit: 'active', who: 'nobody' };
    for (const status of ['locked', 'completed'] as const) {
      expect(waitingFor(facts({ ...inactive, status }), READY)).toEqual([expected]);
    }
    expect(conditions(facts({ ...inactive, status: 'releasing' }))).toEqual(['payment']);
  });

  it('T12: stays the release for what is earned, whatever becomes of the commitment', () => {
    const earnedAt = READY + 100;
    const claimable = (commitmentStatus: MilestoneFacts['commitmentStatus']) =>
      facts({ commitmentStatus, status: 'claimable', earnedAt });
    for (const status of ['active', 'resolving', 'failed'] as const)
      expect(conditions(claimable(status))).toEqual(['release']);
    expect(conditions(claimable('failing'), earnedAt - 1)).toEqual(['commitment_active']);
    expect(conditions(claimable('failing'), earnedAt)).toEqual(['release']);
  });

  it('ends with an announced failure, but for what was due by then', () => {
    const failing = { commitmentStatus: 'failing', failingSince: READY } as const;
    expect(mayUnlock(facts(failing), READY)).toBe(true);
    for (const late of [{ claimReadyAt: READY + 1 }, { signalledUsd: '399.9' }])
      expect(conditions(facts({ ...failing, ...late }), READY + 5)).toEqual(['commitment_active']);
  });

  it('is earned when it is claimable and long enough past its attestation', () => {
    const [completedAt, claimableAt] = [new Date(1_000_000), new Date(1_050_000)];
    expect(earnedTime({ completedAt, claimableAt }, 100)).toBe(1_100);
    expect(earnedTime({ completedAt, claimableAt }, 10)).toBe(1_050);
    expect(earnedTime({ completedAt, claimableAt: null }, 10)).toBeNull();
  });

  it('reaches the threshold at the threshold, and the delay at its end', () => {
    expect(mayUnlock(facts(), READY)).toBe(true);
    expect(mayUnlock(facts(), READY - 1)).toBe(false);
    const fine = '0.000000000000000000000000000001';
    expect(mayUnlock(facts({ thresholdUsd: `400.${fine.slice(2)}` }), READY)).toBe(false);
    expect(mayUnlock(facts({ signalledUsd: '400.000' }), READY)).toBe(true);
  });

  it('V1: weight that was signalled and is no longer there unlocks nothing', () => {
    expect(mayUnlock(facts({ signalledUsd: '1000000', reweighedUsd: '399.99' }), READY)).toBe(false);
    expect(mayUnlock(facts({ signalledUsd: '1000000', reweighedUsd: null }), READY)).toBe(false);
  });

  it('unlocks exactly when every condition holds, and says what is missing when not', () => {
    const millionths = fc.integer({ min: 0, max: 3_000_000 });
    const some = fc.record({
      commitmentStatus: fc.constantFrom(...STATUSES),
      status: fc.constantFrom(...MILESTONE_STATUSES),
      readyIn: fc.option(fc.integer({ min: -3, max: 3 })),
      threshold: millionths,
      signalled: millionths,
      reweighed: fc.option(millionths),
    });
    fc.assert(
      fc.property(some, ({ readyIn, threshold, signalled, reweighed, ...statuses }) => {
        const given: MilestoneFacts = {
          ...statuses,
          claimReadyAt: readyIn === null ? null : READY + readyIn,
          thresholdUsd: usd(threshold),
          signalledUsd: usd(signalled),
          reweighedUsd: reweighed === null ? null : usd(reweighed),
          supply: null,
          failingSince: null,
          earnedAt: null,
          selfReleaseAt: null,
        };
        const oracle =
          statuses.commitmentStatus === 'active' &&
          statuses.status === 'completed' &&
          readyIn !== null &&
          readyIn <= 0 &&
          signalled >= threshold &&
          reweighed !== null &&
          reweighed >= threshold;
        // A completed milestone without a time cannot be stored; the rules refuse it all the same.
        expect(mayUnlock(given, READY)).toBe(oracle);
        const saysNothing = statuses.status === 'completed' && conditions(given).length === 0;
        expect(saysNothing).toBe(oracle);
      }),
      { numRuns: 5_000 },
    );
  });

  it('only ever grows shorter with time, and by nothing but the delay', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), (earlier, more) => {
        const given = facts({ signalledUsd: '1' });
        const before = conditions(given, READY - 50 + earlier);
        const after = conditions(given, READY - 50 + earlier + more);
        expect(before.filter((condition) => condition !== 'claim_delay')).toEqual(
          after.filter((condition) => condition !== 'claim_delay'),
        );
        expect(before.length).toBeGreaterThanOrEqual(after.length);
      }),
    );
  });
});
