import { VERSION } from '#config/version.js';
import { createDataSource, type DatabaseSettings } from '#config/database/data-source.js';
import { asOwner, loadDatabaseSettings, loadSource } from '#config/load.js';
import { migrationStatus, type Query } from '#migrations/migration-status.js';
import { type AppUser, appUserOf } from '#migrations/roles/app-user.js';
import { type RoleOutcome, roleScript, setUpRole } from '#migrations/roles/role-setup.js';
import { migrateDown, migrateUp } from '#migrations/runner.js';
import type { DataSource } from 'typeorm';
import { messageOf } from '#src/common/errors/errors.js';

const USAGE = 'Usage: migrate up | down | status | roles [--json]';
// A migration may take its time, and so may waiting for another replica's.
const MIGRATION_LIMIT_MS = 30 * 60_000;

/** What a command did: as lines, and for `--json`. */
interface Outcome {
  readonly lines: readonly string[];
  readonly json: unknown;
  readonly exitCode?: number;
}

const COMMANDS: Readonly<Record<string, (dataSource: DataSource, user: AppUser) => Promise<Outcome>>> = {
  up: async (dataSource, user) => {
    const applied = await migrateUp(dataSource);
    const role = await setUpRole(dataSource, user);
    const lines =
      applied.length === 0 ? ['Nothing to apply.'] : applied.map((version) => `applied ${version}`);
    const exitCode = role.state === 'role_missing' ? 1 : 0;
    return { lines: [...lines, ...roleLines(role)], json: { applied, role }, exitCode };
  },
  down: async (dataSource) => {
    const reverted = (await migrateDown(dataSource)) ?? null;
    return {
      lines: [reverted === null ? 'Nothing to take back.' : `reverted ${reverted}`],
      json: { reverted },
    };
  },
  // What `up` does about rights, to be read, or run by somebody else.
  roles: async (dataSource, user) => {
    const statements = await roleScript((sql) => dataSource.query<Awaited<ReturnType<Query>>>(sql), user);
    return { lines: statements, json: { statements } };
  },
  // So that a deployment can ask: 1 when something is pending.
  status: async (dataSource) => {
    const status = await migrationStatus((sql) => dataSource.query<Awaited<ReturnType<Query>>>(sql));
    const { applied, pending } = status;
    const lines = [...applied.map((v) => `applied  ${v}`), ...pending.map((v) => `pending  ${v}`)];
    lines.sort((a, b) => a.slice(9).localeCompare(b.slice(9)));
    return { lines, json: status, exitCode: pending.length === 0 ? 0 : 1 };
  },
};

function roleLines(outcome: RoleOutcome): string[] {
  if (outcome.state === 'owner_only') return [];
  const { role } = outcome;
  if (outcome.state === 'granted') return outcome.created ? [`created role ${role}`] : [];
  return [
    `The role ${role} of DATABASE_URL does not exist, and ${outcome.owner} cannot create it. Let an administrator run:`,
    `  ${outcome.sql}`,
    'Then run `npm run migrate` again: it grants what the role needs.',
  ];
}

/** Runs one command over the database that the DATABASE_* settings name; nothing else has to be set. */
async function main(argv: readonly string[]): Promise<void> {
  const [name, ...rest] = argv.filter((argument) => argument !== '--json');
  if (argv.includes('--version')) return void process.stdout.write(`${VERSION}\n`);
  const command = COMMANDS[name ?? ''];
  if (command === undefined || rest.length > 0) throw new Error(USAGE);
  const settings = loadDatabaseSettings(loadSource());
  const { DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl } = settings;
  const url = appUrl ?? ownerUrl;
  if (url === undefined) {
    throw new Error(
      'DATABASE_URL is not set: it names the database to migrate, postgres://user@host:5432/name',
    );
  }
  const dataSource = await createDataSource(withPatience(asOwner(settings))).initialize();
  try {
    const { lines, json, exitCode = 0 } = await command(dataSource, appUserOf(url));
    const shown = argv.includes('--json') ? [JSON.stringify(json, null, 2)] : lines;
    for (const line of shown) process.stdout.write(`${line}\n`);
    process.exitCode = exitCode;
  } finally {
    await dataSource.destroy();
  }
}

function withPatience(settings: DatabaseSettings): DatabaseSettings {
  return { ...settings, PG_STATEMENT_TIMEOUT_MS: MIGRATION_LIMIT_MS };
}

/** The reason in one line: connection errors wrap it. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  const first = cause instanceof AggregateError ? cause.errors[0] : cause;
  return messageOf(first).split('\n', 1)[0] ?? '';
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof Error && error.name === 'EnvironmentError' ? error.message : reasonOf(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
