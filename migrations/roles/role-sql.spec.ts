import { describe, expect, it } from 'vitest';
import { MIGRATION_VERSIONS } from '#migrations/index.js';
import { readMigration } from '#migrations/sql-migration.js';
import { passwordVerifier } from './password-verifier.js';
import { createRoleStatement, policyName, type RoleFacts, roleStatements } from './role-sql.js';
import { rightsOf, TABLE_GRANTS } from './table-grants.js';

const FACTS: RoleFacts = {
  database: 'cts',
  owner: 'owner',
  ownsDatabase: true,
  grantsSchema: true,
  tables: ['escrows', 'audit_logs', 'of_an_extension'],
  sequences: ['audit_logs_id_seq'],
  functions: ['failure_distribution_check(uuid)'],
  exposed: ['anon'],
  admitted: ['audit_logs'],
};

describe('the rights of the API’s role', () => {
  it('every table of the migrations has an entry, and no other', () => {
    const created: string[] = MIGRATION_VERSIONS.flatMap((version) =>
      [...readMigration(`${version}.sql`).matchAll(/^CREATE (?:UNLOGGED )?TABLE public\.(\w+)/gm)].map(
        ([, table = '']) => table,
      ),
    );
    expect(created.sort()).toEqual(Object.keys(TABLE_GRANTS).sort());
  });

  it.each([
    'audit_logs',
    'audit_seals',
    'audit_keys',
    'signed_acts',
    'admin_revocations',
    'failure_distributions',
    'failure_shares',
    'failure_rounds',
    'failure_round_shares',
  ])('T8: %s is only ever added to', (table) => {
    expect(rightsOf(table).map(({ privilege }) => privilege)).toEqual(['SELECT', 'INSERT']);
  });

  it('are taken from all first, then given to the role, and a policy that stands is left alone', () => {
    const sql = roleStatements('cts_app', FACTS);
    expect(sql).toContain('REVOKE CREATE, TEMPORARY ON DATABASE "cts" FROM PUBLIC;');
    expect(sql).toContain(
      'REVOKE ALL ON TABLE public."escrows", public."audit_logs", public."of_an_extension" FROM PUBLIC, "anon", "cts_app";',
    );
    expect(sql).toContain(
      'GRANT SELECT, INSERT, UPDATE ("key_id", "ciphertext") ON TABLE public."escrows" TO "cts_app";',
    );
    expect(sql).toContain('GRANT SELECT, INSERT ON TABLE public."audit_logs" TO "cts_app";');
    expect(sql.filter((line) => line.startsWith('CREATE POLICY'))).toEqual([
      'CREATE POLICY "cts_app_rows" ON public."escrows" FOR ALL TO "cts_app" USING (true) WITH CHECK (true);',
    ]);
    expect(sql.filter((line) => line.startsWith('GRANT') && line.includes('of_an_extension'))).toEqual([]);
  });

  it('without a role nothing is given', () => {
    expect(roleStatements(undefined, FACTS).filter((line) => !/REVOKE/.test(line))).toEqual([]);
  });

  it('an owner who owns no database, and no schema, changes neither', () => {
    const sql = roleStatements('cts_app', { ...FACTS, ownsDatabase: false, grantsSchema: false }).join('\n');
    expect(sql).not.toMatch(/ON DATABASE|ON SCHEMA/);
  });

  it('names are quoted, whatever they hold', () => {
    expect(createRoleStatement('a"b', `'x'`)).toContain('CREATE ROLE "a""b" LOGIN NOSUPERUSER');
    expect(policyName('r'.repeat(63))).toHaveLength(63);
  });

  it('a password is told as its verifier: the example of RFC 7677', () => {
    const verifier = passwordVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'));
    expect(verifier).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});
