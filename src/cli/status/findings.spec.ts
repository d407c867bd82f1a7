import { describe, expect, it } from 'vitest';
import type { OverviewDto } from '#src/operations/overview.dto.js';
import { findingsOf } from './findings.js';
import { seenOf, statusPage } from './status-page.js';

const AT = '2026-12-01T02:00:00.000Z';
const before = (minutes: number) => new Date(Date.parse(AT) - minutes * 60_000).toISOString();

const WELL: OverviewDto = {
  at: AT,
  health: {
    status: 'ok',
    checks: {
      database: { status: 'ok' },
      rpc: {
        status: 'ok',
        endpoints: [{ endpoint: 'a.example', voice: 'a', ok: true, red: false, slot: 9 }],
      },
    },
  },
  pauses: [],
  payouts: { counts: [], oldest: [], lateAfterSeconds: 300 },
  waitingRounds: [],
  locks: [],
  overdueJobs: [],
  feePayer: { address: 'Fee', balanceLamports: 1_500_000_000, floorLamports: 1, ok: true },
  webhook: {
    host: 'hooks.example',
    signed: true,
    disabledAt: null,
    disabledReason: null,
    pending: 0,
    undeliverable: 0,
    oldestPendingAt: null,
  },
  alarms: [],
};

function payout(id: string, minutes: number, status: string, waitingFor?: string) {
  const amountLamports = 2_000_000_000;
  const waits = waitingFor === undefined ? {} : { waitingFor };
  return { id, commitmentId: `c-${id}`, status, amountLamports, createdAt: before(minutes), ...waits };
}

function withPayouts(...oldest: ReturnType<typeof payout>[]): OverviewDto {
  const counts = [{ status: 'pending', count: oldest.length, oldestAt: before(60) }];
  return { ...WELL, payouts: { ...WELL.payouts, oldest, counts } as unknown as OverviewDto['payouts'] };
}

const told = (overview: OverviewDto) =>
  findingsOf(overview).map(({ urgency, what, next }) => [urgency, what, next]);

