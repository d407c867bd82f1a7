import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTEMPT_MOVES,
  ATTEMPT_STATUSES,
  type AttemptStatus,
  isLive,
  mayCancel,
  nextStep,
  PAYOUT_MOVES,
  PAYOUT_STATUSES,
  statusAfterFailure,
} from './payout.js';

const moves = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table).flatMap(([from, targets]) => targets.map((to) => `${from} -> ${to}`));

describe('payout states', () => {
  it('allows exactly the documented moves', () => {
    expect(moves(PAYOUT_MOVES)).toEqual([
      'pending -> in_flight',
      'pending -> cancelled',
      'in_flight -> pending',
      'in_flight -> confirmed',
      'in_flight -> stopped',
      'confirmed -> finalized',
      'confirmed -> pending',
      'stopped -> pending',
      'stopped -> cancelled',
      'cancelled -> pending',
    ]);
    expect(moves(ATTEMPT_MOVES)).toEqual([
      'prepared -> signed',
      'prepared -> abandoned',
      'signed -> confirmed',
      'signed -> failed',
      'signed -> dead',
      'confirmed -> finalized',
      'confirmed -> dead',
      'dead -> confirmed',
    ]);
  });

  it('never signs a second attempt while one is alive, paid, or being paid', () => {
    for (const payout of PAYOUT_STATUSES) {
      for (const attempt of ATTEMPT_STATUSES.filter(isLive))
        expect(nextStep(payout, attempt)).not.toBe('prepare');
    }
    expect(PAYOUT_STATUSES.filter((payout) => nextStep(payout, null) === 'prepare')).toEqual(['pending']);
  });

  it('has one step for every state that is not at rest', () => {
    expect(nextStep('in_flight', 'prepared')).toBe('sign');
    expect(nextStep('in_flight', 'signed')).toBe('land');
    expect(nextStep('confirmed', 'confirmed')).toBe('finalize');
    for (const payout of ['finalized', 'stopped', 'cancelled'] as const)
      expect(nextStep(payout, null)).toBe('rest');
  });

  it('M5: gives up only what cannot land any more', () => {
    const cancellable = PAYOUT_STATUSES.filter((payout) => mayCancel(payout, null));
    expect(cancellable).toEqual(['pending', 'stopped']);
    for (const attempt of ATTEMPT_STATUSES.filter(isLive)) {
      expect(PAYOUT_STATUSES.some((payout) => mayCancel(payout, attempt))).toBe(false);
    }
  });

  it('stops for a person after the third failure in a row', () => {
    expect([1, 2, 3, 4].map(statusAfterFailure)).toEqual(['pending', 'pending', 'stopped', 'stopped']);
  });

  it('pays at most once whatever order of chain answers, deaths and restarts is met', () => {
    const event = fc.constantFrom('prepare', 'sign', 'confirm', 'finalize', 'fail', 'die', 'abandon');
    const target: Record<string, AttemptStatus> = {
      sign: 'signed',
      confirm: 'confirmed',
      finalize: 'finalized',
      fail: 'failed',
      die: 'dead',
      abandon: 'abandoned',
    };
    fc.assert(
      fc.property(fc.array(event, { maxLength: 60 }), (events) => {
        const attempts: AttemptStatus[] = [];
        for (const name of events) {
          const live = attempts.findIndex(isLive);
          if (name === 'prepare') {
            if (live === -1) attempts.push('prepared');
            continue;
          }
          const from = attempts[live];
          const to = target[name];
          if (from !== undefined && to !== undefined && ATTEMPT_MOVES[from].includes(to)) attempts[live] = to;
        }
        expect(attempts.filter(isLive).length).toBeLessThanOrEqual(1);
        expect(
          attempts.filter((status) => ['confirmed', 'finalized'].includes(status)).length,
        ).toBeLessThanOrEqual(1);
      }),
    );
  });
});
