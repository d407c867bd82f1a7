import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Split, type SplitFacts, splitFailure, splitRound, type Weight } from './failure-split.js';
import { fundingRefusal } from '#src/releases/planning/funding-rules.js';

const RENT = 890_880n;
const SOL = 1_000_000_000n;
const U64 = 2n ** 64n - 1n;

const weight = fc.oneof(
  fc.bigInt({ min: 0n, max: 3n }),
  fc.bigInt({ min: 0n, max: 10n ** 12n }),
  fc.bigInt({ min: 0n, max: U64 }),
);
const weightsOf = (maxLength: number) =>
  fc
    .array(weight, { maxLength })
    .map((list) => list.map((weightRaw, index) => ({ wallet: `W${index}`, weightRaw })));
const treasury = fc.option(
  fc.record({
    shareBps: fc.oneof(fc.integer({ min: 0, max: 10_000 }), fc.constantFrom(0, 1, 10_000)),
    balance: fc.constantFrom(0n, 1n, RENT, SOL),
  }),
);
const balance = fc.oneof(
  fc.bigInt({ min: RENT, max: 3n * RENT }),
  fc.bigInt({ min: RENT, max: SOL }),
  fc.bigInt({ min: RENT, max: 2n ** 53n - 1n }),
);
const factsWith = (weights: fc.Arbitrary<Weight[]>) =>
  fc.record<SplitFacts>({
    balance: fc.oneof({ weight: 20, arbitrary: balance }, { weight: 1, arbitrary: fc.constant(0n) }),
    rentExemptMinimum: fc.constant(RENT),
    legFee: fc.constantFrom(0n, 5_000n, 5_600n, 65_000n),
    treasury,
    weights,
    minShare: fc.constantFrom(1n, 100_000n, RENT),
    owed: fc.array(fc.constantFrom(1n, 5_000n, RENT, SOL), { maxLength: 3 }),
  });
const facts = factsWith(weightsOf(12));

const sum = (list: readonly bigint[]) => list.reduce((all, one) => all + one, 0n);
const potOf = ({ shares }: Split) => sum(shares.map(({ amountLamports }) => amountLamports));

function expectExact(given: SplitFacts, split: Split): void {
  const { treasury: taken, pot, destination, fees, reserve, stranded, shares } = split;
  expect(taken + pot + destination + fees + reserve + stranded).toBe(given.balance);
  expect(potOf(split)).toBe(pot);
  const legs = shares.length + [taken, destination, reserve].filter((amount) => amount > 0n).length;
  expect(fees).toBe(given.legFee * BigInt(legs));
  expect(shares.every(({ amountLamports }) => amountLamports >= given.minShare)).toBe(true);
}

