/**
 * Every event that the audit log can hold, with what it says: an event that is not named here does not compile, and
 * docs/events.md is made of it.
 */

/** Routes that do something, by the first part of their events; the text is that of `<route>_ok`. */
export const AUDITED_ROUTES = {
  commitment_create: 'A wallet made a commitment, by its signature over the terms.',
  commitment_attest: 'The authority said that the promise is kept.',
  dev_verify: 'A wallet asked whether it speaks for a token, and was answered.',
  pumpfun_claim: 'A wallet asked for the transaction that collects its creator fees, and got it.',
  profile_update: 'A wallet published its profile.',
  avatar_upload: 'A wallet asked for a place to upload an image to.',
  milestone_complete: 'The creator said that a milestone is done.',
  milestone_signal: 'A holder approved a milestone.',
  distribution_enroll: 'A holder asked for its share of an announced failure.',
  distribution_claim: 'A holder claimed its share. The payout is written; the row has its id.',
  admin_commitment_success: 'An admin decided success. The payout is written; the row has its id.',
  admin_commitment_failure:
    'An admin decided failure. The payout is written, unless there is nothing to pay at once. Of a reward commitment the failure is merely announced.',
  admin_failure_cancel: 'An admin called an announced failure off.',
  admin_reward_milestone_release: 'An admin released a milestone. The payout is written; the row has its id.',
  admin_stray_forward: 'An admin forwarded stray money. The payout is written; the row has its id.',
  admin_destination_change:
    'A second admin signed who is paid instead of a destination that cannot be paid any more; with both addresses.',
  admin_sweep: 'An admin or cron ran the sweep; with its counts.',
  admin_normalize_rewards: 'An admin or cron ran the unlocking; with its counts.',
  admin_reconcile: 'An admin or cron had ledger and chain compared; with the number of lines and findings.',
  admin_recover:
    'An admin had booked what the chain knows and a restored database has lost; with the counts.',
  admin_pause_create: 'An admin stopped payouts.',
  admin_pause_end: 'An admin let payouts continue.',
  admin_release_lock_clear: 'An admin gave a release up.',
  admin_payout_retry: 'An admin took a stopped payout up again.',
  admin_payout_resolve:
    'An admin had it proven what became of a payout; with the outcome, and whether one witness was to suffice.',
  admin_escrow_keys_rotate: 'An admin asked for a rotation of the escrow keys.',
  admin_escrow_keys_check: 'An admin asked for a custody check; with its counts.',
  admin_project_update: 'An admin wrote the page of a token.',
  admin_pumpfun_mint: 'An admin kept the address of a coin that is to be for one creator.',
  admin_pumpfun_launch:
    'An admin launched the coin of a commitment. Its transactions are written down; the row has its mint and texts.',
  admin_login: 'An admin session began.',
  admin_logout: 'An admin session ended.',
  admin_rate_limits_forgive:
    'An admin forgave a client, or all, what they had used up; with the number of windows.',
  admin_session_end: 'An admin ended sessions of an admin; with their number.',
  admin_revocation_create: 'An admin shut another one out.',
  admin_webhook_test: 'An admin tested the webhook.',
  admin_webhook_resend: 'An admin sent an event again.',
  admin_webhook_enable: 'An admin switched the receiver on.',
} as const satisfies Readonly<Record<string, string>>;

/** Routes that leave a row only where they refuse or fail: reading, and asking for a nonce. */
export const QUIET_ROUTES = [
  'admin_audit_logs',
  'admin_escrow_keys',
  'admin_fee_payer',
  'admin_jobs',
  'admin_me',
  'admin_nonce',
  'admin_overview',
  'admin_pauses',
  'admin_payouts',
  'admin_rate_limits',
  'admin_reconciliations',
  'admin_release_locks',
  'admin_revocations',
  'admin_sessions',
  'admin_stray_deposits',
  'admin_unclaimed_shares',
  'admin_webhook_deliveries',
  'admin_webhook_endpoint',
] as const;

