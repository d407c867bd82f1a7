import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOWED_MOVES, KINDS, STATUSES } from '#src/commitments/commitment/commitment.js';
import { MILESTONE_MOVES, MILESTONE_STATUSES } from '#src/commitments/milestones/milestone.js';
import { PAUSE_SCOPES } from '#src/releases/pauses/pause.js';
import {
  ATTEMPT_MOVES,
  ATTEMPT_STATUSES,
  PAYOUT_MOVES,
  PAYOUT_STATUSES,
} from '#src/releases/payouts/payout.js';
import { PURPOSES } from '#src/releases/payouts/purpose.js';
import {
  OPERATION_ATTEMPT_MOVES,
  OPERATION_ATTEMPT_STATUSES,
  OPERATION_KINDS,
  OPERATION_MOVES,
  OPERATION_STATUSES,
} from '#src/pumpfun/operations/operation.js';
import { DELIVERY_STATUSES } from '#src/audit/outbox/webhook.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { withClient } from '../../support/sql.js';

/** What the code allows and what the database allows are written twice, so that each holds without the other. */

type Moves = Readonly<Record<string, readonly string[]>>;

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database?.drop();
});

/** A commitment's database guard knows no kinds: what a status excludes for a kind is a CHECK. */
const commitmentMoves = Object.fromEntries(
  STATUSES.map((from) => [from, [...new Set(KINDS.flatMap((kind) => ALLOWED_MOVES[kind][from]))]]),
);

const GUARDED: readonly (readonly [table: string, guard: string, moves: Moves])[] = [
  ['commitments', 'commitments_guard', commitmentMoves],
  ['reward_milestones', 'reward_milestones_guard', MILESTONE_MOVES],
  ['payouts', 'payouts_guard', PAYOUT_MOVES],
  ['payout_attempts', 'payout_attempts_guard', ATTEMPT_MOVES],
  ['pump_operations', 'pump_operations_guard', OPERATION_MOVES],
  ['pump_attempts', 'pump_attempts_guard', OPERATION_ATTEMPT_MOVES],
];

const LISTED: readonly (readonly [table: string, column: string, values: readonly string[]])[] = [
  ['commitments', 'kind', KINDS],
  ['commitments', 'status', STATUSES],
  ['reward_milestones', 'status', MILESTONE_STATUSES],
  ['payouts', 'status', PAYOUT_STATUSES],
  ['payouts', 'purpose', PURPOSES],
  ['payout_attempts', 'status', ATTEMPT_STATUSES],
  ['pump_operations', 'kind', OPERATION_KINDS],
  ['pump_operations', 'status', OPERATION_STATUSES],
  ['pump_attempts', 'status', OPERATION_ATTEMPT_STATUSES],
  ['payout_pauses', 'scope', PAUSE_SCOPES],
  ['payout_pauses', 'purpose', PURPOSES],
  ['audit_webhook_deliveries', 'status', DELIVERY_STATUSES],
];

/** Tries every pair of states on a table that has the columns and the guard of the real one, and none of its other rules. */
async function movesOf(table: string, guard: string, states: readonly string[]): Promise<Moves> {
  return withClient(database.url, async (client) => {
    await client.query(`CREATE TEMP TABLE probe (LIKE public.${table})`);
    const required = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'probe'::regclass AND attnum > 0 AND attnotnull`,
    );
    for (const { name } of required.rows)
      await client.query(`ALTER TABLE probe ALTER COLUMN ${name} DROP NOT NULL`);
    await client.query(
      `CREATE TRIGGER guard BEFORE UPDATE ON probe FOR EACH ROW EXECUTE FUNCTION public.${guard}()`,
    );
    const found: Record<string, string[]> = {};
    for (const from of states) {
      found[from] = [];
      for (const to of states) {
        if (from === to) continue;
        await client.query('DELETE FROM probe');
        await client.query('INSERT INTO probe (status) VALUES ($1)', [from]);
        const moved = await client.query('UPDATE probe SET status = $1', [to]).then(
          () => true,
          () => false,
        );
        if (moved) found[from].push(to);
      }
    }
    return found;
  });
}

const sorted = (moves: Moves) =>
  Object.fromEntries(Object.entries(moves).map(([from, to]) => [from, [...to].sort()]));

describe('the moves of a state', () => {
  it.each(GUARDED)('are the same in the code and in the guard of %s', async (table, guard, moves) => {
    expect(sorted(await movesOf(table, guard, Object.keys(moves)))).toEqual(sorted(moves));
  });
});

describe('a closed set of values', () => {
  it.each(LISTED)('is the same in the code and in the CHECK of %s.%s', async (table, column, values) => {
    const allowed = await withClient(database.url, async (client) => {
      const { rows } = await client.query<{ text: string }>(
        `SELECT pg_get_constraintdef(c.oid) AS text FROM pg_attribute a JOIN pg_constraint c ON c.contype = 'c'
            AND (c.contypid = a.atttypid OR (c.conrelid = a.attrelid AND c.conkey = ARRAY[a.attnum]))
          WHERE a.attrelid = $1::regclass AND a.attname = $2`,
        [`public.${table}`, column],
      );
      return rows.flatMap(({ text }) => [...text.matchAll(/'([a-z_]+)'::text/g)].map(([, value]) => value));
    });
    expect(new Set(allowed)).toEqual(new Set(values));
  });
});
