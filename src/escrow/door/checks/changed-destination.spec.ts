import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changedDestination,
  destinationsSigned,
  isChangeable,
} from '#src/escrow/door/acts/changed-destination.js';
import {
  act,
  ALLOWED,
  announced,
  at,
  claim,
  claimOf,
  creation,
  ESCROW,
  evidence,
  failed,
  HEIR,
  ID,
  idOf,
  PERSONAL,
  refused,
  resolved,
  REWARD,
  TREASURY,
  VOTER,
  WALLET,
} from './checks.fake.js';
import { atPresent, destinationsOf } from './payout-checks.js';
import type { Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { PURPOSES } from '#src/escrow/door/facts/purpose.js';

const ADMINS = ['admin', 'other admin', 'third admin'];
const [FIRST, SECOND] = ['first heir', 'second heir'];
const DAY = 24 * 3600;

function change(
  wallet: string,
  destination: string,
  second = 0,
  more: Record<string, string> = {},
): ProvenAct {
  const params = { commitmentId: ID, replaces: HEIR, destination, ...more };
  return { ...act('admin.destination.change', wallet, params), acceptedAt: at(second) };
}
const by = (...acts: ProvenAct[]) => evidence(PERSONAL, { acts: [creation, ...acts], admins: ADMINS });
const changed = (...acts: ProvenAct[]) => changedDestination(by(...acts), HEIR);

describe('R6: a destination that cannot be paid any more', () => {
  it('has another one stand for it when two different admins have signed that, and no less', () => {
    expect(changed()).toBeNull();
    expect(changed(change('admin', FIRST))).toBeNull();
    expect(changed(change('admin', FIRST), change('admin', FIRST, 1))).toBeNull();
    expect(changed(change('admin', FIRST), change('other admin', SECOND, 1))).toBeNull();
    expect(changed(change('admin', FIRST), change('other admin', FIRST, 1))).toBe(FIRST);
  });

  it('counts each word for one agreement: nobody goes back alone to what was agreed before', () => {
    const first = [change('admin', FIRST), change('other admin', FIRST, 1)];
    const second = [change('admin', SECOND, 2), change('other admin', SECOND, 3)];
    expect(changed(...first, ...second)).toBe(SECOND);
    expect(changed(...first, ...second, change('admin', FIRST, 4))).toBe(SECOND);
    expect(changed(...second, ...first)).toBe(SECOND);
    expect(destinationsSigned(by(...first, ...second), HEIR)).toEqual([FIRST, SECOND]);
  });

  it('is none that the terms do not name, and no act about another commitment', () => {
    const other = { replaces: WALLET };
    const acts = [change('admin', FIRST, 0, other), change('other admin', FIRST, 1, other)];
    expect(changedDestination(by(...acts), WALLET)).toBeNull();
    const elsewhere = { commitmentId: 'another' };
    expect(
      changed(change('admin', FIRST, 0, elsewhere), change('other admin', FIRST, 1, elsewhere)),
    ).toBeNull();
    const treasury = { replaces: TREASURY };
    const both = [change('admin', FIRST, 0, treasury), change('other admin', FIRST, 1, treasury)];
    const reward = evidence(REWARD, { acts: both, admins: ADMINS });
    expect([changedDestination(reward, TREASURY), changedDestination(reward, HEIR)]).toEqual([FIRST, null]);
  });

  it('is never an admin, the wallet that has committed, the escrow, or itself', () => {
    for (const address of [...ADMINS, WALLET, ESCROW, HEIR])
      expect(changed(change('admin', address), change('other admin', address, 1)), address).toBeNull();
  });

  it('takes one admin where there is no other, and thirty days', () => {
    const alone = (days: number, admins: readonly string[]) => {
      const acts = [creation, change('admin', FIRST)];
      return changedDestination(evidence(PERSONAL, { acts, admins, readAt: at(days * DAY) }), HEIR);
    };
    expect(alone(30, ['admin'])).toBe(FIRST);
    expect(alone(29.9, ['admin'])).toBeNull();
    expect(alone(30, ['admin', 'other admin'])).toBeNull();
  });

  it('stands for every order of the rows in the table', () => {
    const acts = [
      change('admin', FIRST),
      change('other admin', FIRST, 1),
      change('admin', SECOND, 2),
      change('third admin', SECOND, 3),
    ];
    const orders = fc.shuffledSubarray(acts, { minLength: acts.length });
    const holds = (order: readonly ProvenAct[]) => changed(...order) === SECOND;
    expect(fc.check(fc.property(orders, holds)).failed).toBe(false);
  });
});

describe('R6, T8: the signing door and a changed destination', () => {
  const two = (replaces: string) => [
    change('admin', FIRST, 0, { replaces }),
    change('other admin', FIRST, 1, { replaces }),
  ];
  const paysTo = (purpose: (typeof PURPOSES)[number], destination: string, more: Partial<Evidence>) =>
    refused(purpose, { destination }, { admins: ADMINS, ...more });

  it.each(['personal_failure', 'failure_destination', 'failure_remainder', 'stray_forward'] as const)(
    'lets %s go to what two admins have signed, and to nobody else',
    (purpose) => {
      const { acts } = ALLOWED[purpose][1];
      const signed = [...acts, ...two(HEIR)];
      expect(paysTo(purpose, FIRST, { acts: signed })).toBeNull();
      expect(paysTo(purpose, HEIR, { acts: signed })).toBeNull();
      expect(paysTo(purpose, SECOND, { acts: signed })).toBe('destination');
      expect(paysTo(purpose, FIRST, { acts: [...acts, ...two(HEIR).slice(1)] })).toBe('destination');
      expect(paysTo(purpose, FIRST, { acts, voided: two(HEIR) })).toBe('destination');
    },
  );

  it('changes the treasury’s leg alike, and never what goes to a wallet of its own', () => {
    const { acts } = failed;
    expect(paysTo('failure_treasury', FIRST, { acts: [...acts, ...two(TREASURY)] })).toBeNull();
    expect(paysTo('failure_treasury', FIRST, { acts: [...acts, ...two(HEIR)] })).toBe('destination');
    for (const purpose of PURPOSES)
      expect(isChangeable({ purpose })).toBe([HEIR, TREASURY].includes(ALLOWED[purpose][0].destination));
    const more = { id: idOf('distribution_claim', FIRST), destination: FIRST };
    expect(
      refused('distribution_claim', more, { acts: [creation, announced, claimOf(VOTER), ...two(VOTER)] }),
    ).toBe('claim');
    // After a good end later money belongs to whom it was good for.
    const well = { ...resolved('success', 0), admins: ADMINS };
    const forwarded = evidence(PERSONAL, { ...well, acts: [creation, ...two(HEIR)] });
    expect(destinationsOf(claim('stray_forward', WALLET), forwarded)).toEqual({
      promised: WALLET,
      changed: null,
    });
  });

  it('examines a payout that stands at an earlier one for the present one, and any other as it stands', () => {
    const later = [change('admin', SECOND, 2), change('other admin', SECOND, 3)];
    const acts = [creation, ...two(HEIR), ...later];
    const at_ = (destination: string, more: Partial<Evidence> = {}) =>
      atPresent(claim('personal_failure', destination), evidence(PERSONAL, { acts, admins: ADMINS, ...more }))
        .destination;
    expect([at_(FIRST), at_(SECOND), at_(HEIR), at_('thief')]).toEqual([SECOND, SECOND, HEIR, 'thief']);
    // Without the acts of a revoked admin nothing stands for it any more.
    expect(at_(FIRST, { acts: [creation], voided: two(HEIR) })).toBe(HEIR);
  });
});
