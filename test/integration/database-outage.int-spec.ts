import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { startHttpApp } from '../support/http-app.js';
import { pollUntil } from '../support/poll.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const FAST = { PG_STATEMENT_TIMEOUT_MS: '1000', PG_POOL_CONNECTION_TIMEOUT_MS: '1000', PG_POOL_MAX: '2' };

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
  expect((await get('/api/shell/now')).status).toBe(200);
}

async function get(path: string) {
  const started = Date.now();
  const response = await fetch(`${url}${path}`);
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body, ms: Date.now() - started };
}

async function expectOutage(path: string, limitMs: number): Promise<void> {
  const answer = await get(path);
  expect(answer.body).toMatchObject({
    status: 503,
    code: 'database_unavailable',
    title: 'Database connection failed',
  });
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(answer.ms).toBeLessThan(limitMs);
}

async function expectBackWithin(limitMs: number): Promise<void> {
  await pollUntil('the API serves again', async () => (await get('/api/shell/now')).status === 200, {
    deadlineMs: limitMs,
  });
  // Every connection of the pool is sound again, not only the first.
  const answers = await Promise.all(Array.from({ length: 8 }, () => get('/api/shell/now')));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
}

describe('a database that is gone', () => {
  it('is answered with 503 within a second, and served again within 5 s of its return', async () => {
    await start({ NODE_ENV: 'production' });
    await proxy.close();
    await Promise.all(Array.from({ length: 6 }, () => expectOutage('/api/shell/now', 1_000)));
    await proxy.open();
    await expectBackWithin(5_000);
  });

  it('outside production leaves the rate limits in memory, and says so of what needs it', async () => {
    await start();
    await proxy.close();
    expect((await get('/api/shell/limited')).status).toBe(200);
    await expectOutage('/api/shell/now', 1_000);
    await proxy.open();
    await expectBackWithin(5_000);
  });

  it('N4: in production closes the limited routes at once, with the true cause', async () => {
    await start({ NODE_ENV: 'production' });
    await proxy.close();
    await expectOutage('/api/shell/limited', 1_000);
  });

  it('survives connections that break while idle and while used', async () => {
    await start();
    const sleeping = get('/api/shell/sleep');
    await pollUntil('the statement runs', async () => (await get('/health/ready')).status === 200);
    proxy.breakConnections();
    expect((await sleeping).body).toMatchObject({ code: 'database_unavailable' });
    await expectBackWithin(5_000);
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

describe('a database that is frozen', () => {
  it('N4: in production closes the limited routes, and nobody waits for one statement after another', async () => {
    await start({ NODE_ENV: 'production' });
    proxy.freeze();
    // One limit of 0.8 s and room for a busy machine; two in a row would be more.
    const answers = Array.from({ length: 30 }, () => expectOutage('/api/shell/limited', 1_500));
    await Promise.all(answers);
    proxy.thaw();
    await pollUntil(
      'the limits are counted again',
      async () => (await get('/api/shell/limited')).status === 200,
      {
        deadlineMs: 5_000,
      },
    );
  });

  it('N3: is answered with 503 within 2 s in production, and served again when it thaws', async () => {
    await start({ NODE_ENV: 'production' });
    proxy.freeze();
    await Promise.all(Array.from({ length: 12 }, () => expectOutage('/api/shell/now', 2_000)));
    proxy.thaw();
    await expectBackWithin(5_000);
  });

  it('N3: costs a transaction its statement timeout once, not once more for the rollback', async () => {
    await start();
    await get('/api/shell/unlimited-now');
    proxy.freeze();
    // 1 s for the server's limit and 1 s for the client's: no answer came from the server.
    await expectOutage('/api/shell/unlimited-now', 3_500);
    proxy.thaw();
    await expectBackWithin(5_000);
  });

  it('N3: a statement that runs too long is ended by its limit', async () => {
    await start();
    await expectOutage('/api/shell/sleep', 2_500);
    await expectBackWithin(5_000);
  });
});
