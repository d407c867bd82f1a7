import { describe, expect, it } from 'vitest';
import { transferRefusal } from '#src/escrow/door/message-rules.js';
import { type Evidence } from '#src/escrow/door/facts/evidence.js';
import { type Purpose } from '#src/escrow/door/facts/purpose.js';
import { refusalOf } from './checks/checks.js';
import {
  ALLOWED,
  distribution,
  ESCROW,
  idOf,
  MILESTONE,
  OTHER_VOTER,
  paidLegs,
  THIEF,
  VOTER,
} from './checks/checks.fake.js';

describe('the bytes that are signed', () => {
  const LIMITS = { feePayer: 'payer', computeUnitLimit: 60_000, mostFee: 10_000n };
  const LIMIT = { computeUnitLimit: 60_000, computeUnitPriceMicroLamports: 0n };
  const NOBODY = { potLamports: 0n, eligibleWallets: 0 };
  const nobody = { distribution: { distribution: { ...distribution.distribution, ...NOBODY }, shares: [] } };
  function message(
    purpose: Purpose,
    lamports: bigint,
    more: object = {},
    balance = 1_000n,
    fee = 0n,
    known: Partial<Evidence> = {},
  ) {
    const [allowed, evidenced] = ALLOWED[purpose];
    const plan = {
      source: allowed.source,
      destination: allowed.destination,
      lamports,
      memo: allowed.id,
      feePayer: 'payer',
      blockhash: 'hash',
      computeUnitLimit: 60_000,
      computeUnitPriceMicroLamports: 0n,
      ...more,
    };
    const effect = { lamports, feeLamports: fee, sourceBalance: balance };
    return transferRefusal(allowed, { ...evidenced, ...known }, plan, effect, fee, LIMITS)?.reason ?? null;
  }

  it('T8: say what the payout says, cost no more than the cap and come out of the balance', () => {
    expect(message('personal_success', 1_000n)).toBeNull();
    expect(message('personal_success', 900n, { feePayer: ESCROW }, 1_000n, 100n)).toBeNull();
    for (const field of ['source', 'destination', 'memo', 'feePayer'])
      expect(message('personal_success', 1_000n, { [field]: THIEF })).toContain(THIEF);
    expect(message('personal_success', 1n, { computeUnitLimit: 1 })).toContain('unit limit');
    expect(message('personal_success', 1n, {}, 20_000n, 10_001n)).toContain('above');
    expect(message('personal_success', 1_001n)).toContain('do not come out of');
    expect(message('personal_success', 0n)).toContain('do not come out of');
  });

  it('T8: pay amounts to the lamport, and leave what others are promised', () => {
    expect(message('milestone_release', 500n)).toBeNull();
    expect(message('milestone_release', 501n)).toContain('500 are promised');
    expect(message('milestone_release', 499n)).toContain('500 are promised');
    expect(message('failure_treasury', 90n)).toBeNull();
    expect(message('failure_treasury', 91n)).toContain('90 are promised');
    expect(message('distribution_claim', 600n)).toBeNull();
    expect(message('distribution_claim', 601n)).toContain('600 are promised');
    expect(message('distribution_claim', 601n, {}, 601n)).toContain('promised to others');
    expect(message('distribution_claim', 599n)).toContain('600 are promised');
    expect(message('distribution_claim', 700n)).toContain('600 are promised');
    // What was earned before a failure is paid as it was frozen, or filled up by what came later.
    const owing = (amountLamports: bigint) => ({
      distribution: {
        ...distribution,
        distribution: {
          ...distribution.distribution,
          earned: [{ milestoneId: MILESTONE, position: 1, amountLamports }],
        },
      },
    });
    const releaseOf = (lamports: bigint, amount: bigint, balance = 2_000n) =>
      message('milestone_release', lamports, {}, balance, 0n, owing(amount));
    expect(releaseOf(500n, 500n)).toBeNull();
    expect(releaseOf(499n, 500n)).toContain('500 are promised');
    expect(releaseOf(300n, 300n)).toBeNull();
    expect(releaseOf(400n, 300n)).toBeNull();
    expect(releaseOf(299n, 300n)).toContain('500 are promised');
    expect(releaseOf(400n, 300n, 1_300n)).toContain('promised to others');
    expect(message('milestone_release', 500n, {}, 2_000n, 0n, { distribution })).toContain('not earned');
    // The treasury's part and the reserve are 200 together: only what is above them is stray.
    expect(message('stray_forward', 5n, {}, 205n, 0n, nobody)).toBeNull();
    expect(message('stray_forward', 6n, {}, 205n, 0n, nobody)).toContain('promised to others');
    // What was earned and not covered is filled up before anything is stray: of 500 only 300 were there.
    const owed = { distribution: { ...owing(300n).distribution.distribution, ...NOBODY } };
    const uncovered = (balance: bigint) =>
      message('stray_forward', 5n, {}, balance, 0n, { distribution: { ...owed, shares: [] } });
    expect([uncovered(705n), uncovered(704n)]).toEqual([null, expect.stringContaining('promised to others')]);
    expect(message('failure_remainder', 110n, {}, 110n)).toBeNull();
  });

  it('T12: pay destinationOnFail what was frozen for it, and no later money of the holders', () => {
    const later = 3_000_000_000n;
    const remainder = (lamports: bigint, balance: bigint, known: Partial<Evidence> = {}) =>
      message('failure_remainder', lamports, {}, balance, 0n, { ...paidOut, ...known });
    const paidOut = { paid: paidLegs };
    expect(remainder(110n, later)).toBeNull();
    expect(remainder(later, later)).toContain('110 are promised');
    expect(remainder(111n, later)).toContain('110 are promised');
    // Dust that could not stay behind alone.
    expect(remainder(111n, 111n)).toBeNull();
    // Somebody had a weight, and the pot was too small for a share.
    const ofFrozen = (eligibleWallets: number) => ({
      distribution: {
        distribution: {
          ...distribution.distribution,
          potLamports: 0n,
          destinationLamports: 30n,
          eligibleWallets,
        },
        shares: [],
      },
    });
    const left = (lamports: bigint, eligible: number) =>
      message('failure_destination', lamports, {}, later + 230n, 0n, ofFrozen(eligible));
    expect([left(30n, 1), left(later + 30n, 0)]).toEqual([null, null]);
    expect(left(later + 30n, 1)).toContain('30 are promised');
    const whole = { distribution: { ...ofFrozen(0).distribution } };
    expect(remainder(later, later, whole)).toContain('promised to others');
    expect(remainder(later, later + 30n, whole)).toBeNull();
  });

  it('T12: forward nothing past the holders who share in the failure', () => {
    const forward = (lamports: bigint, known: Partial<Evidence> = {}) =>
      message('stray_forward', lamports, {}, 5_000n, 0n, known);
    expect(forward(1n)).toContain('belongs to the holders');
    // Where nobody was eligible it is for destinationOnFail.
    expect(forward(4_000n, nobody)).toBeNull();
  });

  it('T12: pay the shares of a round as it was frozen, and leave those of all rounds to others', () => {
    const rounds = [
      {
        round: {
          ...distribution.distribution,
          round: 1,
          keptLamports: 0n,
          treasuryLamports: 40n,
          potLamports: 400n,
        },
        shares: [
          { wallet: VOTER, weightRaw: 3n, amountLamports: 300n },
          { wallet: OTHER_VOTER, weightRaw: 1n, amountLamports: 100n },
        ],
      },
    ];
    const [first, evidenced] = ALLOWED['distribution_claim'];
    const ofRound = { ...first, part: 1, id: idOf('distribution_claim', VOTER, 1) };
    expect(refusalOf(ofRound, { ...evidenced, rounds })).toBeNull();
    expect(refusalOf(ofRound, evidenced)?.check).toBe('round');
    expect(
      refusalOf({ ...ofRound, part: 2, id: idOf('distribution_claim', VOTER, 2) }, { ...evidenced, rounds })
        ?.check,
    ).toBe('round');
    const [round] = rounds;
    const greedy = [{ ...round, round: { ...round?.round, potLamports: 401n } }] as typeof rounds;
    expect(refusalOf(ofRound, { ...evidenced, rounds: greedy })?.check).toBe('round');
    const treasury = { ...ALLOWED['failure_treasury'][0], part: 1, id: idOf('failure_treasury', null, 1) };
    const most = [{ ...round, round: { ...round?.round, treasuryLamports: 101n } }] as typeof rounds;
    expect(refusalOf(treasury, { ...evidenced, rounds })).toBeNull();
    expect(refusalOf(treasury, { ...evidenced, rounds: most })?.check).toBe('round');
    const of = (lamports: bigint, balance: bigint, claim = ofRound) => {
      const plan = { ...claim, lamports, memo: claim.id, feePayer: 'payer', blockhash: 'h', ...LIMIT };
      const effect = { lamports, feeLamports: 0n, sourceBalance: balance };
      return transferRefusal(claim, { ...evidenced, rounds }, plan, effect, 0n, LIMITS)?.reason ?? null;
    };
    expect([of(300n, 5_000n), of(40n, 5_000n, treasury)]).toEqual([null, null]);
    expect(of(600n, 5_000n)).toContain('300 are promised');
    // Of everything but its own 300: 1,000 of the failure, 140 of the round.
    expect(of(301n, 301n)).toContain('1140 are promised to others');
    expect(message('distribution_claim', 601n, {}, 601n, 0n, { rounds })).toContain('promised to others');
  });
});
