import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { pollUntil } from '../../support/poll.js';
import { TcpProxy } from '../../support/proxies/tcp-proxy.js';

const FAST = { PG_STATEMENT_TIMEOUT_MS: '1000', PG_POOL_CONNECTION_TIMEOUT_MS: '2000', PG_POOL_MAX: '2' };

let database: TestDatabase;
let proxy: TcpProxy;
let app: NestFastifyApplication | undefined;
let url: string;

beforeEach(async () => {
  database = await createTestDatabase();
  proxy = await TcpProxy.before(database.url);
});

afterEach(async () => {
  proxy.thaw();
  await app?.close();
  await proxy.close();
  await database.drop();
});

async function start(overrides: Record<string, string> = {}): Promise<void> {
  ({ app, url } = await startHttpApp(proxy.url, { ...FAST, ...overrides }));
  await pollUntil('the API to serve', async () => (await get('/api/shell/now')).status === 200);
}

async function get(path: string) {
  const response = await fetch(`${url}${path}`);
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body };
}

async function expectOutage(path: string): Promise<void> {
  const answer = await get(path);
  expect(answer.body).toMatchObject({
    status: 503,
    code: 'database_unavailable',
    title: 'Database connection failed',
  });
  expect(answer.headers.get('retry-after')).toBe('5');
}

async function expectBack(): Promise<void> {
  await pollUntil('the API serves again', async () => (await get('/api/shell/now')).status === 200);
  // Every connection of the pool is sound again, not only the first.
  const answers = await Promise.all(Array.from({ length: 8 }, () => get('/api/shell/now')));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
}

describe('a database that is gone', () => {
  it('is answered with 503, and served again when it returns', async () => {
    await start({ NODE_ENV: 'production' });
    await proxy.close();
    await Promise.all(Array.from({ length: 6 }, () => expectOutage('/api/shell/now')));
    await proxy.open();
    await expectBack();
  });

  it('outside production leaves the rate limits in memory, and says so of what needs it', async () => {
    await start();
    await proxy.close();
    expect((await get('/api/shell/limited')).status).toBe(200);
    await expectOutage('/api/shell/now');
    await proxy.open();
    await expectBack();
  });

  it('N4: in production closes the limited routes, with the true cause', async () => {
    await start({ NODE_ENV: 'production' });
    await proxy.close();
    await expectOutage('/api/shell/limited');
  });

  it('N4: a connection that is cut while it is set up is refused, and does not end the process', async () => {
    await start();
    proxy.breakConnections();
    proxy.overhear((text) => {
      if (text.includes('set_config')) proxy.freeze();
    });
    await pollUntil(
      'the next connection to be set up in vain',
      async () => (await get('/api/shell/now')).status === 503,
    );
    proxy.overhear(() => undefined);
    proxy.thaw();
    await expectBack();
  });

  it('survives connections that break while idle and while used', async () => {
    await start();
    const sleeping = get('/api/shell/sleep');
    await pollUntil('the statement runs', async () => (await get('/health/ready')).status === 200);
    proxy.breakConnections();
    expect((await sleeping).body).toMatchObject({ code: 'database_unavailable' });
    await expectBack();
  });

  it('leaves the probes answering, and readiness naming the part', async () => {
    await start();
    await proxy.close();
    expect((await get('/health/live')).status).toBe(200);
    const ready = await pollUntil('readiness tells', async () => {
      const answer = await get('/health/ready');
      return answer.status === 503 ? answer : undefined;
    });
    expect(ready.body).toMatchObject({
      status: 'error',
      checks: {
        database: { status: 'error', detail: 'Database connection failed' },
        signer: { status: 'ok' },
      },
    });
  });
});

describe('a handshake that misses its limit', () => {
  it('N3: is tried again while the service starts, and does not end it', async () => {
    proxy.freeze();
    const starting = start({ PG_POOL_CONNECTION_TIMEOUT_MS: '1000' });
    const tried = pollUntil('the second try', async () => (proxy.connections > 1 ? true : undefined));
    await Promise.race([tried, starting]);
    proxy.thaw();
    await starting;
    expect(proxy.connections).toBeGreaterThan(1);
  });
});

describe('a database that is frozen', () => {
  it('N4: in production closes the limited routes while it is frozen, and counts again when it thaws', async () => {
    await start({ NODE_ENV: 'production' });
    proxy.freeze();
    await Promise.all(Array.from({ length: 30 }, () => expectOutage('/api/shell/limited')));
    proxy.thaw();
    await pollUntil(
      'the limits are counted again',
      async () => (await get('/api/shell/limited')).status === 200,
    );
  });

  it('N3: is answered with 503 in production while it is frozen, and served again when it thaws', async () => {
    await start({ NODE_ENV: 'production' });
    proxy.freeze();
    await Promise.all(Array.from({ length: 12 }, () => expectOutage('/api/shell/now')));
    proxy.thaw();
    await expectBack();
  });

  it('N3: costs a transaction its statement timeout once, not once more for the rollback', async () => {
    await start();
    await get('/api/shell/unlimited-now');
    proxy.freeze();
    const statements: string[] = [];
    proxy.overhear((text) => statements.push(text));
    await expectOutage('/api/shell/unlimited-now');
    proxy.thaw();
    await expectBack();
    expect(statements.join('')).toContain('BEGIN ISOLATION LEVEL');
    expect(statements.join('')).not.toContain('ROLLBACK');
  });

  it('N3: a statement that runs too long is ended by its limit', async () => {
    await start();
    await expectOutage('/api/shell/sleep');
    await expectBack();
  });
});
