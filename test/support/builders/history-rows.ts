import { execute } from '../sql.js';

/** How many commitments have ended long ago; of most other tables there are two or three rows for each. */
export const PAST = 5_000;

const ID = (n: string, table: number) =>
  `('0000000${table}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
const [COMMITMENT, MILESTONE, PAYOUT, ATTEMPT, ACT] = [1, 2, 3, 4, 5].map((table) => ID('n', table));
/** An address: base58 knows no zero, and 44 letters that begin low enough are 32 bytes. */
const address = (letter: string, n = 'n') => `translate(lpad((${n})::text, 44, '${letter}'), '0', 'z')`;
const escrow = address('E');
const wallet = address('C', 'n % 1000');
const mint = address('D', 'n % 500');
const hash = (prefix: string) => `encode(sha256(('${prefix}' || n)::bytea), 'hex')`;
const signature = `lpad(n::text, 88, 'S')`;
const day = `now() - interval '2 days'`;
/** Earlier than every transaction of the test's own. */
const txid = `(3 + n * 500 / ${PAST})::text::xid8`;
const of = (count: number) => `FROM generate_series(1, ${count}) AS n`;

/** Ended commitments of both kinds, one in two hundred still open, and all that they have left in the other tables. */
const COMMITMENTS = `
  INSERT INTO commitments (id, kind, status, resolution, resolution_chain_time, wallet, destination_on_fail, amount_lamports,
    deadline, terms, terms_hash, message_hash, signature, created_at, resolved_at, token_mint, creator_fee_mode)
  SELECT ${COMMITMENT}, kind, status, CASE WHEN status = 'failed' THEN 'failure' END, ${day}, ${wallet}, repeat('3', 44),
         CASE kind WHEN 'personal' THEN 1 END, CASE kind WHEN 'personal' THEN now() + interval '1 year' END, '{}',
         ${hash('terms')}, ${hash('message')}, 's', ${day}, CASE WHEN status <> 'active' THEN ${day} END,
         CASE kind WHEN 'creator_reward' THEN ${mint} END,
         CASE kind WHEN 'creator_reward' THEN CASE n % 4 WHEN 1 THEN 'managed' ELSE 'assisted' END END
    FROM (SELECT n, CASE n % 2 WHEN 0 THEN 'personal' ELSE 'creator_reward' END AS kind,
                 CASE WHEN n % 200 < 2 THEN 'active' WHEN n % 2 = 0 THEN 'failed' ELSE 'completed' END AS status
            ${of(PAST)}) AS made;
  INSERT INTO escrows (commitment_id, address, custody, privy_wallet_id, created_at)
  SELECT ${COMMITMENT}, ${escrow}, 'privy', 'privy-' || n, ${day} ${of(PAST)};
  INSERT INTO signed_acts (id, action, wallet, commitment_id, params, text, envelope, signature, message_hash, issued_at, accepted_at)
  SELECT ${ACT}, 'commitment.create', ${wallet}, ${COMMITMENT}, '{}', repeat('x', 400), 'plain', ${signature}, ${hash('act')},
         ${day}, ${day} ${of(PAST)};
  INSERT INTO reward_milestones (id, commitment_id, position, title, unlock_lamports, status, completed_at, claim_ready_at,
    vote_ends_at, next_check_at, threshold_usd, signalled_usd, voters, reweighed_usd, claimable_at, released_at, release_signature)
  SELECT ${MILESTONE}, ${COMMITMENT}, 1, 'Ship', 1, 'released', ${day}, ${day}, ${day}, ${day}, 1, 1, 1, 1, ${day}, ${day}, 's'
    ${of(PAST)} WHERE n % 2 = 1;
  INSERT INTO reward_signals (id, milestone_id, commitment_id, wallet, signalled_at, in_vote_window, raw_amount, decimals, price_usd,
    weight_usd, token_accounts, signature)
  SELECT gen_random_uuid(), ${MILESTONE}, ${COMMITMENT}, ${address('B', 'voter')}, ${day}, true, 1, 0, 1, 1, '{}', 's'
    ${of(PAST)}, generate_series(1, 2) AS voter WHERE n % 2 = 1;
  INSERT INTO profiles (wallet, name, issued_at) SELECT ${address('C')}, 'Name', ${day} ${of(PAST)};
  INSERT INTO projects (mint, name, updated_by, updated_at) SELECT ${address('D')}, 'Name', repeat('x', 44), ${day} ${of(PAST)};
  INSERT INTO token_prices (mint, price_usd, source, fetched_at) SELECT ${address('D')}, 1, 'x', ${day} ${of(PAST)};
  INSERT INTO fee_routings (commitment_id, answer, reason, bps, locked, slot, read_at)
  SELECT ${COMMITMENT}, 'yes', 'x', 10000, false, 1, ${day} ${of(PAST)} WHERE n % 2 = 1;`;

const PAYOUTS = `
  INSERT INTO payouts (id, commitment_id, purpose, business_key, source, destination, amount_lamports, drain, status, next_run_at,
    requested_by, created_at, confirmed_at, finalized_at)
  SELECT ${PAYOUT}, ${COMMITMENT}, CASE n % 2 WHEN 0 THEN 'personal_failure' ELSE 'milestone_release' END, 'past:' || n, ${escrow},
         ${wallet}, 1, false, 'finalized', ${day}, 'x', ${day}, ${day}, ${day} ${of(PAST)};
  INSERT INTO payout_attempts (id, payout_id, number, source, status, amount_lamports, fee_lamports, fee_payer, message, blockhash,
    last_valid_block_height, lease_heights, blockhash_slot, signature, raw_transaction, signed_at, created_at, confirmed_at,
    landed_slot, ended_at)
  SELECT ${ATTEMPT}, ${PAYOUT}, 1, ${escrow}, 'finalized', 1, 0, 'payer', '', 'hash', 1, '[]', 1, ${signature}, '', ${day}, ${day},
         ${day}, n, ${day} ${of(PAST)};
  INSERT INTO payout_pauses (id, scope, commitment_id, reason, created_by, created_at, ended_by, ended_at)
  SELECT gen_random_uuid(), 'commitment', ${COMMITMENT}, 'r', 'x', ${day}, 'x', ${day} ${of(PAST / 2)};
  INSERT INTO escrow_histories (escrow, cursor_signature, cursor_slot, read_at) SELECT ${escrow}, ${signature}, 1, ${day} ${of(PAST)};
  INSERT INTO escrow_transactions (escrow, signature, slot, failed, names_payout, seen_at, opened_at, block_time, is_signer,
    balance_before, balance_after, fee_lamports, collects_fees)
  SELECT ${escrow}, lpad(n::text, 88, CASE way WHEN 0 THEN 'D' ELSE 'S' END), n, false, way = 1, ${day}, ${day}, ${day},
         way = 1, way, 1 - way, 0, false ${of(PAST)}, generate_series(0, 1) AS way;
  INSERT INTO failure_distributions (commitment_id, escrow, destination, escrow_balance_lamports, rent_exempt_minimum,
    treasury_share_bps, treasury_lamports, eligible_wallets, pot_lamports, destination_lamports, earned_lamports, leg_fee_lamports, fee_total_lamports,
    reserve_lamports, stranded_lamports, requested_by, frozen_at)
  SELECT ${COMMITMENT}, ${escrow}, ${wallet}, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 'x', ${day} ${of(PAST / 2)};
  INSERT INTO failure_shares (commitment_id, wallet, weight_raw, amount_lamports)
  SELECT ${COMMITMENT}, ${address('B', 'holder')}, 1, 1 ${of(PAST / 2)}, generate_series(1, 2) AS holder;
  INSERT INTO failure_rounds (commitment_id, round, escrow_balance_lamports, kept_lamports, treasury_lamports, pot_lamports,
    leg_fee_lamports, fee_total_lamports, frozen_at)
  SELECT ${COMMITMENT}, 1, 1, 0, 0, 1, 0, 0, ${day} ${of(PAST / 2)};
  INSERT INTO failure_round_shares (commitment_id, round, wallet, weight_raw, amount_lamports)
  SELECT ${COMMITMENT}, 1, ${address('B', 'holder')}, 1, 1 ${of(PAST / 2)}, generate_series(1, 1) AS holder;
  INSERT INTO failure_announcements (id, commitment_id, slot, announced_at, effective_at, announced_by, supply_grown, frozen_at, due_at)
  SELECT ${COMMITMENT}, ${COMMITMENT}, 1, ${day}, ${day}, repeat('x', 44), false, ${day}, ${day} ${of(PAST / 2)};
  INSERT INTO failure_enrollments (announcement_id, wallet, token_accounts, enrolled_at, weight_raw)
  SELECT ${COMMITMENT}, ${address('B', 'holder')}, '{}', ${day}, 1 ${of(PAST / 2)}, generate_series(1, 3) AS holder;
  INSERT INTO reconciliation_runs (id, kind, is_full, requested_by, started_at, ended_at, lines, findings, ledger_lamports,
    chain_lamports) SELECT ${ID('n', 6)}, 'escrow_balances', false, 'x', ${day}, ${day}, 20, 0, 0, 0 ${of(PAST / 20)};
  INSERT INTO reconciliation_lines (run_id, number, commitment_id, subject, state, ledger_lamports, chain_lamports, is_finding)
  SELECT ${ID('1 + n / 20', 6)}, 1 + n % 20, ${COMMITMENT}, ${escrow}, 'agrees', 0, 0, false ${of(PAST - 20)};`;

/** What every request and every job leaves behind. */
const RECORDS = `
  INSERT INTO marks (kind, id, digest, key_id, mac)
  SELECT kind, CASE kind WHEN 'binding' THEN ${COMMITMENT}::text WHEN 'act' THEN ${ACT}::text ELSE ${PAYOUT}::text END, ${hash('m')},
         (SELECT key_id FROM marks LIMIT 1), ${hash('mac')}
    ${of(PAST)}, unnest('{binding,payout,paid,act}'::text[]) AS kind;
  INSERT INTO audit_logs (ts, txid, event, actor, request_id, commitment_id, payout_id, fields)
  SELECT ${day}, ${txid}, event, ${wallet}, 'r', ${COMMITMENT}, CASE WHEN event <> 'commitment_create_ok' THEN ${PAYOUT} END,
         jsonb_build_object('code', n::text)
    ${of(PAST)}, unnest('{commitment_create_ok,admin_commitment_success_ok,payout_confirmed,custody_answer_error}'::text[]) AS event;
  INSERT INTO audit_changes (ts, txid, table_name, row_key, digest)
  SELECT ${day}, ${txid}, 'payouts', n::text, sha256(n::text::bytea) ${of(PAST)};
  INSERT INTO job_runs (id, job, started_at, finished_at, ok)
  SELECT ${ID('n', 7)}, (SELECT name FROM jobs WHERE (n % 20 = 0) = (name = 'sweep') LIMIT 1), now(), now(), true ${of(PAST)};
  INSERT INTO idempotency_keys (scope_hash, request_hash, state, request_id, status_code, content_type, body, created_at, expires_at)
  SELECT ${hash('k')}, ${hash('r')}, 'finished', 'r', 200, 'application/json', '{}', now(), now() + interval '1 day' ${of(PAST)};
  INSERT INTO rate_limits (key, window_start, expires_at, hits) SELECT ${hash('l')}, now(), now() + interval '1 day', 1 ${of(PAST)};
  INSERT INTO admin_nonces (nonce, wallet, created_at, expires_at)
  SELECT 'nonce-' || n, 'x', now(), now() + interval '1 day' ${of(PAST)};
  INSERT INTO admin_sessions (id_hash, wallet, created_at, expires_at, mac)
  SELECT ${hash('s')}, 'x', now(), now() + interval '1 day', ${hash('mac')} ${of(20)};
  INSERT INTO audit_webhook_deliveries (id, audit_id, commitment_id, event, status, priority, next_attempt_at, give_up_at, created_at,
    delivered_at)
  SELECT ${ID('n', 8)}, -n, ${COMMITMENT}, 'payout_confirmed', 'delivered', 0, now(), now(), now(), now() ${of(PAST)};`;

/** Writes a long past into all tables, without its guards: rows are wanted, and not what they mean. */
export async function writeHistory(databaseUrl: string): Promise<void> {
  const all = COMMITMENTS + PAYOUTS + RECORDS;
  await execute(databaseUrl, `BEGIN; SET LOCAL session_replication_role = replica; ${all} COMMIT; ANALYZE`);
}
