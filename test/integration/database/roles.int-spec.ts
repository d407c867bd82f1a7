import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { appUserOf } from '#migrations/roles/app-user.js';
import { checkRole } from '#migrations/roles/role-check.js';
import { roleScript, setUpRole } from '#migrations/roles/role-setup.js';
import { CALLED_FUNCTIONS, READ_VIEWS, rightsOf, TABLE_GRANTS } from '#migrations/roles/table-grants.js';
import type { Query } from '#migrations/migration-status.js';
import { migrateUp } from '#migrations/runner.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { asAppRole, execute } from '../../support/sql.js';

let database: TestDatabase;

const asOwner = <R extends object>(sql: string, values?: unknown[]) => execute<R>(database.url, sql, values);
const asApp = <R extends object>(sql: string, values?: unknown[]) => execute<R>(database.appUrl, sql, values);
const queryOf =
  (url: string): Query =>
  (sql) =>
    execute<Record<string, unknown>>(url, sql);

const TABLES = `SELECT relname AS name FROM pg_class
  WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') ORDER BY 1`;

const FORBIDDEN = [
  'CREATE TABLE public.mine (id int)',
  'CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$',
  'ALTER TABLE public.payouts DISABLE TRIGGER ALL',
  'ALTER TABLE public.payouts DISABLE ROW LEVEL SECURITY',
  'DROP TRIGGER audit_logs_append_only ON public.audit_logs',
  'DROP POLICY cts_app_rows ON public.payouts',
  'SET session_replication_role = replica',
  'TRUNCATE public.rate_limits',
  'UPDATE public.audit_logs SET actor = $$nobody$$',
  'DELETE FROM public.audit_logs',
  'UPDATE public.signed_acts SET wallet = $$thief$$',
  'DELETE FROM public.signed_acts',
  'DELETE FROM public.payouts',
  'UPDATE public.audit_seals SET sealed_at = now()',
  'INSERT INTO public.audit_changes (table_name, row_key) VALUES ($$payouts$$, $$1$$)',
  'UPDATE public.escrows SET address = $$thief$$',
  'UPDATE public.failure_shares SET amount_lamports = 1',
  'UPDATE public.audit_anchors SET seal_id = 1',
  'INSERT INTO public.schema_migrations VALUES ($$9999_mine$$)',
];

describe('the role of the API', () => {
  beforeEach(async () => {
    database = await createTestDatabase();
  });
  afterEach(() => database.drop());

  it('T8: every table has row level security, a policy for the role, and an entry in the table of grants', async () => {
    const tables = (await asOwner<{ name: string }>(TABLES)).map(({ name }) => name);
    expect(tables).toEqual(Object.keys(TABLE_GRANTS).sort());
    const open = await asOwner(`SELECT relname FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND (NOT relrowsecurity OR NOT EXISTS (
        SELECT 1 FROM pg_policies WHERE tablename = relname AND roles = '{cts_app}' AND policyname = 'cts_app_rows'))`);
    expect(open).toEqual([]);
  });

  it('T8: has exactly the rights of the table of grants', async () => {
    const found = await asOwner<{ right: string }>(`
      SELECT 'public.' || table_name || ' ' || privilege_type AS right FROM information_schema.role_table_grants
       WHERE grantee = 'cts_app' AND table_schema = 'public'
      UNION SELECT 'public.' || table_name || ' ' || privilege_type || ' ' || column_name
        FROM information_schema.column_privileges AS by_column
       WHERE grantee = 'cts_app' AND table_schema = 'public' AND NOT EXISTS (
         SELECT 1 FROM information_schema.role_table_grants AS whole WHERE whole.grantee = 'cts_app'
           AND whole.table_name = by_column.table_name AND whole.privilege_type = by_column.privilege_type)`);
    const expected = Object.keys(TABLE_GRANTS)
      .flatMap(rightsOf)
      .flatMap(({ table, privilege, columns }) =>
        (columns ?? ['']).map((column) => `public.${table} ${privilege} ${column}`.trim()),
      );
    const views = READ_VIEWS.map((view) => `public.${view} SELECT`);
    expect(found.map(({ right }) => right).sort()).toEqual([...expected, ...views].sort());
  });

  it('T8: changes no schema, switches nothing off, and rewrites nothing that it has told', async () => {
    const allowed: string[] = [];
    for (const sql of FORBIDDEN) {
      const outcome = await asApp(sql).catch((error: unknown) => (error as { code?: string }).code);
      if (outcome !== '42501') allowed.push(sql);
    }
    expect(allowed).toEqual([]);
  });

  it('the journal still tells what the role changes, though it may not write there itself', async () => {
    await asApp(
      `INSERT INTO public.audit_logs (event, actor, request_id) VALUES ('something_ok', 'cron', 'r')`,
    );
    await asApp(`INSERT INTO public.admin_sessions VALUES ($1, 'w', now(), now(), $1)`, ['a'.repeat(64)]);
    expect(await asOwner('SELECT table_name FROM public.audit_changes')).toEqual([
      { table_name: 'admin_sessions' },
    ]);
  });

  it('nobody else has rights, and what is created later gives none', async () => {
    const others = await asOwner(`
      SELECT relname, grantee FROM pg_class CROSS JOIN LATERAL aclexplode(relacl) AS acl
       WHERE relnamespace = 'public'::regnamespace AND acl.grantee NOT IN (relowner, 'cts_app'::regrole)
      UNION ALL SELECT proname, grantee FROM pg_proc
        CROSS JOIN LATERAL aclexplode(coalesce(proacl, acldefault('f', proowner))) AS acl
       WHERE pronamespace = 'public'::regnamespace AND acl.grantee NOT IN (proowner, 'cts_app'::regrole)`);
    expect(others).toEqual([]);
    await asOwner('CREATE FUNCTION public.later() RETURNS int LANGUAGE sql AS $$ SELECT 1 $$');
    await asOwner('CREATE TABLE public.later (id int)');
    await expect(asApp('SELECT public.later()')).rejects.toMatchObject({ code: '42501' });
    await expect(asApp('SELECT * FROM public.later')).rejects.toMatchObject({ code: '42501' });
  });

  it('functions that run as their owner look names up in pg_catalog first', async () => {
    const loose = await asOwner(`SELECT proname FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND prosecdef AND NOT EXISTS (
        SELECT 1 FROM unnest(proconfig) AS setting WHERE setting LIKE 'search_path=pg_catalog%')`);
    expect(loose).toEqual([]);
    const called = await asOwner<{
      name: string;
    }>(`SELECT proname || '(' || oidvectortypes(proargtypes) || ')' AS name
        FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND has_function_privilege('cts_app', oid, 'EXECUTE') ORDER BY 1`);
    expect(called.map(({ name }) => name)).toEqual(CALLED_FUNCTIONS);
  });

  it('a check names what it lacks: a right, a policy, a row that is hidden', async () => {
    const check = async () => (await checkRole(queryOf(database.appUrl))).problem;
    expect(await checkRole(queryOf(database.appUrl))).toEqual({ role: 'cts_app', isOwner: false });
    await asOwner(`CREATE POLICY hidden ON public.schema_migrations AS RESTRICTIVE USING (false)`);
    expect(await check()).toContain('sees no row of public.schema_migrations');
    await asOwner(`DROP POLICY hidden ON public.schema_migrations`);
    await asOwner('DROP POLICY cts_app_rows ON public.payouts');
    expect(await check()).toContain('a policy on public.payouts');
    await asOwner('REVOKE UPDATE ON public.payouts FROM cts_app');
    expect(await check()).toMatch(/UPDATE on public.payouts, a policy.*npm run migrate/);
  });
});

