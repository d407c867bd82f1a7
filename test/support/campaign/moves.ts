import { ALLOWED_MOVES, KINDS, STATUSES } from '#src/commitments/commitment/commitment.js';
import { MILESTONE_MOVES } from '#src/commitments/milestones/milestone.js';
import { ATTEMPT_MOVES, PAYOUT_MOVES } from '#src/releases/payouts/payout.js';
import type { CampaignWorld } from './campaign-world.js';

interface Move {
  readonly table: string;
  readonly from: string;
  readonly to: string;
  readonly count: number;
}

const commitmentMoves = Object.fromEntries(
  STATUSES.map((from) => [from, KINDS.flatMap((kind) => ALLOWED_MOVES[kind][from])]),
);
const TABLES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  commitments: commitmentMoves,
  reward_milestones: MILESTONE_MOVES,
  payouts: PAYOUT_MOVES,
  payout_attempts: ATTEMPT_MOVES,
};

/** Keeps every change of a state, in a schema of the test's own. */
export async function recordMoves(world: CampaignWorld): Promise<void> {
  await world.query('CREATE SCHEMA campaign');
  await world.query('CREATE TABLE campaign.moves ("table" text, row_id text, "from" text, "to" text)');
  await world.query(`
    CREATE FUNCTION campaign.record() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = '' AS $$
    BEGIN INSERT INTO campaign.moves VALUES (TG_TABLE_NAME, NEW.id::text, OLD.status, NEW.status); RETURN NULL; END $$`);
  for (const table of Object.keys(TABLES))
    await world.query(`
      CREATE TRIGGER campaign_moves AFTER UPDATE OF status ON public.${table} FOR EACH ROW
        WHEN (OLD.status IS DISTINCT FROM NEW.status) EXECUTE FUNCTION campaign.record()`);
}

/** How many there were, and those that the rules do not know. */
export async function movesOf(world: CampaignWorld): Promise<{ count: number; wrong: string[] }> {
  const moves = await world.query<Move>(
    `SELECT "table", "from", "to", count(*)::int AS count FROM campaign.moves GROUP BY "table", "from", "to"`,
  );
  return {
    count: moves.reduce((sum, { count }) => sum + count, 0),
    wrong: moves
      .filter(({ table, from, to }) => !(TABLES[table]?.[from] ?? []).includes(to))
      .map(({ table, from, to, count }) => `${table} went from ${from} to ${to}, ${count} times`),
  };
}
