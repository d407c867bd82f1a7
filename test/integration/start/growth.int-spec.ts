import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataSourceOptions } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { AuditRepository } from '#src/audit/log/audit.repository.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { type CommitmentFilter, commitmentPage } from '#src/commitments/commitment/commitment.repository.js';
import { PUBLIC_AUDIT_EVENTS } from '#src/commitments/timeline/timeline.js';
import { OPEN_COMMITMENTS } from '#src/health/metrics.repository.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';

const ROWS = 30_000;
/** Of one page of 50 rows: their own pages, and a few of an index. */
const PAGES_OF_A_LIST = 120;
const WALLET = '4'.repeat(44);
const MINT = '5'.repeat(44);

// Without their guards, for rows are wanted and not what they mean.
const FILL = `
  BEGIN; SET LOCAL session_replication_role = replica;
  INSERT INTO commitments (id, kind, status, resolution, wallet, destination_on_fail, amount_lamports, deadline, terms, terms_hash,
    message_hash, signature, created_at, resolved_at, token_mint, creator_fee_mode,
    attested_at, failure_filed_at, failure_reason)
  SELECT ('0198d5a2-7f6e-7c3a-9d4e-' || lpad(to_hex(n), 12, '0'))::uuid, kind, status,
         CASE WHEN status IN ('resolving', 'succeeded', 'failed') THEN 'failure' END,
         CASE WHEN n % 100 = 0 THEN lpad(n::text, 44, '2') ELSE '${WALLET}' END, repeat('3', 44),
         CASE WHEN kind = 'personal' THEN 1 END, CASE WHEN kind = 'personal' THEN now() END, '{}', lpad(to_hex(n), 64, '0'),
         lpad(to_hex(n), 64, '0'), 's', now(), CASE WHEN status IN ('succeeded', 'failed', 'completed') THEN now() END,
         CASE WHEN kind = 'creator_reward' THEN '${MINT}' END, CASE WHEN kind = 'creator_reward' THEN 'assisted' END,
         filed, filed, CASE WHEN filed IS NOT NULL THEN 'no proof' END
    FROM (SELECT n, CASE WHEN n % 2 = 0 THEN 'personal' ELSE 'creator_reward' END AS kind,
                 CASE WHEN n % 30 = 0 THEN 'active' WHEN n % 2 = 0 THEN 'failed' ELSE 'completed' END AS status
            FROM generate_series(1, ${ROWS}) AS n) AS made,
         LATERAL (SELECT CASE WHEN n % 300 = 0 OR status = 'failed' THEN now() END AS filed) AS failure;
  INSERT INTO payout_attempts (id, payout_id, number, source, status, amount_lamports, fee_lamports, fee_payer, message, blockhash,
    last_valid_block_height, lease_heights, blockhash_slot, signature, raw_transaction, signed_at, created_at, landed_slot, ended_at)
  SELECT gen_random_uuid(), gen_random_uuid(), 1, 'escrow-' || n, 'finalized', 1, 0, 'payer', '', 'hash', 1, '[]', 1, 'signature-' || n, '',
         now(), now(), n, now()
    FROM generate_series(1, ${ROWS}) AS n;
  INSERT INTO audit_logs (event, actor, request_id, payout_id, fields)
  SELECT (ARRAY['commitment_create_ok', 'milestone_signal_ok', 'payout_confirmed'])[1 + n % 3], 'somebody', 'r', gen_random_uuid(),
         CASE WHEN n % 5 = 0 THEN '{"answered": true}'::jsonb ELSE '{}'::jsonb END
    FROM generate_series(1, ${ROWS}) AS n;
  COMMIT;
  ANALYZE commitments; ANALYZE payout_attempts; ANALYZE audit_logs;`;

interface Said {
  readonly sql: string;
  readonly values: unknown[];
}

let database: TestDatabase;
let dataSource: DataSource;
const said: Said[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const settings = parseEnvironment({ DATABASE_URL: database.url });
  const entities = [Commitment, PayoutAttempt];
  dataSource = await new DataSource({ ...dataSourceOptions(settings), entities }).initialize();
  const silent = () => undefined;
  dataSource.logger = {
    logQuery: (sql: string, values: unknown[] = []) => void said.push({ sql, values }),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  await execute(database.url, FILL);
});
afterAll(async () => {
  await dataSource?.destroy();
  await database?.drop();
});

interface Plan {
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
}

/** Pages that PostgreSQL looks at for the statements of this work. */
async function pagesOf(work: () => Promise<unknown>): Promise<number> {
  said.length = 0;
  await work();
  let pages = 0;
  for (const { sql, values } of said) pages += await pagesOfStatement(sql, values);
  return pages;
}

async function pagesOfStatement(sql: string, values: unknown[] = []): Promise<number> {
  const explained = `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${sql}`;
  const [row] = await execute<{ 'QUERY PLAN': [{ Plan: Plan }] }>(database.url, explained, values);
  const plan = row?.['QUERY PLAN'][0].Plan;
  return (plan?.['Shared Hit Blocks'] ?? 0) + (plan?.['Shared Read Blocks'] ?? 0);
}

describe('on a filled database', () => {
  const values = {
    kind: ['personal', 'creator_reward'],
    // The rare one, one that the other kind has, one that nobody has, and what few of the rare ones are.
    status: ['active', 'completed', 'resolving', 'in_notice'],
    wallet: [WALLET, lpad(ROWS)],
    tokenMint: [MINT],
  } as const;
  const filters = combinations(values);

  it.each(filters)('a page of the list looks at few rows: %j', async (filter) => {
    const { sql, values: given } = commitmentPage(filter, 51, undefined);
    expect(await pagesOfStatement(sql, given)).toBeLessThan(PAGES_OF_A_LIST);
  });

  it('a page of the timeline looks at few rows', async () => {
    const events = PUBLIC_AUDIT_EVENTS;
    const page = () => new AuditRepository().findPage(dataSource.manager, { events }, 50);
    expect(await pagesOf(page)).toBeLessThan(4 * PAGES_OF_A_LIST);
  });

  it('a payment looks at the attempts of its own escrow', async () => {
    const attempts = new PayoutAttemptRepository();
    const look = async () => {
      await attempts.lastLandedSlot(dataSource.manager, 'escrow-77');
      const id = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
      await attempts.paidByOthers(dataSource.manager, { id, source: 'escrow-77', blockhashSlot: 1n });
    };
    expect(await pagesOf(look)).toBeLessThan(20);
  });

  it('an alarm that is written once looks at the rows of its payout', async () => {
    const sql = `SELECT 1 FROM public.audit_logs WHERE event = $1 AND payout_id = $2 AND fields = $3::jsonb LIMIT 1`;
    const identity = ['payout_confirmed', '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f', '{}'];
    expect(await pagesOfStatement(sql, identity)).toBeLessThan(10);
  });

  it('/metrics counts what is open, and nothing else', async () => {
    await execute(database.url, 'VACUUM commitments');
    expect(await pagesOfStatement(OPEN_COMMITMENTS)).toBeLessThan(20);
  });
});

function lpad(n: number): string {
  return String(n).padStart(44, '2');
}

type Filter = CommitmentFilter;

function combinations(of: Readonly<Record<string, readonly string[]>>): Filter[] {
  return Object.entries(of).reduce<Record<string, string>[]>(
    (filters, [name, choices]) =>
      filters.flatMap((filter) => [filter, ...choices.map((choice) => ({ ...filter, [name]: choice }))]),
    [{}],
  );
}
