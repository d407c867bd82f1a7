import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALLOWED_MOVES,
  announceRefusal,
  attestRefusal,
  callOffRefusal,
  confirmRefusal,
  enrollRefusal,
  failureRefusal,
  fileRefusal,
  isFinal,
  isProposal,
  KINDS,
  mayMove,
  needsSecondAdmin,
  outcomeOf,
  type PersonalFacts,
  refundRefusal,
  STATUSES,
  successRefusal,
  withdrawRefusal,
} from './commitment.js';

const DEADLINE = 1_000_000;
const WINDOW = 500;
const facts = (over: Partial<PersonalFacts> = {}): PersonalFacts => ({
  status: 'active',
  deadline: DEADLINE,
  decisionWindowSeconds: WINDOW,
  attestedAt: null,
  isFailureFiled: false,
  ...over,
});

describe('status machine', () => {
  it('allows exactly the documented moves', () => {
    const allowed = KINDS.flatMap((kind) =>
      STATUSES.flatMap((from) =>
        STATUSES.filter((to) => mayMove(kind, from, to)).map((to) => `${kind}: ${from} -> ${to}`),
      ),
    );
    expect(allowed).toEqual([
      'personal: active -> resolving',
      'personal: resolving -> succeeded',
      'personal: resolving -> failed',
      'creator_reward: active -> failing',
      'creator_reward: active -> completed',
      'creator_reward: failing -> active',
      'creator_reward: failing -> resolving',
      'creator_reward: resolving -> failed',
    ]);
  });

  it('never leaves a final state, whatever moves are tried', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), fc.array(fc.constantFrom(...STATUSES)), (kind, wishes) => {
        let status: (typeof STATUSES)[number] = 'active';
        for (const wish of wishes) {
          expect(isFinal(kind, status) && mayMove(kind, status, wish)).toBe(false);
          if (mayMove(kind, status, wish)) status = wish;
        }
        expect(Object.keys(ALLOWED_MOVES[kind])).toContain(status);
      }),
    );
  });

  it('ends a resolution where it was headed', () => {
    expect(outcomeOf('success')).toBe('succeeded');
    expect(outcomeOf('failure')).toBe('failed');
  });
});

describe('personal deadlines', () => {
  it('V5: a decision after the deadline is possible for what was attested before it', () => {
    const attested = facts({ attestedAt: DEADLINE - 1 });
    expect(successRefusal(attested, DEADLINE + 1)).toBeNull();
    expect(successRefusal(attested, DEADLINE + WINDOW)).toBeNull();
    expect(successRefusal(attested, DEADLINE + WINDOW + 1)).toBe('decision_window_passed');
  });

  it('lets the authority attest until the last second before the deadline', () => {
    expect(attestRefusal(facts(), DEADLINE - 1)).toBeNull();
    expect(attestRefusal(facts(), DEADLINE)).toBe('deadline_passed');
    expect(attestRefusal(facts({ status: 'failed' }), 0)).toBe('already_resolved');
  });

  it('refuses success without an attestation made in time', () => {
    expect(successRefusal(facts(), 0)).toBe('not_attested');
    expect(successRefusal(facts({ attestedAt: DEADLINE }), DEADLINE)).toBe('not_attested');
  });

  it('refuses failure before the deadline, and while an attested one may still be decided', () => {
    expect(failureRefusal(facts(), DEADLINE - 1)).toBe('deadline_not_passed');
    expect(failureRefusal(facts(), DEADLINE)).toBeNull();
    const attested = facts({ attestedAt: 1 });
    expect(failureRefusal(attested, DEADLINE + WINDOW)).toBe('decision_window_open');
    expect(failureRefusal(attested, DEADLINE + WINDOW + 1)).toBe('nothing_filed');
    const filed = facts({ attestedAt: 1, isFailureFiled: true });
    expect(failureRefusal(filed, DEADLINE + WINDOW)).toBe('decision_window_open');
    expect(failureRefusal(filed, DEADLINE + WINDOW + 1)).toBeNull();
  });

  it('R4: lets a failure of what was attested be filed and withdrawn in its window, and refunds what is left', () => {
    const attested = facts({ attestedAt: 1 });
    const filed = facts({ attestedAt: 1, isFailureFiled: true });
    expect(fileRefusal(attested, DEADLINE - 1)).toBe('deadline_not_passed');
    expect(fileRefusal(attested, DEADLINE)).toBeNull();
    expect(fileRefusal(attested, DEADLINE + WINDOW)).toBeNull();
    expect(fileRefusal(attested, DEADLINE + WINDOW + 1)).toBe('decision_window_passed');
    expect(fileRefusal(filed, DEADLINE)).toBe('already_failing');
    expect(withdrawRefusal(attested, DEADLINE)).toBe('not_failing');
    expect(withdrawRefusal(filed, DEADLINE + WINDOW)).toBeNull();
    expect(withdrawRefusal(filed, DEADLINE + WINDOW + 1)).toBe('decision_window_passed');
    expect(refundRefusal(facts(), DEADLINE + WINDOW + 1)).toBe('not_attested');
    expect(refundRefusal(attested, DEADLINE + WINDOW)).toBe('decision_window_open');
    expect(refundRefusal(attested, DEADLINE + WINDOW + 1)).toBeNull();
    expect(refundRefusal(filed, DEADLINE + WINDOW + 1)).toBe('already_failing');
  });

  it('at no moment allows success and failure of the same commitment, and always one of them in the end', () => {
    const attestation = fc.option(fc.integer({ min: 0, max: DEADLINE - 1 }));
    fc.assert(
      fc.property(
        attestation,
        fc.nat(2 * DEADLINE),
        fc.nat(10_000),
        fc.boolean(),
        (attestedAt, now, decisionWindowSeconds, isFailureFiled) => {
          const some = facts({ attestedAt, decisionWindowSeconds, isFailureFiled });
          expect(successRefusal(some, now) === null && failureRefusal(some, now) === null).toBe(false);
          const end = DEADLINE + decisionWindowSeconds + 1;
          expect((failureRefusal(some, end) === null) !== (refundRefusal(some, end) === null)).toBe(true);
        },
      ),
    );
  });

  it.each(STATUSES.filter((status) => status !== 'active'))('decides nothing more once %s', (status) => {
    const done = facts({ status, attestedAt: 1 });
    expect(successRefusal(done, DEADLINE)).toBe('already_resolved');
    expect(failureRefusal(done, 2 * DEADLINE)).toBe('already_resolved');
  });
});

