import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ATTEMPT_MOVES,
  ATTEMPT_STATUSES,
  type AttemptStatus,
  fundingRefusal,
  isLive,
  landingMove,
  mayCancel,
  nextStep,
  payableAmount,
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
      'stopped -> pending',
      'stopped -> cancelled',
    ]);
    expect(moves(ATTEMPT_MOVES)).toEqual([
      'prepared -> signed',
      'prepared -> abandoned',
      'signed -> confirmed',
      'signed -> failed',
      'signed -> dead',
      'confirmed -> finalized',
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

  it('M3: an on-chain error is never booked as paid, and ends the attempt only when finalized', () => {
    for (const state of ['processed', 'confirmed'] as const)
      expect(landingMove({ state, failed: true })).toBe('wait');
    expect(landingMove({ state: 'finalized', failed: true })).toBe('book_failed');
    expect(landingMove({ state: 'confirmed', failed: false })).toBe('book_confirmed');
    expect(landingMove({ state: 'finalized', failed: false })).toBe('book_finalized');
    expect(landingMove({ state: 'processed', failed: false })).toBe('wait');
    expect(landingMove({ state: 'absent', failed: false })).toBe('rebroadcast_or_bury');
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

describe('M18: what may be signed', () => {
  const RENT = 890_880n;
  const base = {
    balance: 10_000_000n,
    amount: 9_995_000n,
    fee: 5_000n,
    promisedToOthers: 0n,
    destinationBalance: 0n,
    rentExemptMinimum: RENT,
  };

  it('accepts an escrow that ends empty, or rent-exempt', () => {
    expect(fundingRefusal(base)).toBeNull();
    expect(fundingRefusal({ ...base, amount: base.amount - RENT })).toBeNull();
  });

  it('refuses a rest that the runtime would refuse', () => {
    expect(fundingRefusal({ ...base, amount: base.amount - 1n })).toBe('leaves_dust');
    expect(fundingRefusal({ ...base, amount: base.amount - RENT + 1n })).toBe('leaves_dust');
  });

  it('refuses what the balance does not cover, the fee included', () => {
    expect(fundingRefusal({ ...base, amount: base.amount + 1n })).toBe('underfunded');
    expect(fundingRefusal({ ...base, balance: 0n, amount: 0n })).toBe('underfunded');
    expect(fundingRefusal({ ...base, amount: 5_000_000n, promisedToOthers: 5_000_000n })).toBe('underfunded');
  });

  it('refuses a destination that would stay below the rent minimum', () => {
    const small = { ...base, amount: RENT - 1n };
    expect(fundingRefusal(small)).toBe('destination_below_rent');
    expect(fundingRefusal({ ...small, destinationBalance: 1n })).toBeNull();
  });

  it('refuses a source that its own fee would take below the rent minimum, though it ends empty', () => {
    const small = { ...base, balance: RENT + 4_999n, amount: RENT - 1n, destinationBalance: RENT };
    expect(fundingRefusal(small)).toBe('below_rent_after_fee');
    expect(fundingRefusal({ ...small, balance: RENT + 5_000n, amount: RENT })).toBeNull();
    expect(fundingRefusal({ ...small, balance: RENT - 1n, fee: 0n })).toBeNull();
  });

  it('whatever it accepts, lamports are conserved and both accounts stay valid', () => {
    const lamports = fc.bigInt({ min: 0n, max: 20_000_000n });
    fc.assert(
      fc.property(
        lamports,
        lamports,
        fc.bigInt({ min: 0n, max: 10_000n }),
        lamports,
        lamports,
        (...values) => {
          const [balance, amount, fee, promisedToOthers, destinationBalance] = values;
          const facts = {
            balance,
            amount,
            fee,
            promisedToOthers,
            destinationBalance,
            rentExemptMinimum: RENT,
          };
          if (fundingRefusal(facts) !== null) return;
          const rest = balance - amount - fee;
          expect(rest === 0n || rest >= RENT).toBe(true);
          expect(rest).toBeGreaterThanOrEqual(promisedToOthers);
          expect(destinationBalance + amount).toBeGreaterThanOrEqual(RENT);
          expect(fee === 0n || balance - fee >= RENT).toBe(true);
        },
      ),
    );
  });
});

describe('what a payout pays', () => {
  const others = (promisedToOthers: bigint) => ({ promisedToOthers, rentExemptMinimum: 890_880n });

  it('is what was promised, or for a drain all that nobody else is promised', () => {
    expect(payableAmount('fixed', 100n, 101n, others(0n))).toBe(100n);
    expect(payableAmount('all', 100n, 70n, others(30n))).toBe(70n);
  });

  it.each([
    ['the last share, nothing else there', 100n, 0n, 100n],
    ['the last share, with dust', 101n, 0n, 101n],
    ['the last share, with an amount that can be paid to somebody else', 890_980n, 0n, 100n],
    ['an earlier share, with dust', 101n, 5n, 100n],
    ['a share that is not covered', 99n, 0n, 100n],
  ])('M12: of %s', (_, free, promisedToOthers, amount) => {
    expect(payableAmount('share', 100n, free, others(promisedToOthers))).toBe(amount);
  });
});
