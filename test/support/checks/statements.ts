import { DataSource } from 'typeorm';
import type { AppWorld } from '../worlds/app-world.js';

export interface Statement {
  readonly sql: string;
  readonly parameters: unknown[];
}

/** Every statement that the service sends while the work is done. */
export async function statementsOf(world: AppWorld, work: () => Promise<unknown>): Promise<Statement[]> {
  const dataSource = world.app.get(DataSource);
  const statements: Statement[] = [];
  const { logger } = dataSource;
  const silent = () => undefined;
  dataSource.logger = {
    logQuery: (sql: string, parameters: unknown[] = []) => void statements.push({ sql, parameters }),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  try {
    await work();
  } finally {
    dataSource.logger = logger;
  }
  return statements;
}

/** A request that follows its payout for PAYOUT_WAIT_SECONDS, 20 unless told otherwise, looks more often than that. */
export const AS_MANY_AS_A_WAIT = 60;

/** How many statements about payouts the service sends while the work is done. */
export async function looksAtPayouts(world: AppWorld, work: () => Promise<unknown>): Promise<number> {
  return (await statementsOf(world, work)).filter(({ sql }) => /\bpayouts\b/.test(sql)).length;
}

export interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: PlanNode[];
}

/** How PostgreSQL carries a statement out; it is carried out for that. */
export async function planOf(
  world: Pick<AppWorld, 'sql'>,
  { sql, parameters }: Statement,
): Promise<PlanNode[]> {
  const [row] = await world.sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    parameters,
  );
  const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];
  return row === undefined ? [] : flatten(row['QUERY PLAN'][0].Plan);
}