describe('the failure of a reward commitment', () => {
  const EFFECTIVE = 2_000_000;
  const failing = (over: object = {}) =>
    ({ status: 'failing', failureEffectiveAt: EFFECTIVE, isOrphaned: false, ...over }) as const;

  it.each([
    ['active', true, null],
    ['active', false, 'nothing_to_fail'],
    ['failing', true, 'already_failing'],
    ['resolving', true, 'already_resolved'],
    ['failed', true, 'already_resolved'],
    ['completed', false, 'already_resolved'],
  ] as const)('%s, with something to forfeit: %s, is announced unless %s', (status, canFail, refusal) => {
    expect(announceRefusal({ status }, canFail)).toBe(refusal);
  });

  it('is called off until it takes effect, not at that time; an orphaned one later as well', () => {
    expect(callOffRefusal(failing(), EFFECTIVE - 1)).toBeNull();
    expect(callOffRefusal(failing(), EFFECTIVE)).toBe('failure_effective');
    expect(callOffRefusal(failing({ isOrphaned: true }), EFFECTIVE + 1)).toBeNull();
    expect(callOffRefusal({ ...failing(), status: 'active' }, 0)).toBe('not_failing');
    for (const status of ['resolving', 'failed', 'completed'] as const)
      expect(callOffRefusal({ ...failing(), status }, 0)).toBe('already_resolved');
  });

  it('is confirmed by another admin when its announcer is none any more, and not before', () => {
    expect(confirmRefusal(failing())).toBe('already_failing');
    expect(confirmRefusal(failing({ isOrphaned: true }))).toBeNull();
    expect(confirmRefusal({ ...failing({ isOrphaned: true }), status: 'resolving' })).toBe(
      'already_resolved',
    );
  });

  it('is shared in by who enrolls before it takes effect', () => {
    expect(enrollRefusal(failing(), EFFECTIVE - 1)).toBeNull();
    expect(enrollRefusal(failing(), EFFECTIVE)).toBe('not_failing');
    for (const status of STATUSES.filter((one) => one !== 'failing'))
      expect(enrollRefusal({ ...failing(), status }, 0)).toBe('not_failing');
  });

  it('T12: takes two admins for thirty days after one was called off', () => {
    const [DAY, CALLED_OFF] = [86_400, 1_000_000];
    expect(needsSecondAdmin(null, CALLED_OFF)).toBe(false);
    expect(needsSecondAdmin(CALLED_OFF, CALLED_OFF + 30 * DAY - 1)).toBe(true);
    expect(needsSecondAdmin(CALLED_OFF, CALLED_OFF + 30 * DAY)).toBe(false);
    expect(isProposal(CALLED_OFF - 1, CALLED_OFF, CALLED_OFF + 1)).toBe(false);
    expect(isProposal(CALLED_OFF, CALLED_OFF, CALLED_OFF + 1)).toBe(true);
    expect(isProposal(CALLED_OFF, CALLED_OFF, CALLED_OFF + 30 * DAY)).toBe(false);
  });
});