describe('the split of a failed commitment', () => {
  it('M11: adds up to the lamport, whatever the weights', () => {
    fc.assert(
      fc.property(facts, (given) => expectExact(given, splitFailure(given))),
      { numRuns: 3_000 },
    );
  });

  it('M12: of up to 5,000 voters adds up too, and pays each one what the others leave', () => {
    const many = factsWith(
      fc
        .tuple(fc.integer({ min: 1, max: 5_000 }), fc.array(weight, { minLength: 1, maxLength: 50 }))
        .map(([count, pattern]) =>
          Array.from({ length: count }, (_, index) => ({
            wallet: `W${index}`,
            weightRaw: pattern[index % pattern.length] ?? 0n,
          })),
        ),
    );
    fc.assert(
      fc.property(many, (given) => expectExact(given, splitFailure(given))),
      { numRuns: 60 },
    );
  });

  it('M12, M18: every transfer is accepted in any order, and the last one leaves nothing', () => {
    fc.assert(
      fc.property(facts, fc.infiniteStream(fc.nat()), (given, order) => {
        const split = splitFailure(given);
        const open = [
          split.treasury,
          split.destination,
          ...split.shares.map((share) => share.amountLamports),
        ].filter((amount) => amount > 0n);
        // Less than an account can hold, owed beside nothing that could be moved: only later money moves that.
        const isSmall = given.owed.some((amount) => amount < RENT);
        expect(split.reserve > 0n || !isSmall || split.stranded === given.balance).toBe(true);
        if (split.reserve === 0n && isSmall) return;
        open.push(...given.owed);
        // What is stranded goes along with the last one of them.
        let held =
          given.balance - split.stranded + sum(given.owed) + given.legFee * BigInt(given.owed.length);
        const pay = (amount: bigint, promisedToOthers: bigint) => {
          const refusal = fundingRefusal({
            balance: held,
            amount,
            fee: given.legFee,
            promisedToOthers,
            destinationBalance: RENT,
            rentExemptMinimum: RENT,
          });
          expect(refusal).toBeNull();
          held -= amount + given.legFee;
        };
        const reserved = split.reserve > 0n ? split.reserve + given.legFee : 0n;
        while (open.length > 0) {
          const [amount = 0n] = open.splice((order.next().value ?? 0) % open.length, 1);
          pay(amount, sum(open) + given.legFee * BigInt(open.length) + reserved);
        }
        if (split.reserve > 0n) pay(split.reserve, 0n);
        expect(held).toBe(0n);
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives more weight never less, and no weight nothing', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { shares, pot } = splitFailure(given);
        const byWallet = new Map(shares.map(({ wallet, amountLamports }) => [wallet, amountLamports]));
        const pairs = given.weights.map((one) => ({ ...one, share: byWallet.get(one.wallet) ?? 0n }));
        expect(pairs.filter(({ weightRaw, share }) => weightRaw === 0n && share > 0n)).toEqual([]);
        for (const one of pairs) {
          const less = pairs.filter((other) => other.weightRaw > one.weightRaw && other.share < one.share);
          expect(less).toEqual([]);
        }
        const whole = sum(shares.map(({ weightRaw }) => weightRaw));
        for (const { weightRaw, amountLamports } of shares) {
          const off = amountLamports * whole - pot * weightRaw;
          expect(off < whole && off > -whole).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('R1: gives whoever held h of all H the floor or the ceiling of its part of the pot', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { shares, pot } = splitFailure(given);
        const whole = sum(shares.map(({ weightRaw }) => weightRaw));
        for (const { weightRaw, amountLamports } of shares) {
          const floor = (pot * weightRaw) / whole;
          expect(amountLamports === floor || amountLamports === floor + 1n).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('R1: gives two wallets of one owner what one of them would get, but for a lamport a wallet', () => {
    const holders = fc.array(fc.bigInt({ min: 1n, max: U64 / 16n }), { minLength: 1, maxLength: 8 });
    const own = fc.tuple(fc.bigInt({ min: 1n, max: U64 / 4n }), fc.bigInt({ min: 1n, max: U64 / 4n }));
    const some = { rentExemptMinimum: 1n, legFee: 0n, treasury: null, minShare: 1n, owed: [] };
    const ofOwner = ({ shares }: Split) =>
      sum(shares.filter(({ wallet }) => wallet.startsWith('own')).map((one) => one.amountLamports));
    fc.assert(
      fc.property(holders, own, balance, (others, [one, two], held) => {
        const weights = others.map((weightRaw, index) => ({ wallet: `W${index}`, weightRaw }));
        const facts_ = { ...some, balance: held };
        const alone = ofOwner(
          splitFailure({ ...facts_, weights: [...weights, { wallet: 'own', weightRaw: one + two }] }),
        );
        const both = ofOwner(
          splitFailure({
            ...facts_,
            weights: [...weights, { wallet: 'own 1', weightRaw: one }, { wallet: 'own 2', weightRaw: two }],
          }),
        );
        const off = alone - both;
        expect(off <= 2n && off >= -2n).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('does not depend on the order of the votes', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const turned = { ...given, weights: given.weights.toReversed() };
        expect(splitFailure(turned)).toEqual(splitFailure(given));
      }),
    );
  });

  it('M13: gives the treasury no more than its frozen part, and destinationOnFail what nobody earned', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const { treasury: taken, pot, destination, reserve, stranded } = splitFailure(given);
        expect(taken * 10_000n).toBeLessThanOrEqual(given.balance * BigInt(given.treasury?.shareBps ?? 0));
        const hasVoters = given.weights.some(({ weightRaw }) => weightRaw > 0n);
        expect(pot === 0n || hasVoters).toBe(true);
        // What is not split goes to destinationOnFail and to nobody else.
        const isAllTreasury = given.treasury?.shareBps === 10_000;
        const isNothing = given.balance === stranded;
        expect(pot > 0n || isNothing || isAllTreasury || destination + reserve > 0n).toBe(true);
        expect(pot === 0n || (destination === 0n && (reserve === 0n || reserve === RENT))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the split in numbers', () => {
  const voters = (...weights: bigint[]) =>
    weights.map((weightRaw, index) => ({ wallet: `W${index}`, weightRaw }));
  const split = (given: Partial<SplitFacts>) =>
    splitFailure({
      balance: SOL,
      rentExemptMinimum: RENT,
      legFee: 0n,
      treasury: null,
      weights: [],
      minShare: 1n,
      owed: [],
      ...given,
    });
  const amounts = ({ shares }: Split) => shares.map(({ wallet, amountLamports }) => [wallet, amountLamports]);

  it('takes the fees of all legs off before it splits', () => {
    const done = split({
      legFee: 5_000n,
      treasury: { shareBps: 1_000, balance: 0n },
      weights: voters(1n, 3n),
    });
    expect(done).toMatchObject({ fees: 15_000n, treasury: 99_998_500n, pot: 899_986_500n, reserve: 0n });
    expect(amounts(done)).toEqual([
      ['W1', 674_989_875n],
      ['W0', 224_996_625n],
    ]);
  });

  it('sets a reserve aside only where a leg below the rent minimum could leave too little behind', () => {
    expect(split({ weights: voters(1n, 999n) })).toMatchObject({ reserve: 0n, pot: SOL });
    const small = split({ weights: voters(1n, 9_999n) });
    expect(small).toMatchObject({ reserve: RENT, pot: SOL - RENT, fees: 0n });
    expect(split({ legFee: 5_000n, weights: voters(1n, 9_999n) })).toMatchObject({
      reserve: RENT,
      fees: 15_000n,
      pot: SOL - RENT - 15_000n,
    });
  });

  it('gives the treasury nothing that its account could not hold', () => {
    const tiny = { shareBps: 1, balance: 0n };
    expect(split({ treasury: tiny, weights: voters(1n) })).toMatchObject({ treasury: 0n, pot: SOL });
    expect(split({ treasury: { ...tiny, balance: RENT }, weights: voters(1n) })).toMatchObject({
      treasury: (SOL - RENT) / 10_000n,
      reserve: RENT,
    });
  });

  it('pays all to destinationOnFail where nobody has voted', () => {
    expect(split({ legFee: 5_000n })).toMatchObject({ destination: SOL - 5_000n, fees: 5_000n });
    expect(split({ treasury: { shareBps: 2_500, balance: 0n } })).toMatchObject({
      treasury: SOL / 4n,
      destination: (3n * SOL) / 4n,
    });
    expect(split({ treasury: { shareBps: 10_000, balance: 0n } })).toMatchObject({
      treasury: SOL,
      destination: 0n,
    });
  });

  it('drops who would get nothing, and splits that fee among the others', () => {
    const done = split({ legFee: 5_000n, weights: voters(1n, 10n ** 18n, 10n ** 18n) });
    expect(done).toMatchObject({ fees: 10_000n, pot: SOL - 10_000n });
    expect(amounts(done)).toEqual([
      ['W1', SOL / 2n - 5_000n],
      ['W2', SOL / 2n - 5_000n],
    ]);
  });

  it('drops who would get less than the smallest share, and splits its part among the others', () => {
    const weights = voters(1n, 4_999n, 5_000n);
    expect(amounts(split({ weights, minShare: 99_000n }))).toHaveLength(3);
    expect(amounts(split({ weights, minShare: 100_001n }))).toEqual([
      ['W2', 500_050_005n],
      ['W1', 499_949_995n],
    ]);
  });

  it('keeps the escrow rent-exempt until what is owed beside it has left, where that is small', () => {
    expect(split({ weights: voters(1n), owed: [RENT] })).toMatchObject({ pot: SOL, reserve: 0n });
    expect(split({ weights: voters(1n), owed: [RENT - 1n] })).toMatchObject({
      pot: SOL - RENT,
      reserve: RENT,
    });
    expect(split({ owed: [1n] })).toMatchObject({ destination: 0n, reserve: SOL });
  });

  it('leaves what cannot be moved, and of nothing makes nothing', () => {
    expect(split({ balance: RENT + 4_999n, legFee: 5_000n, weights: voters(1n) })).toEqual({
      treasury: 0n,
      pot: 0n,
      destination: 0n,
      fees: 0n,
      reserve: 0n,
      stranded: RENT + 4_999n,
      shares: [],
    });
    expect(split({ balance: 0n })).toMatchObject({ stranded: 0n, shares: [] });
  });
});

describe('T12: the split of later money', () => {
  const rounds = fc.record({ facts, promised: fc.bigInt({ min: 0n, max: 2n * SOL }) });

  it('adds up, keeps what is promised and a rent minimum, and gives whoever holds h of H the floor or the ceiling of h/H', () => {
    let shared = 0;
    fc.assert(
      fc.property(rounds, ({ facts: given, promised }) => {
        const split = splitRound({ ...given, promised }, SOL);
        if (split === null) return;
        shared += 1;
        expect(split.kept).toBe(promised + RENT);
        expect(split.kept + split.treasury + split.pot + split.fees).toBe(given.balance);
        expect(sum(split.shares.map(({ amountLamports }) => amountLamports))).toBe(split.pot);
        expect(split.fees).toBe(given.legFee * BigInt(split.shares.length + (split.treasury > 0n ? 1 : 0)));
        const whole = sum(split.shares.map(({ weightRaw }) => weightRaw));
        for (const { weightRaw, amountLamports } of split.shares) {
          const floor = (split.pot * weightRaw) / whole;
          expect([floor, floor + 1n]).toContain(amountLamports);
          expect(amountLamports).toBeGreaterThanOrEqual(given.minShare);
        }
      }),
      { numRuns: 2_000 },
    );
    expect(shared).toBeGreaterThan(100);
  });

  it('waits for more than the threshold beyond what is promised', () => {
    const given = { rentExemptMinimum: RENT, legFee: 5_000n, treasury: null, minShare: 1n, promised: 7n };
    const weights = [{ wallet: 'W', weightRaw: 1n }];
    expect(splitRound({ ...given, weights, balance: SOL + 7n }, SOL)).toBeNull();
    expect(splitRound({ ...given, weights, balance: SOL + 8n }, SOL)?.pot).toBe(SOL + 1n - RENT - 5_000n);
    expect(splitRound({ ...given, weights: [], balance: 9n * SOL }, SOL)).toBeNull();
  });
});
