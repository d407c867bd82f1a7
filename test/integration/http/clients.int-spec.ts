import { gzipSync } from 'node:zlib';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { earlyInWindow } from '../../support/clock.js';
import { sendRaw } from '../../support/proxies/raw-http.js';
import { startHttpApp } from '../../support/worlds/http-app.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
  ({ app, url } = await startHttpApp(database.url, { TRUST_PROXY: '1' }));
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const post = (type: string, rawBody: string | Uint8Array, headers: Record<string, string> = {}) =>
  sendRaw(url, 'POST', '/api/shell/echo', { headers: { 'content-type': type, ...headers }, rawBody });

describe('clients behind proxies', () => {
  it.each([
    ['198.51.100.7', '198.51.100.7:41000', '198.51.100.7:41001', '::ffff:198.51.100.7'],
    ['2001:db8:1::1', '[2001:db8:1::1]', '[2001:db8:1::1]:443', '[2001:DB8:1:0::9]:444'],
  ])('D2: %s is counted as one, whatever the port and the brackets', async (...written) => {
    await earlyInWindow(60);
    const left: number[] = [];
    for (const address of written) {
      const { headers } = await sendRaw(url, 'GET', '/api/shell/limited', {
        headers: { 'x-forwarded-for': `203.0.113.1, ${address}` },
      });
      left.push(Number(/r=(\d+)/.exec(headers['ratelimit'] ?? '')?.[1]));
    }
    const [first = 0] = left;
    expect(left).toEqual(written.map((_, index) => first - index));
  });
});

describe('what clients send', () => {
  it.each([
    'application/json; charset=utf8',
    'application/json;charset=UTF-8',
    'application/json;',
    'application/json; charset=utf-8;',
  ])('is taken as %s', async (type) => {
    expect(await post(type, '{"amount":1}')).toMatchObject({ status: 200, body: { body: { amount: 1 } } });
  });

  it('may begin with a byte order mark', async () => {
    expect((await post('application/json', '\uFEFF{"amount":2}')).body).toEqual({ body: { amount: 2 } });
  });

  it('is refused compressed, with 415 and what to do', async () => {
    const answer = await post('application/json', gzipSync('{"amount":1}'), { 'content-encoding': 'gzip' });
    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    expect(answer.body['detail']).toContain('content-encoding');
  });

  it('names a missing member as missing', async () => {
    const { status, body } = await post('application/json', '{"parts":[{}]}');
    expect(status).toBe(400);
    expect(body['errors']).toEqual([{ path: 'parts.0.title', message: 'title is missing' }]);
  });

  it('reaches the probes with a slash at the end', async () => {
    for (const path of ['/health/live/', '/health/ready/', '/metrics/', '/api/commitments/?limit=1']) {
      expect((await sendRaw(url, 'GET', path)).status, path).toBe(200);
    }
    expect((await sendRaw(url, 'POST', '/health/live/')).status).toBe(405);
  });
});
