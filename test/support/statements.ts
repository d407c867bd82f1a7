import { DataSource } from 'typeorm';
import type { AppWorld } from './app-world.js';

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
