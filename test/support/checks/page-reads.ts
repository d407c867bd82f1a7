import pg from 'pg';
import type { AppWorld } from '../worlds/app-world.js';

/** What a statement has cost at its dearest. */
export interface Reading {
  /** As the service has sent it, its white space and its lists of parameters made alike. */
  readonly sql: string;
  /** Pages of tables and indexes that PostgreSQL looked at to find rows, in memory or on disk. */
  readonly pages: number;
  /** Rows that one scan has read, those that it dropped included. */
  readonly rows: number;
  /** Rows that it has answered. */
  readonly answered: number;
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Node[];
}

/** Its own page, those of what is joined with it, and what leads to them in an index. */
const PAGES_A_ROW = 12;
/** Whatever a statement answers. */
const PAGES = 150;
/** A page of an export, and some more. */
const ROWS = 1_100;

/** Whether what a statement reads follows from something else than from what it answers. */
export function readsTheWhole({ pages, rows, answered }: Reading): boolean {
  return pages > PAGES + PAGES_A_ROW * answered || rows > ROWS;
}

/** PostgreSQL tells each session how it has carried out every statement, those of triggers and foreign keys included. */
const TELL: Readonly<Record<string, string>> = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_timing': 'off',
  'auto_explain.log_format': 'json',
  'auto_explain.log_level': 'notice',
  'auto_explain.log_nested_statements': 'on',
};

/**
 * What every statement that the service of this process sends during the work has cost, however it is sent: none can be forgotten.
 * The service is started anew before and after.
 */
export async function readingsOf(
  world: AppWorld,
  env: Readonly<Record<string, string>>,
  work: () => Promise<void>,
): Promise<Reading[]> {
  const name = new URL(world.databaseUrl).pathname.slice(1);
  const user = new URL(world.appDatabaseUrl).username;
  const readings = new Map<string, Reading>();
  const { prototype } = pg.Client;
  const { connect } = prototype;
  prototype.connect = function listening(this: pg.Client, ...args: unknown[]) {
    // What the test itself asks is none of the service's statements.
    if (this.user === user) this.on('notice', ({ message }) => note(readings, message ?? ''));
    return Reflect.apply(connect, this, args) as never;
  };
  try {
    for (const [key, value] of Object.entries(TELL))
      await world.sql(`ALTER DATABASE ${name} SET ${key} = '${value}'`);
    await world.restart(env);
    await work();
  } finally {
    prototype.connect = connect;
    await world.sql(`ALTER DATABASE ${name} RESET ALL`);
    await world.restart();
  }
  return [...readings.values()].toSorted((a, b) => b.pages - a.pages);
}

function note(readings: Map<string, Reading>, message: string): void {
  const [, json] = /^duration: \S+ ms {2}plan:\s*(\{.*)$/s.exec(message) ?? [];
  if (json === undefined) return;
  const told = JSON.parse(json) as { 'Query Text': string; Plan: Node };
  const sql = told['Query Text']
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\$\d+(?:, ?\$\d+)+/g, '$…')
    .trim();
  const before = readings.get(sql) ?? { pages: -1, rows: 0, answered: 0 };
  const { pages, rows } = costOf(told.Plan);
  const answered = told.Plan['Actual Rows'];
  const isDearer = pages - PAGES_A_ROW * answered > before.pages - PAGES_A_ROW * before.answered;
  const dearer = isDearer ? { pages, answered } : { pages: before.pages, answered: before.answered };
  readings.set(sql, { sql, ...dearer, rows: Math.max(before.rows, rows) });
}

/** Of what looks for rows. What changes them costs as much as there are indexes, and a new session looks up its tables besides. */
function costOf(node: Node): { pages: number; rows: number } {
  const parts = (node.Plans ?? []).map(costOf);
  const isScan =
    node['Node Type'] !== 'ModifyTable' && (node['Relation Name'] ?? node['Index Name']) !== undefined;
  const own = isScan ? node['Shared Hit Blocks'] + node['Shared Read Blocks'] : 0;
  // A bitmap's pages are among those of the scan above it.
  const below = isScan ? 0 : parts.reduce((sum, { pages }) => sum + pages, 0);
  const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  return { pages: own + below, rows: Math.max(isScan ? rows : 0, ...parts.map((part) => part.rows)) };
}
