import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VERSION } from '#config/version.js';
import { MIGRATION_VERSIONS } from '#migrations/index.js';
import { type Child, startProgram } from '../../support/processes/child.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../../support/database.js';
import { freePort } from '../../support/ports.js';
import { pollUntil } from '../../support/poll.js';
import { asAppRole } from '../../support/sql.js';

const children: Child[] = [];
const databases: TestDatabase[] = [];

afterEach(async () => {
  await Promise.all(children.splice(0).map((child) => child.kill()));
  await Promise.all(databases.splice(0).map((database) => database.drop()));
});

function run(file: string, env: Record<string, string>, args: string[] = []): Child {
  const child = startProgram(file, { env, args });
  children.push(child);
  return child;
}

async function keep(creation: Promise<TestDatabase>): Promise<string> {
  const database = await creation;
  databases.push(database);
  return database.url;
}

/** What it said to the operator when it gave up. */
async function refusal(env: Record<string, string>): Promise<string> {
  const child = run('src/main.ts', env);
  expect(await child.ended).toBe(1);
  expect(child.stderr()).not.toMatch(/^\s+at /m);
  return child.stderr();
}

describe('the start', () => {
  it('in production names everything that is missing, in one message', async () => {
    const text = await refusal({ NODE_ENV: 'production', CTS_MOCK_MODE: 'true' });
    for (const name of ['DATABASE_URL', 'ESCROW_DB_SECRET', 'ADMIN_WALLET_PUBKEYS', 'APP_ORIGIN']) {
      expect(text).toContain(name);
    }
    expect(text).toContain('SOLANA_RPC_URL');
    expect(text).toContain('CTS_MOCK_MODE');
  });

  it('without a database says what to do', async () => {
    expect(await refusal({})).toMatch(/DATABASE_URL is not set.*npm run dev/);
  });

  it('is refused while migrations are pending, naming them and the command', async () => {
    const text = await refusal({ DATABASE_URL: await keep(createEmptyDatabase()) });
    for (const version of MIGRATION_VERSIONS) expect(text).toContain(version);
    expect(text).toContain('npm run migrate');
  });

  it('is refused in one line when the database does not exist, without its password', async () => {
    const url = new URL(await keep(createEmptyDatabase()));
    url.pathname = '/no_such_database';
    url.password = url.password || 'hush-hush';
    const text = await refusal({ DATABASE_URL: url.href });
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(text).toContain('no_such_database');
    expect(text).not.toContain(url.password);
  });
});

describe('the running process', () => {
  let url: string;
  let child: Child;

  beforeEach(async () => {
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    child = run('src/main.ts', {
      DATABASE_URL: asAppRole(await keep(createTestDatabase())),
      PORT: String(port),
      SOLANA_RPC_URL: 'http://127.0.0.1:1',
      JOBS_ENABLED: 'false',
      SHUTDOWN_DELAY_SECONDS: '1',
    });
    await pollUntil('it listens', async () => (await fetch(`${url}/health/live`).catch(() => undefined))?.ok);
  });

  it('logs JSON lines, says which version it is, and ends with code 0 on SIGINT', async () => {
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: 'ok', version: VERSION });
    child.process.kill('SIGINT');
    expect(await child.ended).toBe(0);
    expect(child.stdout()).toContain(`"version":"${VERSION}"`);
    const lines = child.stdout().trim().split('\n');
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty('level');
  });

  it('after SIGTERM serves on for a while, and readiness says draining', async () => {
    child.process.kill('SIGTERM');
    const ready = await pollUntil('readiness tells', async () => {
      const answer = await fetch(`${url}/health/ready`);
      const { status } = (await answer.json()) as { status: string };
      return status === 'draining' ? answer : undefined;
    });
    expect(ready.status).toBe(503);
    const served = await fetch(`${url}/api/commitments?limit=1`);
    expect(served.status).toBe(200);
    expect(served.headers.get('connection')).toBe('close');
    expect(await child.ended).toBe(0);
  });

  it('takes the echo of a Ctrl-C for no second one', async () => {
    child.process.kill('SIGINT');
    child.process.kill('SIGINT');
    expect(await child.ended).toBe(0);
  });
});

describe('the migrate command', () => {
  const migrate = async (command: string, env: Record<string, string>) => {
    const child = run('src/cli/migrate.ts', env, [command]);
    const code = await child.ended;
    return { code, out: child.stdout().trim().split('\n'), err: child.stderr().trim() };
  };

  it('applies, lists, takes one back and applies it again', async () => {
    const env = { DATABASE_URL: await keep(createEmptyDatabase()) };
    const newest = MIGRATION_VERSIONS.at(-1);
    expect((await migrate('up', env)).out).toEqual(MIGRATION_VERSIONS.map((version) => `applied ${version}`));
    expect((await migrate('up', env)).out).toEqual(['Nothing to apply.']);
    expect((await migrate('down', env)).out).toEqual([`reverted ${newest}`]);
    const { out } = await migrate('status', env);
    expect(out.filter((line) => line.startsWith('pending'))).toEqual([`pending  ${newest}`]);
    expect((await migrate('up', env)).out).toEqual([`applied ${newest}`]);
  });

  it('believes the database, whoever migrated it: psql up and psql down', async () => {
    const url = await keep(createTestDatabase());
    const newest = MIGRATION_VERSIONS.at(-1) ?? '';
    expect((await migrate('up', { DATABASE_URL: url })).out).toEqual(['Nothing to apply.']);
    expect((await migrate('down', { DATABASE_URL: url })).out).toEqual([`reverted ${newest}`]);
    expect((await migrate('up', { DATABASE_URL: url })).out).toEqual([`applied ${newest}`]);
  });

  it('applies each migration once when two start at the same time', async () => {
    const env = { DATABASE_URL: await keep(createEmptyDatabase()) };
    const both = await Promise.all([migrate('up', env), migrate('up', env)]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const applied = both.flatMap(({ out }) => out).filter((line) => line.startsWith('applied'));
    expect(applied).toHaveLength(MIGRATION_VERSIONS.length);
  });

  it('fails in one line', async () => {
    for (const env of [{}, { DATABASE_URL: 'postgres://u:hush@127.0.0.1:1/x' }]) {
      const { code, err } = await migrate('up', env);
      expect(code).toBe(1);
      expect(err.split('\n')).toHaveLength(1);
      expect(err).not.toContain('hush');
    }
    expect((await migrate('sideways', {})).err).toContain('Usage');
  });
});
