import { describe, expect, it } from 'vitest';
import { type LoggedEvent, PUBLIC_AUDIT_EVENTS, publicEvent } from './timeline.js';

const row = (over: Partial<LoggedEvent> = {}): LoggedEvent => ({
  id: '7',
  ts: new Date('2026-11-22T10:00:00.000Z'),
  event: 'admin_reward_milestone_release_ok',
  actor: 'AdminWallet',
  commitmentId: 'c',
  payoutId: 'p',
  signature: 's',
  fields: { milestoneId: 'm', amountLamports: 5, requestedBy: 'AdminWallet', attestation: 'a', escrow: 'e' },
  ...over,
});

describe('the timeline', () => {
  it('tells of an admin what was done, and not by whom', () => {
    expect(publicEvent(row())).toEqual({
      id: '7',
      ts: '2026-11-22T10:00:00.000Z',
      event: 'milestone_release_decided',
      commitmentId: 'c',
      milestoneId: 'm',
      payoutId: 'p',
      amountLamports: 5,
    });
  });

  it('never names an admin or a job, nor any other field of the log', () => {
    for (const event of PUBLIC_AUDIT_EVENTS) {
      const text = JSON.stringify(publicEvent(row({ event })));
      expect(text).not.toMatch(/requestedBy|attestation|escrow|actor|_ok|admin_/);
    }
    const unnamed = PUBLIC_AUDIT_EVENTS.filter((event) =>
      /^(admin|payout)_|claimable|commitment_complete/.test(event),
    );
    expect(unnamed.map((event) => publicEvent(row({ event }))?.wallet)).toEqual(unnamed.map(() => undefined));
  });

  it('shows the signature of a payment only once it has landed', () => {
    const shown = PUBLIC_AUDIT_EVENTS.filter((event) => publicEvent(row({ event }))?.signature !== undefined);
    expect(shown).toEqual(['payout_confirmed', 'payout_finalized']);
  });

  it.each(['payout_signed', 'admin_login_ok', 'commitment_create_denied', 'toString', '__proto__'])(
    'says nothing of %s',
    (event) => {
      expect(publicEvent(row({ event }))).toBeNull();
    },
  );

  it('leaves out what a row does not have', () => {
    const bare = row({ event: 'commitment_complete_ok', commitmentId: null, payoutId: null, fields: {} });
    expect(publicEvent(bare)).toEqual({
      id: '7',
      ts: '2026-11-22T10:00:00.000Z',
      event: 'commitment_completed',
    });
  });
});
