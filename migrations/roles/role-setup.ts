import { randomBytes } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Query } from '#migrations/migration-status.js';
import { exclusively } from '#migrations/runner.js';
import type { AppUser } from './app-user.js';
import { passwordVerifier } from './password-verifier.js';
import {
  createRoleStatement,
  DEFAULT_ROLE,
  EXPOSED_ROLES,
  policyName,
  type RoleFacts,
  roleStatements,
} from './role-sql.js';

export type RoleOutcome =
  /** The API's role has its rights. */
  | { readonly state: 'granted'; readonly role: string; readonly created: boolean }
  /** DATABASE_URL connects as the owner, and there is no other role to grant to. */
  | { readonly state: 'owner_only'; readonly owner: string }
  /** The role is not there, and this one may not make it: `sql` is for somebody who may. */
  | { readonly state: 'role_missing'; readonly role: string; readonly owner: string; readonly sql: string };

const SALT_BYTES = 16;
const PLACEHOLDER = `'the password in DATABASE_URL'`;

const OWN = `relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'USAGE')
  AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_class.oid AND classid = 'pg_class'::regclass AND deptype = 'e')`;

const FACTS = (role: string) => `
  SELECT current_database() AS database, current_user AS owner,
    (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()) AS "ownsDatabase",
    has_schema_privilege('public', 'USAGE WITH GRANT OPTION') AS "grantsSchema",
    (SELECT coalesce(json_agg(relname ORDER BY relname), '[]') FROM pg_class WHERE ${OWN} AND relkind IN ('r', 'p', 'v', 'm'))
      AS tables,
    (SELECT coalesce(json_agg(relname ORDER BY relname), '[]') FROM pg_class WHERE ${OWN} AND relkind = 'S') AS sequences,
    (SELECT coalesce(json_agg(f ORDER BY f), '[]') FROM (
       SELECT proname || '(' || oidvectortypes(proargtypes) || ')' AS f FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND pg_has_role(proowner, 'USAGE')
          AND NOT EXISTS (SELECT 1 FROM pg_depend
                           WHERE objid = pg_proc.oid AND classid = 'pg_proc'::regclass AND deptype = 'e')) AS functions)
      AS functions,
    (SELECT coalesce(json_agg(rolname ORDER BY rolname), '[]') FROM pg_roles
      WHERE rolname IN (${EXPOSED_ROLES.map(literal).join(', ')})) AS exposed,
    (SELECT coalesce(json_agg(tablename), '[]') FROM pg_policies
      WHERE schemaname = 'public' AND policyname = ${literal(policyName(role))} AND permissive = 'PERMISSIVE' AND cmd = 'ALL'
        AND roles = ARRAY[${literal(role)}]::name[] AND qual = 'true' AND with_check = 'true') AS admitted`;

/**
 * Gives the API's role its rights, and takes everybody's else: after the migrations, each time, by the owner.
 * @param user whom DATABASE_URL connects as
 */
export async function setUpRole(dataSource: DataSource, user: AppUser): Promise<RoleOutcome> {
  return exclusively(dataSource, async (runner) => {
    const query: Query = (sql) => runner.query(sql) as ReturnType<Query>;
    const outcome = await makeRole(query, user);
    const role = outcome.state === 'granted' ? outcome.role : undefined;
    for (const sql of roleStatements(role, await factsOf(query, user.role))) await query(sql);
    return outcome;
  });
}

/** The SQL that `setUpRole` would run, for a person: the role first, without its password. */
export async function roleScript(query: Query, user: AppUser): Promise<string[]> {
  const { role } = await targetOf(query, user);
  const facts = await factsOf(query, role);
  const there = await roleExists(query, role);
  return [...(there ? [] : [createRoleStatement(role, PLACEHOLDER)]), ...roleStatements(role, facts)];
}

async function makeRole(query: Query, user: AppUser): Promise<RoleOutcome> {
  const { owner, role, isNamed } = await targetOf(query, user);
  if (await roleExists(query, role)) return { state: 'granted', role, created: false };
  if (!isNamed) return { state: 'owner_only', owner };
  const sql = createRoleStatement(role, PLACEHOLDER);
  if (user.password === '') return { state: 'role_missing', role, owner, sql };
  const verifier = passwordVerifier(user.password, randomBytes(SALT_BYTES));
  await query('SAVEPOINT making_role');
  try {
    await query(createRoleStatement(role, literal(verifier)));
    return { state: 'granted', role, created: true };
  } catch {
    // No CREATEROLE, or a platform that makes roles elsewhere.
    await query('ROLLBACK TO SAVEPOINT making_role');
    return { state: 'role_missing', role, owner, sql };
  }
}

/** The role that DATABASE_URL names, or `cts_app` where it names the one that migrates. */
async function targetOf(query: Query, { role }: AppUser) {
  const [row] = await query('SELECT current_user AS owner');
  const owner = String(row?.['owner']);
  return role === owner ? { owner, role: DEFAULT_ROLE, isNamed: false } : { owner, role, isNamed: true };
}

async function roleExists(query: Query, role: string): Promise<boolean> {
  return (await query(`SELECT 1 FROM pg_roles WHERE rolname = ${literal(role)}`)).length > 0;
}

async function factsOf(query: Query, role: string): Promise<RoleFacts> {
  const [facts] = await query(FACTS(role));
  return facts as unknown as RoleFacts;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
