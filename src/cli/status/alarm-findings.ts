/** What is to be said of the audit events `*_error` of the last day. */
import type { AlarmCountDto } from '#src/operations/overview.dto.js';
import { count } from '#src/cli/text/words.js';
import type { Finding } from './finding.js';

/** Somebody has to look at each of these, whatever else is well; with what it means. */
const GRAVE: Readonly<Record<string, string>> = {
  payout_vanished_error: 'A confirmed transaction is not part of the finalized chain (incident 6).',
  payout_dead_landed_error: 'RPC providers had buried a transaction that landed (incident 7).',
  payout_balance_contradiction_error: 'Providers and an escrow’s balance contradict each other (incident 8).',
  payout_effect_missed_error: 'Money moved, and its commitment could not follow (incident 14).',
  escrow_signing_refused_error: 'The signing door refused a payout: rows were changed (incident 15).',
  approval_forged_error: 'A row was written by somebody else than this service (incident 15).',
  price_forged_error: 'A row was written by somebody else than this service (incident 15).',
  pauses_forged_error: 'A pause was taken away or changed by somebody else than this service (incident 15).',
  mark_forged_error: 'A row was written by somebody else than this service (incident 15).',
  database_change_foreign_error: 'Rows about money were changed by somebody else (section Audit logs).',
  audit_seal_backwards_error: 'The audit log ends earlier than was known (section Audit logs).',
  custody_answer_error: 'Privy gave back something else than what it was to sign (incident 9).',
  custody_check_error: 'An escrow key does not open (section ESCROW_DB_SECRET).',
  escrow_key_error: 'An escrow key does not open (section ESCROW_DB_SECRET).',
};

/** Told by a finding of their own, which ends when the trouble does. */
const TOLD_OTHERWISE = [
  'failure_round_delayed_error',
  'fee_payer_low_error',
  'job_overdue_error',
  'payout_blocked_error',
  'payout_delayed_error',
  'payout_failed_error',
  'payout_stopped_error',
  'webhook_disabled_error',
  'webhook_undeliverable_error',
];

export function alarmFindings(alarms: readonly AlarmCountDto[]): Finding[] {
  return alarms
    .filter(({ event }) => !TOLD_OTHERWISE.includes(event))
    .map(({ event, count: number, lastAt }) => ({
      urgency: GRAVE[event] === undefined ? 'watch' : 'act',
      what: `${event}: ${count(number, 'time')} in the last 24 hours`,
      why: GRAVE[event] ?? 'Something failed; the rows say what.',
      since: lastAt,
      next: `ops audit list --event ${event}`,
    }));
}