describe('an owner who is no superuser', () => {
  const suffix = randomBytes(4).toString('hex');
  const [owner, app] = [`cts_owner_${suffix}`, `cts_api_${suffix}`];
  const { adminUrl } = inject('postgres');
  let ownerUrl: string;
  let appUrl: string;

  beforeEach(async () => {
    database = await createEmptyDatabase();
    const url = new URL(database.url);
    await execute(adminUrl, `CREATE ROLE ${owner} LOGIN PASSWORD 'owner'`);
    await execute(adminUrl, `ALTER DATABASE ${url.pathname.slice(1)} OWNER TO ${owner}`);
    ownerUrl = Object.assign(new URL(url), { username: owner, password: 'owner' }).href;
    appUrl = Object.assign(new URL(url), { username: app, password: 'p%40ss' }).href;
  });
  afterEach(async () => {
    await database.drop();
    await execute(adminUrl, `DROP ROLE IF EXISTS ${app}`);
    await execute(adminUrl, `DROP ROLE ${owner}`);
  });

  async function migrate(user = appUrl) {
    const source = await createDataSource(parseEnvironment({ DATABASE_URL: ownerUrl })).initialize();
    try {
      await migrateUp(source);
      return await setUpRole(source, appUserOf(user));
    } finally {
      await source.destroy();
    }
  }

  it('with CREATEROLE makes the role, which can work at once; again changes nothing', async () => {
    await execute(adminUrl, `ALTER ROLE ${owner} CREATEROLE`);
    expect(await migrate()).toEqual({ state: 'granted', role: app, created: true });
    expect(await checkRole(queryOf(appUrl))).toEqual({ role: app, isOwner: false });
    expect(await migrate()).toEqual({ state: 'granted', role: app, created: false });
    expect(await checkRole(queryOf(ownerUrl))).toEqual({ role: owner, isOwner: true });
    await expect(execute(appUrl, 'CREATE TEMPORARY TABLE mine (id int)')).rejects.toMatchObject({
      code: '42501',
    });
  });

  it('without CREATEROLE names the exact SQL, and grants once somebody has run it', async () => {
    const outcome = await migrate();
    expect(outcome).toMatchObject({ state: 'role_missing', role: app, owner });
    const sql = 'sql' in outcome ? outcome.sql : '';
    await execute(adminUrl, sql.replace(`'the password in DATABASE_URL'`, `'p@ss'`));
    expect(await migrate()).toEqual({ state: 'granted', role: app, created: false });
    expect(await checkRole(queryOf(appUrl))).toEqual({ role: app, isOwner: false });
  });

  it('that is all there is, is told so and may go on', async () => {
    const outcome = await migrate(ownerUrl);
    // Another role of this server may be called cts_app.
    expect(['owner_only', 'granted']).toContain(outcome.state);
    expect(await checkRole(queryOf(ownerUrl))).toEqual({ role: owner, isOwner: true });
  });

  it('prints what a person can run instead', async () => {
    await execute(adminUrl, `ALTER ROLE ${owner} CREATEROLE`);
    const source = await createDataSource(parseEnvironment({ DATABASE_URL: ownerUrl })).initialize();
    await migrateUp(source);
    await source.destroy();
    const script = await roleScript(queryOf(ownerUrl), appUserOf(appUrl));
    for (const sql of script) await execute(ownerUrl, sql.replace('the password in DATABASE_URL', 'p@ss'));
    expect(await checkRole(queryOf(appUrl))).toEqual({ role: app, isOwner: false });
  });
});

it('the URL of the tests names the role that is meant', () => {
  expect(appUserOf(asAppRole('postgres://u:p@h/d')).role).toBe('cts_app');
});
