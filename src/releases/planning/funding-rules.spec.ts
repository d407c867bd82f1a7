import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Extent, type FundingFacts, fundingRefusal, payableAmount } from './funding-rules.js';

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
  const room = (free: bigint, promisedToOthers: bigint) => ({
    free,
    fee: 0n,
    promisedToOthers,
    destinationBalance: 0n,
    rentExemptMinimum: 890_880n,
    isDusted: false,
  });

  it('is what was promised, or for a drain all that nobody else is promised', () => {
    expect(payableAmount('fixed', 100n, room(2_000_000n, 0n))).toBe(100n);
    expect(payableAmount('all', 100n, room(70n, 30n))).toBe(70n);
  });

  describe('M12, R3: of a fixed payment', () => {
    it.each([
      ['that is the last, nothing else there', 100n, 0n, 100n],
      ['that is the last, with dust', 101n, 0n, 101n],
      ['that is the last, with an amount that can be paid to somebody else', 890_980n, 0n, 100n],
      ['before others, with dust', 101n, 5n, 100n],
      ['that is not covered', 99n, 0n, 100n],
    ])('%s', (_, free, promisedToOthers, amount) => {
      expect(payableAmount('fixed', 100n, room(free, promisedToOthers))).toBe(amount);
    });
  });
});

/** What the runtime says to a transfer: the rules of fees and rent, without any of our own. */
function run(
  world: { readonly source: bigint; readonly destination: bigint },
  { amount, fee }: { readonly amount: bigint; readonly fee: bigint },
  rent: bigint,
): 'rejected' | 'failed' | { readonly source: bigint; readonly destination: bigint } {
  const afterFee = world.source - fee;
  if (fee > 0n && (afterFee < 0n || (afterFee > 0n && afterFee < rent))) return 'rejected';
  const source = afterFee - amount;
  const destination = world.destination + amount;
  if (source < 0n || (source > 0n && source < rent) || destination < rent) return 'failed';
  return { source, destination };
}

describe("R3: a stranger's lamport stops nothing", () => {
  const rent = fc.constantFrom(890_880n, 650_240n);
  const dust = fc.bigInt({ min: 1n, max: 650_239n });
  const fee = fc.constantFrom(0n, 5_000n, 5_060n, 65_000n);
  const lamports = fc.bigInt({ min: 0n, max: 10_000_000n });

  function planned(
    extent: Extent,
    promised: bigint,
    world: { readonly source: bigint; readonly destination: bigint },
    facts: Pick<FundingFacts, 'fee' | 'rentExemptMinimum'>,
    isDusted: boolean,
  ): { readonly amount: bigint; readonly fee: bigint } | null {
    const common = { ...facts, promisedToOthers: 0n, destinationBalance: world.destination };
    const room = { ...common, free: world.source - facts.fee, isDusted };
    const amount = payableAmount(extent, promised, room);
    return fundingRefusal({ ...common, balance: world.source, amount }) === null
      ? { amount, fee: facts.fee }
      : null;
  }

  it('the runtime takes whatever is planned, and a drain that dust has stopped is stopped by no other dust', () => {
    let stopped = 0;
    fc.assert(
      fc.property(
        lamports,
        lamports,
        fee,
        rent,
        dust,
        dust,
        (source, destination, fee, rent, first, second) => {
          const facts = { fee, rentExemptMinimum: rent };
          const plan = planned('all', 0n, { source, destination }, facts, false);
          if (plan === null) return;
          expect(run({ source, destination }, plan, rent)).toEqual({
            source: 0n,
            destination: destination + plan.amount,
          });
          if (run({ source: source + first, destination }, plan, rent) !== 'failed') return;
          // It has cost its fee; the next one leaves the rent minimum behind where there is enough for that.
          const left = { source: source + first - fee, destination };
          const next = planned('all', 0n, left, facts, true);
          if (next === null || next.amount === left.source - fee) return;
          stopped += 1;
          const landed = run({ ...left, source: left.source + second }, next, rent);
          if (typeof landed === 'string') throw new Error(landed);
          const fetch = planned('all', 0n, landed, facts, false);
          if (fetch === null) throw new Error('the rent minimum cannot be fetched');
          expect(run(landed, fetch, rent)).toEqual({
            source: 0n,
            destination: destination + source + first + second - 3n * fee,
          });
        },
      ),
      { numRuns: 2_000 },
    );
    expect(stopped).toBeGreaterThan(100);
  });

  it('the last fixed payment goes through with any dust beside it', () => {
    const amounts = fc.bigInt({ min: 890_880n, max: 10_000_000n });
    fc.assert(
      fc.property(amounts, fee, rent, dust, (amount, fee, rent, extra) => {
        const world = { source: amount + fee + (extra % rent), destination: 0n };
        const plan = planned('fixed', amount, world, { fee, rentExemptMinimum: rent }, false);
        if (plan === null) throw new Error('dust has stopped it');
        expect(plan.amount - amount).toBe(extra % rent);
        expect(run(world, plan, rent)).toEqual({ source: 0n, destination: plan.amount });
      }),
    );
  });
});
