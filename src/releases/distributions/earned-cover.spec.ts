import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverEarned } from './earned-cover.js';

const RENT = 890_880n;
const SOL = 1_000_000_000n;
const FEE = 5_600n;
const earned = (...amounts: bigint[]) =>
  amounts.map((unlockLamports, index) => ({ milestoneId: `M${index}`, unlockLamports }));
const cover = (balance: bigint, ...amounts: bigint[]) =>
  coverEarned(earned(...amounts), { balance, legFee: FEE, rentExemptMinimum: RENT });
const paid = ({ milestones }: ReturnType<typeof cover>) =>
  milestones.map(({ amountLamports }) => amountLamports);

describe('what was earned before a failure', () => {
  it('comes first, each with its fee; the rest is for the others', () => {
    const done = cover(5n * SOL, SOL, 2n * SOL);
    expect(paid(done)).toEqual([SOL, 2n * SOL]);
    expect(done).toMatchObject({ fees: 2n * FEE, left: 2n * SOL - 2n * FEE, stranded: 0n });
  });

  it('T12: is covered in order; the first that is not gets what is left after its fee, later ones nothing', () => {
    const done = cover(SOL + SOL / 2n, SOL, SOL, 1n);
    expect(paid(done)).toEqual([SOL, SOL / 2n - 2n * FEE, 0n]);
    expect(done).toMatchObject({ fees: 2n * FEE, left: 0n, stranded: 0n });
  });

  it('leaves too little to stand alone to whoever is paid last', () => {
    const done = cover(SOL + RENT, SOL, SOL);
    expect(paid(done)).toEqual([SOL, 0n]);
    expect(done).toMatchObject({ fees: FEE, left: 0n, stranded: RENT - FEE });
  });

  it('adds up to the lamport, and nobody else gets anything before all of it is covered', () => {
    const amount = fc.bigInt({ min: 1n, max: 4n * SOL });
    const given = fc.tuple(fc.bigInt({ min: 0n, max: 10n * SOL }), fc.array(amount, { maxLength: 6 }));
    fc.assert(
      fc.property(given, ([balance, amounts]) => {
        const { milestones, fees, left, stranded } = cover(balance, ...amounts);
        const sum = milestones.reduce((all, { amountLamports }) => all + amountLamports, 0n);
        expect(sum + fees + left + stranded).toBe(balance);
        const isCovered = milestones.every(({ amountLamports }, index) => amountLamports === amounts[index]);
        expect(left === 0n || isCovered).toBe(true);
        const short = milestones.findIndex(({ amountLamports }, index) => amountLamports !== amounts[index]);
        if (short === -1) return;
        expect(milestones.slice(short + 1).every(({ amountLamports }) => amountLamports === 0n)).toBe(true);
        expect(stranded).toBeLessThan(RENT + FEE);
      }),
      { numRuns: 2_000 },
    );
  });
});
