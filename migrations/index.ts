import { sqlMigration } from './sql-migration.js';

/** Every migration, in order. Explicit, so that a forgotten or stray file is never run by accident. */
export const MIGRATION_VERSIONS = [
  '0001_init',
  '0002_escrows',
  '0003_payouts',
  '0004_admin_sessions',
  '0005_term_policies',
  '0006_rate_limits',
  '0007_weighted_approvals',
  '0008_audit_logs',
  '0009_release_locks',
  '0010_token_prices',
  '0011_jobs',
  '0012_payout_fees',
  '0013_sweep',
  '0014_failure_distributions',
  '0015_pauses',
  '0016_escrow_keys',
  '0017_database_probes',
  '0018_audit_seals',
  '0019_webhook_outbox',
  '0021_idempotency_keys',
  '0022_signed_acts',
  '0023_admin_revocations',
  '0024_profiles',
  '0025_fee_routings',
  '0026_failure_announcements',
  '0027_escrow_histories',
  '0028_reconciliations',
  '0029_proofs',
  '0030_changed_destinations',
  '0033_growth',
  '0034_pump_operations',
  '0035_eligible_holders',
] as const;

export const migrations = MIGRATION_VERSIONS.map((version) => sqlMigration(version));
