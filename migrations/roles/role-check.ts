import type { Query } from '#migrations/migration-status.js';
import { type Right, rightsOf, TABLE_GRANTS } from './table-grants.js';

/** The role that a connection has, and whether it can do what the API does. */
export interface RoleReport {
  readonly role: string;
  /** It owns the tables, or is a member of who does: triggers and rights bind it only as long as it likes. */
  readonly isOwner: boolean;
  /** What keeps it from working, one sentence without the full stop; undefined when nothing does. */
  readonly problem?: string;
}

const SHOWN = 5;
const REMEDY =
  'run `npm run migrate` with DATABASE_MIGRATION_URL, the owner’s, and DATABASE_URL of this role';

const TABLES = Object.keys(TABLE_GRANTS)
  .map((name) => `'${name}'`)
  .join(', ');

const ROLE = `
  SELECT current_user AS role, EXISTS (
    SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relname IN (${TABLES})
       AND pg_has_role(relowner, 'MEMBER')) AS "isOwner"`;

/** Of the tables that are there: others come with a pending migration. */
const LACKING = `
  SELECT wanted.privilege || ' on public.' || wanted.name AS lacking
    FROM (VALUES ${Object.keys(TABLE_GRANTS).flatMap(rightsOf).map(valuesOf).join(', ')}) AS wanted (name, privilege, test)
    JOIN pg_class ON relname = wanted.name AND relnamespace = 'public'::regnamespace
   WHERE NOT CASE WHEN wanted.test = 'columns' THEN has_any_column_privilege(pg_class.oid, wanted.privilege)
                  ELSE has_table_privilege(pg_class.oid, wanted.privilege) END
  UNION ALL
  SELECT 'a policy on public.' || relname FROM pg_class
   WHERE relnamespace = 'public'::regnamespace AND relname IN (${TABLES}) AND row_security_active(pg_class.oid)
     AND NOT EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid AND polpermissive
       AND EXISTS (SELECT 1 FROM unnest(polroles) AS member WHERE member = 0 OR pg_has_role(member, 'USAGE')))
   ORDER BY 1`;

/** A row that every migrated database has: whoever sees none is kept from it. A table without policies hides nothing. */
const CANARY = `SELECT NOT relrowsecurity OR EXISTS (SELECT 1 FROM public.schema_migrations) AS visible
                  FROM pg_class WHERE oid = 'public.schema_migrations'::regclass`;

/** For the log and the health report: allowed, and said. */
export function runsAsOwner(role: string): string {
  return `The API runs as ${role}, the owner of the tables, which can change what it has written.`;
}

export async function checkRole(query: Query): Promise<RoleReport> {
  const [row] = await query(ROLE);
  const report = { role: String(row?.['role']), isOwner: row?.['isOwner'] === true };
  const problem = await problemOf(query, report.role);
  return problem === undefined ? report : { ...report, problem };
}

/** @returns the role of this connection when it owns the tables */
export async function ownerOf(query: Query): Promise<string | undefined> {
  const [row] = await query(ROLE);
  return row?.['isOwner'] === true ? String(row['role']) : undefined;
}

async function problemOf(query: Query, role: string): Promise<string | undefined> {
  const [table] = await query(`SELECT to_regclass('public.schema_migrations') IS NOT NULL AS present`);
  if (table?.['present'] !== true) return undefined;
  const lacking = (await query(LACKING)).map((row) => String(row['lacking']));
  if (lacking.length > 0) return `The role ${role} of DATABASE_URL lacks ${listed(lacking)}: ${REMEDY}`;
  const [canary] = await query(CANARY);
  if (canary?.['visible'] === true) return undefined;
  return `The role ${role} of DATABASE_URL sees no row of public.schema_migrations, which has some: a policy hides them; ${REMEDY}`;
}

function valuesOf({ table, privilege, columns }: Right): string {
  return `('${table}', '${privilege}', '${columns === undefined ? 'table' : 'columns'}')`;
}

function listed(names: readonly string[]): string {
  const rest = names.length - SHOWN;
  return names.slice(0, SHOWN).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}
