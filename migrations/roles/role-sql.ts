import { CALLED_FUNCTIONS, READ_VIEWS, rightsOf, TABLE_GRANTS } from './table-grants.js';

/** The role that the API connects as, unless DATABASE_URL names another. */
export const DEFAULT_ROLE = 'cts_app';

/** Roles that hosted platforms expose over HTTP. None of them has business here. */
export const EXPOSED_ROLES = ['anon', 'authenticated', 'service_role'] as const;

/** What is found in the database before its rights are set. */
export interface RoleFacts {
  readonly database: string;
  /** The role that migrates. */
  readonly owner: string;
  readonly ownsDatabase: boolean;
  /** May give USAGE of the schema public away. */
  readonly grantsSchema: boolean;
  /** Of the owner, in the schema public: names of tables and sequences, signatures of functions. */
  readonly tables: readonly string[];
  readonly sequences: readonly string[];
  readonly functions: readonly string[];
  /** Which of EXPOSED_ROLES there are. */
  readonly exposed: readonly string[];
  /** Tables on which the policy of the role stands as it should. */
  readonly admitted: readonly string[];
}

/** Statements after which the role has exactly the rights of `TABLE_GRANTS`, and nobody but the owner has others. */
export function roleStatements(role: string | undefined, facts: RoleFacts): string[] {
  return [...revocations(role, facts), ...(role === undefined ? [] : grants(role, facts))];
}

/** @param password as SQL text: a quoted verifier, or a placeholder for a person */
export function createRoleStatement(role: string, password: string): string {
  return `CREATE ROLE ${quoted(role)} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${password};`;
}

/** The name of a role's policy on every table. */
export function policyName(role: string): string {
  return `${role}_rows`.slice(0, 63);
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function revocations(role: string | undefined, facts: RoleFacts): string[] {
  const { tables, sequences, functions, exposed, ownsDatabase, database, grantsSchema } = facts;
  const others = ['PUBLIC', ...exposed.map(quoted)].join(', ');
  const from = role === undefined ? others : `${others}, ${quoted(role)}`;
  return [
    ...(ownsDatabase ? [`REVOKE CREATE, TEMPORARY ON DATABASE ${quoted(database)} FROM PUBLIC;`] : []),
    ...(grantsSchema ? [`REVOKE CREATE ON SCHEMA public FROM ${from};`] : []),
    ...listed(tables.map(inPublic), (names) => `REVOKE ALL ON TABLE ${names} FROM ${from};`),
    ...listed(sequences.map(inPublic), (names) => `REVOKE ALL ON SEQUENCE ${names} FROM ${from};`),
    ...listed(functions.map(inSchema), (names) => `REVOKE ALL ON FUNCTION ${names} FROM ${from};`),
    'ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;',
    ...['TABLES', 'SEQUENCES', 'FUNCTIONS'].map(
      (kind) => `ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON ${kind} FROM ${others};`,
    ),
  ];
}

function grants(role: string, facts: RoleFacts): string[] {
  const known = facts.tables.filter((table) => table in TABLE_GRANTS);
  const called = CALLED_FUNCTIONS.filter((name) => facts.functions.includes(name));
  return [
    ...(facts.ownsDatabase
      ? [`GRANT CONNECT ON DATABASE ${quoted(facts.database)} TO ${quoted(role)};`]
      : []),
    ...(facts.grantsSchema ? [`GRANT USAGE ON SCHEMA public TO ${quoted(role)};`] : []),
    ...known.map((table) => grantStatement(role, table)),
    ...listed(
      READ_VIEWS.filter((view) => facts.tables.includes(view)).map(inPublic),
      (names) => `GRANT SELECT ON ${names} TO ${quoted(role)};`,
    ),
    ...listed(called.map(inSchema), (names) => `GRANT EXECUTE ON FUNCTION ${names} TO ${quoted(role)};`),
    ...known
      .filter((table) => !facts.admitted.includes(table))
      .flatMap((table) => policyStatements(role, table)),
  ];
}

function grantStatement(role: string, table: string): string {
  const rights = rightsOf(table).map(({ privilege, columns }) =>
    columns === undefined ? privilege : `${privilege} (${columns.map(quoted).join(', ')})`,
  );
  return `GRANT ${rights.join(', ')} ON TABLE ${inPublic(table)} TO ${quoted(role)};`;
}

function policyStatements(role: string, table: string): string[] {
  const name = quoted(policyName(role));
  const on = `${name} ON ${inPublic(table)}`;
  return [
    `DROP POLICY IF EXISTS ${on};`,
    `CREATE POLICY ${on} FOR ALL TO ${quoted(role)} USING (true) WITH CHECK (true);`,
  ];
}

function listed(names: readonly string[], statement: (names: string) => string): string[] {
  return names.length === 0 ? [] : [statement(names.join(', '))];
}

function inPublic(name: string): string {
  return `public.${quoted(name)}`;
}

/** A signature, `name(types)`, as PostgreSQL prints it. */
function inSchema(signature: string): string {
  return `public.${signature}`;
}
