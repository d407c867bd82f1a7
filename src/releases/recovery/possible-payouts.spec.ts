import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { payoutIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { PURPOSES } from '#src/escrow/door/facts/purpose.js';
import { possiblePayouts, recoverable, type RecoverableFacts } from './possible-payouts.js';

const ID = '01a23107-0e40-7667-8a9d-b810c88809e2';
const wallets = fc.uniqueArray(fc.stringMatching(/^[1-9A-HJ-NP-Za-km-z]{44}$/), {
  minLength: 4,
  maxLength: 9,
});
const amounts = fc.bigInt({ min: 1n, max: 10n ** 15n });

const facts: fc.Arbitrary<RecoverableFacts> = fc
  .record({
    kind: fc.constantFrom('personal' as const, 'creator_reward' as const),
    wallets,
    milestones: fc.uniqueArray(fc.record({ id: fc.uuid(), unlockLamports: amounts }), {
      selector: ({ id }) => id,
      maxLength: 12,
    }),
    failed: fc.boolean(),
    amount: amounts,
    forwards: fc.nat({ max: 3 }),
  })
  .map(
    ({ kind, wallets: [wallet = '', destinationOnFail = '', treasury = '', ...owners], failed, ...rest }) => {
      const { milestones, amount, forwards } = rest;
      const shares = owners.map((owner, at) => ({ wallet: owner, round: at % 2, amountLamports: amount }));
      const rounds = [{ round: 1, treasuryLamports: amount }];
      const frozen = { treasuryLamports: amount, destinationLamports: amount, reserveLamports: amount };
      const distribution = failed
        ? { treasury, ...frozen, eligibleWallets: shares.length, earned: [], shares, rounds }
        : null;
      return { commitmentId: ID, kind, wallet, destinationOnFail, milestones, distribution, forwards };
    },
  );

const everybody = ({ wallet, destinationOnFail, distribution }: RecoverableFacts) => [
  wallet,
  destinationOnFail,
  ...(distribution === null ? [] : [distribution.treasury, ...distribution.shares.map((one) => one.wallet)]),
];

describe('the payouts that a commitment can have had', () => {
  it('T9: have the ids that the signing door computes, each once, and pay nobody but those of the terms', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const possible = possiblePayouts(given);
        expect(new Set(possible.map(({ id }) => id)).size).toBe(possible.length);
        for (const { id, purpose, subject, part, destinations } of possible) {
          expect(id).toBe(payoutIdOf({ commitmentId: ID, purpose, subject, part }));
          expect(everybody(given)).toEqual(expect.arrayContaining([...destinations]));
        }
      }),
    );
  });

  it('T9: are all that an engine makes: every purpose is one of some commitment', () => {
    const base = { commitmentId: ID, wallet: 'w', destinationOnFail: 'd', forwards: 0 };
    const milestones = [{ id: ID, unlockLamports: 1n }];
    const shares = [{ wallet: 's', round: 0, amountLamports: 1n }];
    const frozen = { treasuryLamports: 1n, destinationLamports: 1n, reserveLamports: 1n, eligibleWallets: 1 };
    const distribution = { treasury: 't', ...frozen, earned: [], shares, rounds: [] };
    const found = [
      ...possiblePayouts({ ...base, kind: 'personal', milestones: [], distribution: null }),
      ...possiblePayouts({ ...base, kind: 'creator_reward', milestones, distribution }),
    ];
    expect(new Set(found.map(({ purpose }) => purpose))).toEqual(new Set(PURPOSES));
  });

  it('T9: of a lost distribution nothing but releases and forwards can be derived', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const purposes = possiblePayouts({ ...given, kind: 'creator_reward', distribution: null });
        expect(purposes.every(({ purpose }) => /^(milestone_release|stray_forward)$/.test(purpose))).toBe(
          true,
        );
      }),
    );
  });
});

describe('a transaction', () => {
  it('T9: is one of them with the id, the destination and the amount alone', () => {
    fc.assert(
      fc.property(facts, fc.nat(), amounts, fc.uuid(), (given, pick, other, foreign) => {
        const possible = possiblePayouts(given);
        const payout = possible[pick % possible.length] ?? possible[0];
        if (payout === undefined) return;
        const [destination = ''] = payout.destinations;
        const seen = { payoutId: payout.id, destination, lamports: payout.lamports?.to ?? other };
        expect(recoverable(possible, seen, false)).toEqual({ payout });
        expect(recoverable(possible, { ...seen, payoutId: foreign }, true)).toHaveProperty('refusal');
        expect(recoverable(possible, { ...seen, destination: 'x' }, true)).toHaveProperty('refusal');
        if (payout.lamports === null) return;
        const more = { ...seen, lamports: seen.lamports + 1n };
        expect(recoverable(possible, more, false)).toHaveProperty('refusal');
        expect(recoverable(possible, more, true)).toEqual({ payout });
        expect(recoverable(possible, { ...seen, lamports: seen.lamports + 890_880n }, true)).toHaveProperty(
          'refusal',
        );
      }),
    );
  });
});
