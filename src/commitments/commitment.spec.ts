import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ALLOWED_MOVES,
  attestRefusal,
  failureRefusal,
  isFinal,
  KINDS,
  mayMove,
  outcomeOf,
  type PersonalFacts,
  STATUSES,
  successRefusal,
} from './commitment.js';

const DEADLINE = 1_000_000;
const WINDOW = 500;
const facts = (over: Partial<PersonalFacts> = {}): PersonalFacts => ({
  status: 'active',
  deadline: DEADLINE,
  decisionWindowSeconds: WINDOW,
  attestedAt: null,
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
      'creator_reward: active -> resolving',
      'creator_reward: active -> completed',
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
    expect(failureRefusal(attested, DEADLINE + WINDOW + 1)).toBeNull();
  });

  it('at no moment allows success and failure of the same commitment, and always one of them in the end', () => {
    const attestation = fc.option(fc.integer({ min: 0, max: DEADLINE - 1 }));
    fc.assert(
      fc.property(
        attestation,
        fc.nat(2 * DEADLINE),
        fc.nat(10_000),
        (attestedAt, now, decisionWindowSeconds) => {
          const some = facts({ attestedAt, decisionWindowSeconds });
          expect(successRefusal(some, now) === null && failureRefusal(some, now) === null).toBe(false);
          expect(failureRefusal(some, DEADLINE + decisionWindowSeconds + 1)).toBeNull();
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
