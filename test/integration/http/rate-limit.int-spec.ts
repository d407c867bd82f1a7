import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RATE_LIMITS } from '#src/common/rate-limits.js';
import { RateLimitPurge } from '#src/rate-limit/rate-limit.purge.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { earlyInWindow } from '../../support/clock.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { execute } from '../../support/sql.js';

const { limit, windowSeconds } = RATE_LIMITS.create;

let database: TestDatabase;
const replicas: { app: NestFastifyApplication; url: string }[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  replicas.push(await startHttpApp(database.url, { TRUST_PROXY: '1' }));
  replicas.push(await startHttpApp(database.url, { TRUST_PROXY: '1' }));
});

afterAll(async () => {
  await Promise.all(replicas.map(({ app }) => app.close()));
  await database?.drop();
});

const request = (number: number, forwardedFor: string) =>
  fetch(`${replicas[number % 2]?.url}/api/shell/limited`, { headers: { 'x-forwarded-for': forwardedFor } });

describe('rate limits', () => {
  it('admit exactly 100 of 200 that come to two replicas at once, each with a number of its own', async () => {
    expect(limit).toBe(100);
    await earlyInWindow(windowSeconds);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, number) => request(number, '198.51.100.1')),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(100);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100);
    const rests = answers
      .filter(({ status }) => status === 200)
      .map(({ headers }) => Number(/;r=(\d+);/.exec(headers.get('ratelimit') ?? '')?.[1]));
    expect(rests.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });

  it('count many clients on two replicas at once, without the groups blocking each other', async () => {
    await earlyInWindow(windowSeconds);
    const rows = () =>
      execute<{ hits: number; writes: number }>(
        database.url,
        `SELECT sum(hits)::int AS hits, count(*)::int AS writes FROM public.rate_limits`,
      );
    const [before] = await rows();
    const answers = await Promise.all(
      // Every client meets every other one on both replicas, in opposite orders.
      Array.from({ length: 240 }, (_, number) => {
        const client = Math.floor(number / 2) % 40;
        return request(number, `198.51.101.${number % 2 === 0 ? client : 39 - client}`);
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(240);
    const [after] = await rows();
    expect([(after?.hits ?? 0) - (before?.hits ?? 0), (after?.writes ?? 0) - (before?.writes ?? 0)]).toEqual([
      240, 40,
    ]);
  });

  it('tell the client what it may do, and when to come back', async () => {
    await earlyInWindow(windowSeconds);
    const first = await request(0, '198.51.100.2');
    expect(first.headers.get('ratelimit-policy')).toBe(`"create";q=${limit};w=${windowSeconds}`);
    expect(first.headers.get('ratelimit')).toMatch(new RegExp(`^"create";r=${limit - 1};t=\\d+$`));
    await Promise.all(Array.from({ length: limit }, (_, number) => request(number, '198.51.100.2')));
    const refused = await request(1, '198.51.100.2');
    expect(await refused.json()).toMatchObject({
      status: 429,
      code: 'too_many_requests',
      type: 'https://iana.org/assignments/http-problem-types#quota-exceeded',
      'violated-policies': ['create'],
    });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused.headers.get('ratelimit')).toMatch(/;r=0;/);
  });

  it('D2: give nothing to a client that makes up its X-Forwarded-For', async () => {
    await earlyInWindow(windowSeconds);
    const answers = await Promise.all(
      // The proxy appends the true address; what stands before it is the client's own.
      Array.from({ length: limit + 20 }, (_, number) => request(number, `203.0.113.${number}, 198.51.100.3`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(limit);
  });

  it('D2: without a trusted proxy look at the connection alone', async () => {
    await earlyInWindow(windowSeconds);
    const direct = await startHttpApp(database.url);
    try {
      const answers = await Promise.all(
        Array.from({ length: limit + 20 }, (_, number) =>
          fetch(`${direct.url}/api/shell/limited`, { headers: { 'x-forwarded-for': `192.0.2.${number}` } }),
        ),
      );
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(limit);
    } finally {
      await direct.app.close();
    }
  });

  it('count an IPv6 line as one client', async () => {
    await earlyInWindow(windowSeconds);
    const answers = await Promise.all(
      Array.from({ length: limit + 5 }, (_, number) => request(number, `2001:db8:7:7::${number + 1}`)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(limit);
  });

  it('D3: leave no window behind that is over', async () => {
    await earlyInWindow(windowSeconds);
    const purge = replicas[0]?.app.get(RateLimitPurge, { strict: false });
    await purge?.run();
    await request(0, '198.51.100.9');
    await execute(
      database.url,
      `INSERT INTO public.rate_limits (key, window_start, expires_at, hits)
       SELECT encode(sha256(n::text::bytea), 'hex'), now() - interval '2 min', now() - interval '1 min', 1
       FROM generate_series(1, 5000) n`,
    );
    expect(await purge?.run()).toBe(5_000);
    const [rest] = await execute<{ over: number; open: number }>(
      database.url,
      `SELECT count(*) FILTER (WHERE expires_at < now())::int AS over,
              count(*) FILTER (WHERE expires_at >= now())::int AS open FROM public.rate_limits`,
    );
    expect(rest?.over).toBe(0);
    expect(rest?.open).toBeGreaterThan(0);
  });
});
