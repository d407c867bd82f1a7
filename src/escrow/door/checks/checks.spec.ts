import { describe, expect, it } from 'vitest';
import { CHECKS, refusalOf } from './checks.js';
import { commitmentRefusal } from './commitment-checks.js';
import { milestoneIdOf } from '#src/escrow/door/facts/derived-ids.js';
import { fetchesRent, PURPOSES, roundOf } from '#src/escrow/door/facts/purpose.js';
import { type Evidence, type ProvenAct } from '#src/escrow/door/facts/evidence.js';
import {
  ID,
  at,
  MILESTONE,
  PERSONAL,
  REWARD,
  act,
  creation,
  attestation,
  adminOf,
  succeed,
  fail,
  filedAt,
  withdrawnAt,
  forward,
  claimOf,
  SHARES,
  idOf,
  evidence,
  claim,
  unlock,
  distribution,
  resolved,
  announced,
  paidLegs,
  ALLOWED,
  refused,
  WALLET,
  HEIR,
  THIEF,
  VOTER,
} from './checks.fake.js';

describe('the signing door', () => {
  it.each(PURPOSES)('allows %s with its evidence', (purpose) => {
    expect(refused(purpose, {})).toBeNull();
  });

  it.each(PURPOSES)('T8: refuses %s that anything common does not fit', (purpose) => {
    expect(refused(purpose, { source: THIEF })).toBe('binding');
    expect(refused(purpose, {}, { acts: [] })).toBe('creation');
    expect(refused(purpose, {}, { termsHash: 'other terms' })).toBe('creation');
    expect(refused(purpose, {}, { messageHash: 'other message' })).toBe('creation');
    const thiefs = act('commitment.create', THIEF, { termsHash: 'terms' });
    expect(refused(purpose, {}, { acts: [thiefs] })).toBe('creation');
    expect(refused(purpose, { id: ID })).toBe('payout_id');
    const flags = {
      isBound: 'binding',
      knowsActs: 'acts',
      isDecided: 'decision',
      knowsAttempts: 'attempts',
      knowsPauses: 'pauses',
    };
    for (const [flag, by] of Object.entries(flags)) expect(refused(purpose, {}, { [flag]: false })).toBe(by);
  });

  it('T16: an act that a revocation has voided counts only when another admin confirms the payout', () => {
    const acts = [creation, attestation];
    const voided = [succeed];
    const retry = (wallet: string, payoutId: string) =>
      act('admin.payout.retry', wallet, { commitmentId: ID, payoutId });
    const [{ id }] = ALLOWED.personal_success;
    const with_ = (...more: ProvenAct[]) =>
      refused('personal_success', {}, { voided, acts: [...acts, ...more] });
    expect(with_()).toBe('admin');
    expect(with_(retry('admin', id))).toBe('admin');
    expect(with_(retry('other admin', ID))).toBe('admin');
    expect(with_(retry('other admin', id))).toBeNull();
    // A confirmation alone decides nothing.
    const alone = { voided: [], acts: [...acts, retry('other admin', id)] };
    expect(refused('personal_success', {}, alone)).toBe('admin');
  });

  it('R3, T8: a second payout of the same thing has no id that fits', () => {
    for (const purpose of PURPOSES) {
      const id = idOf(purpose, ALLOWED[purpose][0].subjectId, 7);
      expect(refused(purpose, { id })).toBe('payout_id');
    }
    for (const purpose of PURPOSES.filter((one) => one !== 'stray_forward')) {
      const [{ subjectId, destination }, { paid }] = ALLOWED[purpose];
      const subject = purpose === 'distribution_claim' ? destination : subjectId;
      const nth = (part: number) => ({ id: idOf(purpose, subject, part), part });
      // Later money is paid in rounds, and only in those that were frozen.
      const no = roundOf({ purpose, part: 1 }) > 0 ? 'round' : 'payout_id';
      expect(refused(purpose, nth(7))).toBe(no);
      // Part 1 fetches what part 0, once it has landed, has left behind: for drains alone.
      expect(refused(purpose, nth(1))).toBe(no);
      const landed = { paid: new Set([...paid, nth(0).id]) };
      expect(refused(purpose, nth(1), landed)).toBe(fetchesRent({ purpose, part: 1 }) ? null : no);
    }
  });

  it.each(PURPOSES.filter((purpose) => purpose !== 'distribution_claim'))(
    'T8: pays %s to nobody but whom the signed terms name',
    (purpose) => {
      expect(refused(purpose, { destination: THIEF })).toBe('destination');
    },
  );

  it('asks a success for an attestation in time and a decision in the window', () => {
    const late = act('commitment.attest', WALLET, { commitmentId: ID }, at(0));
    const stranger = act('commitment.attest', THIEF, { commitmentId: ID }, at(-10));
    const timeless = act('commitment.attest', WALLET, { commitmentId: ID });
    for (const acts of [[], [late], [stranger], [timeless]])
      expect(refused('personal_success', {}, { acts: [creation, succeed, ...acts] })).toBe('success');
    for (const decided of [resolved('failure', 50), { resolution: null }])
      expect(refused('personal_success', {}, decided)).toBe('success');
  });

  it('asks a failure for a passed deadline, and with an attestation for a passed window', () => {
    expect(refused('personal_failure', {}, resolved('failure', -1))).toBe('failure');
    expect(refused('personal_failure', {}, resolved('success', 1))).toBe('failure');
    expect(refused('personal_failure', {}, { resolution: null })).toBe('failure');
    const attested = { acts: [creation, attestation, filedAt(50)] };
    expect(refused('personal_failure', {}, { ...resolved('failure', 100), ...attested })).toBe('failure');
    expect(refused('personal_failure', {}, { ...resolved('failure', 101), ...attested })).toBeNull();
    for (const acts of [[filedAt(-1)], [filedAt(101)], [fail], [filedAt(10), withdrawnAt(20)]])
      expect(
        refused(
          'personal_failure',
          {},
          {
            ...resolved('failure', 101),
            acts: [creation, attestation, ...acts],
          },
        ),
      ).toBe('failure');
  });

  it('R4: refunds an attested commitment after its window without an admin, unless a failure was filed', () => {
    const after = resolved('success', 101);
    const outcome = (...acts: ProvenAct[]) =>
      refused('personal_success', {}, { ...after, acts: [creation, attestation, ...acts] });
    expect(outcome()).toBeNull();
    expect(outcome(filedAt(10), withdrawnAt(20))).toBeNull();
    expect(outcome(filedAt(10))).toBe('admin');
    expect(outcome(filedAt(10), withdrawnAt(20), filedAt(30))).toBe('admin');
    expect(outcome(filedAt(10), succeed)).toBe('success');
    const early = { ...resolved('success', 100), acts: [creation, attestation] };
    expect(refused('personal_success', {}, early)).toBe('admin');
    expect(refused('personal_success', {}, { ...after, acts: [creation] })).toBe('success');
  });

  it('asks a release for the completion, the delay, and signed approvals that weigh enough', () => {
    const { acts } = ALLOWED.milestone_release[1];
    const without = (gone: string) =>
      acts.filter(({ act: { action, wallet } }) => `${action} ${wallet}` !== gone);
    const releaseWith = (more: Partial<Evidence>) => refused('milestone_release', {}, more);
    expect(releaseWith({ acts: without(`milestone.complete ${WALLET}`) })).toBe('completion');
    expect(releaseWith({ unlock: null })).toBe('completion');
    expect(releaseWith({ unlock: { ...unlock, claimableAt: at(49) } })).toBe('completion');
    expect(releaseWith({ acts: without(`milestone.signal ${VOTER}`) })).toBe('approvals');
    expect(releaseWith({ unlock: { ...unlock, tokenMint: 'cheap' } })).toBe('approvals');
    expect(releaseWith({ excludedWallets: [VOTER] })).toBe('approvals');
    // R2: printed tokens are no votes, and neither is a small part of the supply.
    expect(releaseWith({ unlock: { ...unlock, seenSupply: '10001' } })).toBe('approvals');
    expect(releaseWith({ unlock: { ...unlock, approvedRaw: '99' } })).toBe('approvals');
    expect(releaseWith({ unlock: { ...unlock, approvedRaw: '99', seenSupply: '9900' } })).toBeNull();
    const light = unlock.approvals.slice(0, 1);
    expect(releaseWith({ unlock: { ...unlock, approvals: light } })).toBe('approvals');
    expect(releaseWith({ unlock: { ...unlock, approvals: [...light, ...light] } })).toBe('approvals');
    const other = milestoneIdOf(ID, 3);
    const strange = { subjectId: other, id: idOf('milestone_release', other) };
    const admin = adminOf('milestone.release', { milestoneId: other });
    expect(refused('milestone_release', strange, { acts: [...acts, admin] })).toBe('completion');
  });

  it('R4: lets the creator release alone what has been claimable for as long as the terms say', () => {
    const acts = ALLOWED.milestone_release[1].acts.filter(
      ({ act: { action } }) => !action.startsWith('admin.'),
    );
    const own = (seconds: number | null, wallet = WALLET, milestoneId = MILESTONE) =>
      act(
        'milestone.release',
        wallet,
        { commitmentId: ID, milestoneId },
        seconds === null ? null : at(seconds),
      );
    const releaseBy = (signed: ProvenAct) => refused('milestone_release', {}, { acts: [...acts, signed] });
    expect(releaseBy(own(650))).toBeNull();
    expect(releaseBy(own(649))).toBe('admin');
    expect(releaseBy(own(null))).toBe('admin');
    expect(releaseBy(own(650, VOTER))).toBe('admin');
    expect(releaseBy(own(650, WALLET, milestoneIdOf(ID, 2)))).toBe('admin');
  });

  it('asks the legs of a failure for the frozen distribution, and claims for their owner', () => {
    const frozen = distribution.distribution;
    const wrong: readonly Evidence['distribution'][] = [
      null,
      { distribution: { ...frozen, escrow: 'other' }, shares: SHARES },
      { distribution: { ...frozen, destination: THIEF }, shares: SHARES },
      { distribution: { ...frozen, treasury: THIEF }, shares: SHARES },
      { distribution: { ...frozen, treasuryLamports: 101n }, shares: SHARES },
      { distribution: frozen, shares: SHARES.slice(0, 1) },
      {
        distribution: { ...frozen, earned: [{ milestoneId: MILESTONE, position: 1, amountLamports: 5n }] },
        shares: SHARES,
      },
    ];
    for (const purpose of ['failure_treasury', 'failure_destination', 'distribution_claim'] as const)
      for (const one of wrong) expect(refused(purpose, {}, { distribution: one })).toBe('distribution');
    expect(refused('distribution_claim', {}, { acts: [creation, announced] })).toBe('claim');
    const thief = { destination: THIEF, id: idOf('distribution_claim', THIEF) };
    expect(refused('distribution_claim', thief, { acts: [creation, announced, claimOf(THIEF)] })).toBe(
      'claim',
    );
    expect(refused('failure_remainder', {}, { paid: new Set([...paidLegs].slice(0, 2)) })).toBe('remainder');
    expect(refused('failure_remainder', {}, { paid: new Set([...paidLegs].slice(1)) })).toBe('remainder');
  });

  it('T12: pays nothing of a failure that was called off, or before its notice was over', () => {
    const withActs = (...acts: ProvenAct[]) => refused('failure_treasury', {}, { acts: [creation, ...acts] });
    const cancel = (acceptedAt: Date) => ({ ...withdrawnAt(10), acceptedAt });
    const again = { ...filedAt(20), acceptedAt: at(20) };
    expect(withActs(announced, cancel(at(10)))).toBe('admin');
    // Announced anew, its own notice counts.
    expect(withActs(announced, cancel(at(10)), again)).toBe('notice');
    const later = { acts: [creation, announced, cancel(at(10)), again], ...resolved('failure', 320) };
    expect(refused('failure_treasury', {}, later)).toBeNull();
    for (const purpose of ['failure_treasury', 'failure_destination', 'distribution_claim'] as const) {
      expect(refused(purpose, {}, resolved('failure', 299))).toBe('notice');
      expect(refused(purpose, {}, { resolution: null })).toBe('notice');
    }
    expect(withActs(fail)).toBe('notice');
  });

  it('T12: a reserve waits for what was earned', () => {
    const earned = [{ milestoneId: MILESTONE, position: 1, amountLamports: 5n }];
    const owing = {
      distribution: {
        ...distribution,
        distribution: { ...distribution.distribution, earnedLamports: 5n, earned },
      },
    };
    expect(refused('failure_remainder', {}, owing)).toBe('remainder');
    const paid = new Set([...paidLegs, idOf('milestone_release', MILESTONE)]);
    expect(refused('failure_remainder', {}, { ...owing, paid })).toBeNull();
  });

  it('T8: asks for the signed act of an admin, but for the sweep of an unattested commitment', () => {
    for (const purpose of PURPOSES.filter((one) => one !== 'personal_failure')) {
      const { acts } = ALLOWED[purpose][1];
      const unsigned = acts.filter((one) => !one.act.action.startsWith('admin.'));
      expect(refused(purpose, {}, { acts: unsigned })).toBe('admin');
    }
    const attested = { ...resolved('failure', 101), acts: [creation, attestation] };
    expect(refused('personal_failure', {}, attested)).toBe('admin');
    const other = adminOf('milestone.release', { milestoneId: milestoneIdOf(ID, 2) });
    const { acts } = ALLOWED.milestone_release[1];
    expect(refused('milestone_release', {}, { acts: [...acts.slice(0, -1), other] })).toBe('admin');
    expect(refused('stray_forward', {}, { acts: [creation, forward, forward] })).toBe('admin');
  });

  it('forwards stray money only after an end that the evidence shows', () => {
    const checkOf = (known: Evidence, to = HEIR) =>
      refusalOf(claim('stray_forward', to), { ...known, acts: [creation, forward] })?.check ?? null;
    expect(checkOf(evidence(PERSONAL))).toBe('outcome');
    expect(checkOf(evidence(PERSONAL, resolved('failure', 0)))).toBeNull();
    // R5: after a good end it belongs to whom that was good for.
    expect(checkOf(evidence(PERSONAL, resolved('success', 0)))).toBe('destination');
    expect(checkOf(evidence(PERSONAL, resolved('success', 0)), WALLET)).toBeNull();
    expect(checkOf(evidence(PERSONAL, resolved('failure', 0)), WALLET)).toBe('destination');
    const released = [1, 2].map((nth) => idOf('milestone_release', milestoneIdOf(ID, nth)));
    expect(checkOf(evidence(REWARD, { paid: new Set(released) }), WALLET)).toBeNull();
    expect(checkOf(evidence(REWARD, { paid: new Set(released.slice(1)) }))).toBe('outcome');
  });

  it('knows each check by one name', () => {
    expect(new Set(CHECKS.map(({ name }) => name)).size).toBe(CHECKS.length);
    expect(commitmentRefusal(evidence(PERSONAL))).toBeNull();
    expect(commitmentRefusal(evidence(PERSONAL, { isBound: false }))?.check).toBe('binding');
    expect(commitmentRefusal(evidence(PERSONAL, { acts: [] }))?.check).toBe('creation');
  });
});