describe('ops status', () => {
  it('says nothing where all is well, and shows the figures', () => {
    expect(findingsOf(WELL)).toEqual([]);
    const page = statusPage({ api: 'https://api.example.com', at: AT }, [], seenOf(WELL));
    expect(page).toContain('Nothing needs you.');
    expect(page).toContain('rpc       a.example ok, slot 9');
    expect(page).toContain('fee payer Fee holds 1.5 SOL');
    expect(page).toContain('payouts   none is unfinished');
  });

  it.each([
    ['escrow_underfunded: It is empty.', /ops commitments show c-p, then fund/],
    ['fee_payer_underfunded: It is low.', /ops fee-payer show/],
    ['fee_payer_missing: None.', /ESCROW_FEE_PAYER_SECRET_KEY/],
    ['signing_refused: The row was changed.', /ops pauses create .*escrow_signing_refused_error/],
    ['destination_not_payable: It is new.', /ops payouts show p/],
    ['simulation_failed: It would fail.', /ops payouts show p/],
  ])('a young payout that waits for %s needs a person at once', (reason, next) => {
    expect(told(withPayouts(payout('p', 0, 'pending', reason)))).toEqual([
      ['act', 'Payout p of 2 SOL is pending and does not move', expect.stringMatching(next)],
    ]);
  });

  it.each([
    ['rpc_unavailable: No answer.', /ops rpc check/],
    ['single_source: One answers.', /ops rpc check/],
    ['chain_disagrees: a says 1.', /ops rpc check/],
    ['history_incomplete: a begins late.', /ops rpc check, then an endpoint with full history/],
    ['custody_unavailable: HTTP 401.', /ops privy check/],
    ['payout q, which is under way out of the same escrow', /ops payouts show p/],
  ])('one that waits for %s needs a person when it is late', (reason, next) => {
    const young = withPayouts(payout('p', 4, 'pending', reason));
    expect(told(young)).toEqual([['watch', '1 payout in progress', 'ops payouts list']]);
    const late = withPayouts(payout('p', 5, 'pending', reason));
    expect(told(late)).toEqual([
      ['act', expect.stringContaining('does not move'), expect.stringMatching(next)],
    ]);
  });

  it('of a late transaction it names the command that decides what nobody can tell', () => {
    const late = withPayouts(payout('p', 60, 'in_flight', 'transaction s: not known to b'));
    expect(told(late)).toEqual([
      [
        'act',
        'Payout p of 2 SOL is in_flight and does not move',
        expect.stringContaining('ops payouts resolve p'),
      ],
    ]);
  });

  it('a stopped payout has a finding of its own; those that wait for one thing have one together', () => {
    const reason = 'rpc_unavailable: No answer.';
    const stuck = withPayouts(
      payout('a', 60, 'pending', reason),
      payout('b', 50, 'pending', reason),
      payout('c', 40, 'stopped', 'an error'),
    );
    expect(told(stuck)).toEqual([
      ['act', '2 payouts of 4 SOL together do not move', expect.stringContaining('ops rpc check')],
      [
        'act',
        expect.stringContaining('Payout c of 2 SOL is stopped'),
        expect.stringContaining('ops payouts retry c'),
      ],
    ]);
    expect(findingsOf(stuck)[0]?.since).toBe(before(60));
  });

  it('a pause is one finding, with how many wait for it', () => {
    const pause = {
      id: 'x',
      scope: 'all' as const,
      reason: 'key\nstolen',
      createdBy: 'Admin',
      createdAt: before(10),
      endsAt: '2026-12-31T00:00:00.000Z',
    };
    const waiting = withPayouts(payout('p', 60, 'pending', 'paused by Admin: key stolen'));
    const [finding, ...others] = findingsOf({ ...waiting, pauses: [pause] });
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      urgency: 'act',
      what: 'All payouts are paused',
      why: 'By Admin: key stolen. 1 payout waits for pauses.',
      since: before(10),
      next: expect.stringContaining('ops pauses end x'),
    });
  });

  it.each([
    ['The database has no disk space left', 'Full disk'],
    ['The database is read-only: a standby, or made read-only', 'Database failover'],
    ['Database connection failed', 'npm run migrate:status'],
  ])('of a database with "%s" it says where to go', (detail, next) => {
    const checks = { ...WELL.health.checks, database: { status: 'error' as const, detail } };
    const [finding] = findingsOf({ ...WELL, health: { status: 'error', checks } });
    expect(finding).toMatchObject({ urgency: 'act', why: detail, next: expect.stringContaining(next) });
  });

  it('tells one trouble where the database is away, and not what only it could say', () => {
    const away = { status: 'error' as const, detail: 'Database connection failed' };
    const unknown = { status: 'error' as const, detail: 'not known' };
    const checks = { database: away, migrations: unknown, jobs: unknown };
    const findings = findingsOf({ ...WELL, health: { status: 'error', checks } });
    expect(findings.map(({ why }) => why)).toEqual(['Database connection failed']);
  });

  it.each(['migrations', 'rpc', 'signer', 'feePayer', 'a part of tomorrow'])(
    '%s that fails needs a person',
    (part) => {
      const checks = { ...WELL.health.checks, [part]: { status: 'error' as const, detail: 'broken' } };
      expect(findingsOf({ ...WELL, health: { status: 'degraded', checks } })).toMatchObject([
        { urgency: 'act', why: 'broken' },
      ]);
    },
  );

  it('tells of later money that waits, and needs a person when it waits for too long', () => {
    const round = { commitmentId: 'c', waitingFor: 'a payout is in progress' };
    const next = 'ops payouts list --commitment c, then ops distributions show c';
    const what = 'Later money of commitment c is not shared out yet';
    const toldSince = (since: string) => told({ ...WELL, waitingRounds: [{ ...round, since }] });
    expect(toldSince(before(4))).toEqual([['watch', what, next]]);
    expect(toldSince(before(5))).toEqual([['act', what, next]]);
  });

  it('tells of the webhook when it is off, late or has lost something, and that there is none', () => {
    const webhook = (given: Partial<OverviewDto['webhook']>) =>
      told({ ...WELL, webhook: { ...WELL.webhook, ...given } });
    expect(webhook({ disabledAt: before(5), disabledReason: 'answered 410' })).toEqual([
      ['act', expect.stringContaining('is switched off'), expect.stringContaining('ops webhooks enable')],
    ]);
    expect(webhook({ pending: 3, oldestPendingAt: before(15) })).toEqual([]);
    expect(webhook({ pending: 3, oldestPendingAt: before(16) })).toEqual([
      ['act', expect.stringContaining('is late'), 'ops webhooks list pending'],
    ]);
    expect(webhook({ undeliverable: 2 })).toEqual([
      ['act', expect.stringContaining('has lost events'), expect.stringContaining('ops webhooks resend')],
    ]);
    expect(webhook({ host: null })).toEqual([
      ['watch', 'Audit events are sent nowhere', expect.stringContaining('AUDIT_WEBHOOK_URL')],
    ]);
  });

  it('grave alarms need a person, others are told, and those with a finding of their own are not told twice', () => {
    const alarm = (event: string) => ({ event, count: 1, lastAt: before(1) });
    const alarms = ['commitment_create_error', 'payout_vanished_error', 'payout_delayed_error'].map(alarm);
    expect(told({ ...WELL, alarms })).toEqual([
      [
        'act',
        'payout_vanished_error: 1 time in the last 24 hours',
        'ops audit list --event payout_vanished_error',
      ],
      ['watch', expect.stringContaining('commitment_create_error'), expect.any(String)],
    ]);
  });

  it('shortens a reason that nobody could read at a glance', () => {
    const finding = { urgency: 'act', what: 'w', why: 'y'.repeat(241), next: 'n' } as const;
    expect(statusPage({ api: 'a', at: AT }, [finding], [])).toContain(`why    ${'y'.repeat(240)}...\n`);
  });

  it('an overdue job says why, and what is urgent stands first', () => {
    const job = { name: 'sweep', periodSeconds: 60, lastSuccessAt: before(9), lastError: null };
    const findings = findingsOf({ ...withPayouts(payout('p', 1, 'confirmed')), overdueJobs: [job] });
    expect(findings.map(({ urgency }) => urgency)).toEqual(['act', 'watch']);
    expect(findings[0]).toMatchObject({ why: 'No replica runs it, or a run hangs.', since: before(9) });
  });
});