/** What happens without a route of its own: by a payout, a job or a rule. */
export const EVENTS = {
  pause_over_ok: 'A pause ended because its time was over.',
  commitment_complete_ok: 'The last milestone is released.',
  commitment_failure_ok: 'The sweep decided failure. The actor is who ran it: an admin, cron or `job:sweep`.',
  commitment_success_ok:
    'The sweep decided the refund of an attested commitment that nobody had decided. The actor is who ran it.',
  commitment_failure_filed:
    'An admin filed a failure of an attested commitment; it takes effect when the decision window ends.',
  admin_failure_announced:
    'An admin announced the failure of a reward commitment; with its time, and the slot that decides who shares.',
  admin_failure_proposed:
    'An admin wants a failure that takes two of them, because one was called off not long ago.',
  admin_destination_change_proposed:
    'An admin signed who is to be paid instead of a destination that cannot be paid any more. It takes two.',
  payout_redirected:
    'A payout that waits goes to the address that two admins have signed, or back to that of the terms; with both.',
  admin_failure_confirmed: 'An admin confirmed an announced failure whose announcer is no admin any more.',
  commitment_failure_effective:
    'An announced failure took effect: who shares in it is weighed, and every amount is frozen. The row has all of them.',
  commitment_failure_round:
    'Money that reached the escrow of a failed commitment later is shared out by the same weights. The row has the frozen amounts.',
  failure_round_delayed_error:
    'Later money is enough for a round that could not be frozen for PAYOUT_ALARM_SECONDS; the row says why. Once a round.',
  failure_waiting_error:
    'An announced failure whose time has come cannot be weighed or frozen yet; once for each reason.',
  milestone_release_ok:
    'The creator released a milestone that no admin had released in time. The payout is written; the row has its id.',
  milestone_held_ok: 'Re-weighing fell short of the threshold.',
  milestone_claimable_ok: 'The milestone unlocked.',
  payout_signed: 'Signature and bytes of an attempt are stored.',
  payout_confirmed: 'The money has moved.',
  payout_delayed_error:
    'A payout is not confirmed PAYOUT_ALARM_SECONDS after its decision; the row says what it waits for. Once a payout.',
  payout_finalized: 'The payment cannot be undone any more.',
  rpc_single_source_error:
    'An RPC voice does not answer: what needs two waits. Once a day and voice for as long as it lasts.',
  payout_expired: 'An attempt is proven dead.',
  payout_abandoned: 'A message was too old to be signed.',
  payout_blocked_error: 'A payout waits, for example for funds; once for each reason.',
  payout_recovered:
    'A payment of ours that the ledger did not know was found on chain. It is booked and not made again.',
  reconciliation_discrepancy_error:
    'Ledger and chain disagree, unexplained; where waiting may heal it, for two runs.',
  escrow_unknown_outflow_error:
    'A transaction took money out of an escrow, or was signed with its key, that the ledger does not know. Its payouts are paused.',
  payout_failed_error: 'An attempt landed with an error.',
  payout_dusted:
    'Somebody sent lamports that stopped a transaction on chain. The next attempt pays them along.',
  payout_stopped_error: 'The third attempt in a row landed with an error; a person has to look.',
  payout_vanished_error: 'A confirmed transaction is not part of the finalized chain.',
  payout_dead_landed_error: 'An attempt that was proven dead has landed after all. It is booked as paid.',
  payout_effect_missed_error:
    'A payout landed and was booked, and its commitment or milestone could not follow. `fields.missed` says what was found.',
  payout_balance_contradiction_error:
    "Endpoints deny a transaction, and the escrow's balance says that it landed. Nothing is paid again.",
  fee_routing_changed:
    'More of the creator fees of a managed commitment reach its escrow, or as much in another way.',
  fee_routing_changed_error:
    'Less of the creator fees of a managed commitment is known to reach its escrow, or less surely. The row has both readings.',
  pump_transaction_signed:
    'Signature and bytes of a transaction for the programs of pump.fun are stored; the row has its operation.',
  pump_transaction_done:
    'Such a transaction is finalized; with the lamports that it has brought the escrow, by its own record.',
  pump_transaction_expired: 'Such a transaction is proven dead; the operation is tried again.',
  pump_transaction_failed_error:
    'Such a transaction landed with an error; the third in a row ends the operation.',
  pump_transaction_blocked_error: 'An operation cannot be done as things stand; once for each reason.',
  pump_transaction_delayed_error:
    'An operation is not done PAYOUT_ALARM_SECONDS after it was begun. Once an operation.',
  custody_answer_error: 'Privy gave back something else than what it was to sign; once for each attempt.',
  approval_forged_error:
    'An approval in the table was not weighed by this server as it stands; it counts nothing.',
  price_forged_error: 'A cached price was not fetched by this server as it stands; it is fetched anew.',
  escrow_signing_refused_error:
    'The signing door refused a payout: the signed acts and the marks do not allow it. No money has moved.',
  pauses_forged_error:
    'A pause had been taken away, changed or put there by hand when an admin made this one.',
  mark_forged_error: 'A mark was made by none of the secrets; it was worth nothing and is gone.',
  custody_check_error: 'An escrow key does not open; once for each check.',
  escrow_key_error: 'An escrow key does not open; once for each rotation.',
  escrow_key_rotation_finished:
    'A rotation has looked at every row, or a newer one took over; with its counts.',
  fee_payer_low_error: 'The fee payer fell below its floor; once for each crossing.',
  fee_payer_ok: 'The fee payer is above its floor again.',
  job_overdue_error: 'A job has not succeeded for three periods; once for each outage.',
  anonymous_refusals_denied:
    'Refusals of callers who had proven nothing, beyond the first few of two minutes; with their number by event.',
  database_change_foreign_error:
    'Rows that decide about money were changed by somebody who is not this service; with their tables and keys.',
  audit_seal_backwards_error: 'The seals end earlier than a replica or the chain knows, or were rewritten.',
  webhook_undeliverable_error: 'The receiver did not take an event for 24 hours.',
  webhook_disabled_error: 'The receiver answered 410.',
} as const satisfies Readonly<Record<string, string>>;

/** The first part of the events of a route. */
export type AuditedRoute = keyof typeof AUDITED_ROUTES | (typeof QUIET_ROUTES)[number];

export type AuditEvent = keyof typeof EVENTS | `${AuditedRoute}_${'ok' | 'denied' | 'error'}`;
