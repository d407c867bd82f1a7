/** What the API's role may do with one table. Reading is part of all; nothing that is missing here is granted. */
export interface TableGrant {
  readonly insert?: true;
  /** All columns, or only these. */
  readonly update?: true | readonly string[];
  readonly delete?: true;
}

/** Written once and never changed: the role cannot rewrite what it has told. */
const APPENDED: TableGrant = { insert: true };
/** Rows that move on; triggers keep what is frozen in them. */
const MOVED: TableGrant = { insert: true, update: true };
/** Rows that go when they are of no more use. */
const KEPT_FOR_A_WHILE: TableGrant = { insert: true, update: true, delete: true };

/**
 * Every table, with exactly what the API needs of it. A table without an entry fails a test: whoever adds one decides here.
 * TRUNCATE, REFERENCES and TRIGGER are granted on none, and the tables belong to the role that migrates.
 */
export const TABLE_GRANTS: Readonly<Record<string, TableGrant>> = {
  schema_migrations: {},
  commitments: MOVED,
  escrows: { insert: true, update: ['key_id', 'ciphertext'] },
  payouts: MOVED,
  payout_attempts: MOVED,
  reconciliation_runs: APPENDED,
  reconciliation_lines: APPENDED,
  escrow_histories: MOVED,
  escrow_transactions: MOVED,
  admin_nonces: { insert: true, delete: true },
  admin_sessions: { insert: true, delete: true },
  admin_session_visits: KEPT_FOR_A_WHILE,
  admin_revocations: APPENDED,
  term_policies: MOVED,
  rate_limits: KEPT_FOR_A_WHILE,
  reward_milestones: MOVED,
  reward_signals: { insert: true, update: ['reweighed_raw', 'reweighed_usd'] },
  audit_logs: APPENDED,
  reward_release_locks: { insert: true, update: ['tx_sig'], delete: true },
  token_prices: MOVED,
  jobs: MOVED,
  job_runs: { insert: true, delete: true },
  failure_distributions: APPENDED,
  failure_shares: APPENDED,
  failure_earned: APPENDED,
  failure_rounds: APPENDED,
  failure_round_shares: APPENDED,
  failure_round_waits: KEPT_FOR_A_WHILE,
  failure_announcements: {
    insert: true,
    update: ['confirmed_by', 'called_off_at', 'called_off_by', 'frozen_at', 'due_at', 'waiting_for'],
  },
  failure_enrollments: { insert: true, update: ['token_accounts', 'weight_raw'] },
  payout_pauses: { insert: true, update: ['ended_by', 'ended_at'] },
  fee_payers: MOVED,
  escrow_key_rotations: MOVED,
  escrow_key_failures: APPENDED,
  database_probes: { insert: true, delete: true },
  // Written by the journal's triggers alone, which run as the owner.
  audit_changes: {},
  audit_keys: APPENDED,
  audit_seals: APPENDED,
  audit_anchors: { insert: true, update: ['confirmed_at'] },
  audit_webhook_deliveries: KEPT_FOR_A_WHILE,
  audit_webhook_endpoint: { update: true },
  idempotency_keys: KEPT_FOR_A_WHILE,
  signed_acts: APPENDED,
  marks: KEPT_FOR_A_WHILE,
  fee_routings: MOVED,
  pump_operations: MOVED,
  pump_attempts: MOVED,
  pump_mints: { insert: true, update: ['key_id', 'ciphertext', 'commitment_id'] },
  pump_launches: APPENDED,
  managed_fee_looks: MOVED,
  profiles: MOVED,
  projects: MOVED,
};

/** Views that the role reads. Each runs with the rights of whoever asks, so that it shows no more than its tables do. */
export const READ_VIEWS: readonly string[] = ['escrow_entries'];

/** Functions that the role calls itself, or that a trigger calls as the role. */
export const CALLED_FUNCTIONS: readonly string[] = [
  'failure_distribution_check(uuid)',
  'failure_round_check(uuid, integer)',
  'pauses_made()',
  'signing_evidence(uuid, uuid, uuid)',
];

/** One right of one table, as PostgreSQL names it. */
export interface Right {
  readonly table: string;
  readonly privilege: 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
  /** Absent for the whole table. */
  readonly columns?: readonly string[];
}

export function rightsOf(table: string): Right[] {
  const { insert, update, delete: deletes } = TABLE_GRANTS[table] ?? {};
  const rights: Right[] = [{ table, privilege: 'SELECT' }];
  if (insert === true) rights.push({ table, privilege: 'INSERT' });
  if (update === true) rights.push({ table, privilege: 'UPDATE' });
  else if (update !== undefined) rights.push({ table, privilege: 'UPDATE', columns: update });
  if (deletes === true) rights.push({ table, privilege: 'DELETE' });
  return rights;
}
