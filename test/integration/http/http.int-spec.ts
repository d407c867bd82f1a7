import { once } from 'node:events';
import { connect } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RATE_LIMITS } from '#src/common/rate-limits.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { startHttpApp } from '../../support/worlds/http-app.js';
import { execute } from '../../support/sql.js';

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-/;
const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';

let database: TestDatabase;
let app: NestFastifyApplication;
let url: string;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const log = { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) };
  ({ app, url } = await startHttpApp(database.url, {}, log));
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function send(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(`${url}${path}`, init);
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

function post(path: string, body: string, type = 'application/json'): Promise<Answer> {
  return send(path, { method: 'POST', body, headers: { 'content-type': type } });
}

/** Everything that every error promises. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect(answer.body).toMatchObject({ status, code });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.headers.get('x-request-id')).toMatch(UUID_V7);
  expect(answer.body['requestId']).toBe(answer.headers.get('x-request-id'));
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  for (const member of ['type', 'title', 'detail', 'instance'])
    expect(answer.body[member]).toBeTypeOf('string');
}

/** Speaks to the server below HTTP libraries; answers what comes back until the connection ends. */
async function raw(bytes: string): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.setEncoding('utf8').on('data', (part: string) => (text += part));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

describe('requests', () => {
  it('gives every answer a request id of its own, whatever the client says', async () => {
    const answers = await Promise.all([
      send('/health/live', { headers: { 'x-request-id': 'mine' } }),
      send('/api/nowhere'),
      post('/api/shell/echo', '{'),
    ]);
    const ids = answers.map(({ headers }) => headers.get('x-request-id'));
    expect(ids.every((id) => UUID_V7.test(id ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(3);
  });

  it('logs one line for an answer: route, status and id, but no query', async () => {
    const { headers } = await send('/api/shell/fails/rpc?token=hush');
    const id = headers.get('x-request-id');
    const own = lines.filter((line) => line['requestId'] === id && line['msg'] === 'answered');
    expect(own).toMatchObject([{ method: 'GET', route: '/api/shell/fails/:how', status: 503 }]);
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  it('answers the unknown with 404 and the wrong method with 405 and what is allowed', async () => {
    expectProblem(await send('/api/nowhere'), 404, 'not_found');
    expectProblem(await send('/nowhere'), 404, 'not_found');
    expectProblem(await post('/api/nowhere', 'x', 'text/plain'), 404, 'not_found');
    const wrong = await send('/api/shell/echo', { method: 'DELETE' });
    expectProblem(wrong, 405, 'method_not_allowed');
    expect(wrong.headers.get('allow')).toBe('POST');
    expect((await post('/health/live', '{}')).headers.get('allow')).toBe('GET, HEAD');
  });

  it('answers HEAD without a body and a preflight of our origin only', async () => {
    const head = await send('/health/live', { method: 'HEAD' });
    expect([head.status, head.body]).toEqual([200, {}]);
    const preflight = (origin: string) =>
      send('/api/shell/echo', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const ours = await preflight('https://app.example.com');
    expect(ours.status).toBe(204);
    expect(ours.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    const other = await preflight('https://evil.example.com');
    expect(other.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('answers an invalid or overlong URL with a problem', async () => {
    expectProblem(await send('/api/shell/fails/%zz'), 400, 'bad_request');
    expectProblem(await send('/api/shell/fails/%ff'), 400, 'bad_request');
    expectProblem(await send(`/api/shell/limited?x=${'a'.repeat(9_000)}`), 414, 'uri_too_long');
    expectProblem(await send(`/api/shell/fails/${'a'.repeat(9_000)}`), 414, 'uri_too_long');
  });

  it('answers bytes that are no request with a problem as well', async () => {
    const noHttp = await raw('hello\r\n\r\n');
    expect(noHttp).toMatch(/^HTTP\/1.1 400 /);
    expect(noHttp).toMatch(/x-request-id: [0-9a-f-]{36}/);
    expect(noHttp).toContain('"code":"bad_request"');
    expect(await raw(`GET /${'a'.repeat(40_000)} HTTP/1.1\r\n`)).toMatch(/^HTTP\/1.1 414 /);
    expect(await raw(`GET / HTTP/1.1\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
  });

  it('D4: reads a malformed cookie as no session, and answers a request without Origin', async () => {
    for (const cookie of [
      'cts_admin_session=%',
      '=;;=%zz; a',
      'cts_admin_session',
      '__proto__=x',
      '\u00ff=%E0',
    ]) {
      expectProblem(await send('/api/admin/me', { headers: { cookie } }), 401, 'not_signed_in');
    }
    expectProblem(await send('/api/admin/logout', { method: 'POST' }), 401, 'not_signed_in');
    const { status } = await send('/api/shell/nothing', { method: 'POST', headers: { cookie: '%%%' } });
    expect(status).toBe(200);
  });

  it('sets the headers that keep browsers out of trouble', async () => {
    const { headers } = await send('/health/live');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
    const answers = [
      await send('/health/live'),
      await send('/api/nowhere'),
      await send('/api/shell/fails/%zz'),
      await send(`/api/shell/limited?x=${'a'.repeat(9_000)}`),
      await send('/api/shell/echo', { method: 'DELETE' }),
      await post('/api/shell/echo', '{'),
    ];
    for (const answer of answers) {
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'.*frame-ancestors 'none'/,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    }
  });

  it('shows a page of our origin the headers that it has to read', async () => {
    const { headers } = await send('/api/shell/limited', { headers: { origin: 'https://app.example.com' } });
    expect(headers.get('access-control-expose-headers')?.split(', ')).toEqual(
      expect.arrayContaining(['x-request-id', 'ratelimit', 'retry-after', 'idempotent-replayed']),
    );
    expect(headers.get('access-control-allow-credentials')).toBe('true');
    const elsewhere = await send('/api/shell/limited', { headers: { origin: 'https://evil.example.com' } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('bodies', () => {
  it('takes JSON, and no body where none is needed', async () => {
    const good = await post('/api/shell/echo', '{"amount":5}', 'application/json; charset=UTF-8');
    expect(good.body).toEqual({ body: { amount: 5 } });
    expect((await send('/api/shell/nothing', { method: 'POST' })).status).toBe(200);
    expect((await post('/api/shell/nothing', '')).status).toBe(200);
  });

  it.each([
    ['text/plain', '{}'],
    ['application/x-www-form-urlencoded', 'amount=1'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/json; charset=utf-16', '{}'],
    ['application/jsonx', '{}'],
    ['application/problem+json', '{}'],
    ['nonsense', '{}'],
  ])('answers %s with 415', async (type, body) => {
    expectProblem(await post('/api/shell/echo', body, type), 415, 'unsupported_media_type');
  });

  it('answers a body without a type with 415', async () => {
    const answer = await send('/api/shell/echo', { method: 'POST', body: Buffer.from('{}') });
    expectProblem(answer, 415, 'unsupported_media_type');
  });

  it('answers malformed JSON and duplicate keys with the key', async () => {
    expectProblem(await post('/api/shell/echo', '{"amount":'), 400, 'malformed_json');
    const twice = await post('/api/shell/echo', '{"parts":[{"title":"a","title":"b"}]}');
    expectProblem(twice, 400, 'malformed_json');
    expect(twice.body['detail']).toContain('"title"');
    for (const key of ['__proto__', 'constructor', 'prototype', '__pr\\u006fto__']) {
      expectProblem(await post('/api/shell/echo', `{"${key}":{"x":1}}`), 400, 'malformed_json');
      const deep = `{"parts":[{"title":"a","x":[{"y":{"${key}":{"x":1}}}]}]}`;
      expectProblem(await post('/api/shell/echo', deep), 400, 'malformed_json');
    }
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    expectProblem(await post('/api/shell/echo', `{"a":${'['.repeat(7_000)}`), 400, 'malformed_json');
  });

  it('names every rejected member by its path', async () => {
    const answer = await post('/api/shell/echo', '{"amount":"1","parts":[{"title":"toolong","x":1}],"y":2}');
    expectProblem(answer, 400, 'validation_failed');
    const paths = (answer.body['errors'] as { path: string }[]).map(({ path }) => path).sort();
    expect(paths).toEqual(['amount', 'parts.0.title', 'parts.0.x', 'y']);
  });

  it.each(['[]', '"x"', 'null', '[{"amount":1}]'])(
    'answers %s, which is no object, with 400',
    async (body) => {
      expectProblem(await post('/api/shell/echo', body), 400, 'validation_failed');
    },
  );

  it('D1: refuses bodies of 128 KiB and 1 MB', async () => {
    for (const size of [128 * 1024, 1_000_000]) {
      const answer = await post('/api/shell/echo', JSON.stringify({ signature: 'z'.repeat(size) }));
      expectProblem(answer, 413, 'payload_too_large');
    }
  });

  it('D5: refuses NUL and lone surrogates anywhere in a body', async () => {
    expectProblem(await post('/api/shell/echo', '{"parts":[{"title":"\\u0000"}]}'), 400, 'validation_failed');
    expectProblem(await post('/api/shell/echo', '{"x":"\\ud800"}'), 400, 'validation_failed');
    expectProblem(await post('/api/shell/echo', '{"a\\u0000":1}'), 400, 'malformed_json');
  });

  it('V7: refuses numbers that JavaScript would round or that are no whole numbers', async () => {
    for (const literal of ['9007199254740993', '0.5', '1e30', '"0x10"', 'true', '[5]']) {
      expectProblem(await post('/api/shell/echo', `{"amount":${literal}}`), 400, 'validation_failed');
    }
  });
});

describe('failures', () => {
  it('answers the unforeseen with 500 and nothing of its text, which the log has', async () => {
    for (const how of ['crash', 'sql']) {
      const answer = await send(`/api/shell/fails/${how}`);
      expectProblem(answer, 500, 'internal_error');
      expect(JSON.stringify(answer.body)).not.toMatch(/secret|srv|nowhere|TypeError|at /);
      const logged = lines.find(
        (line) => line['requestId'] === answer.body['requestId'] && line['level'] === 'error',
      );
      expect(JSON.stringify(logged)).toMatch(/secret|nowhere/);
    }
  });

  it('N4: does not call an RPC timeout a database outage, and says when to come back', async () => {
    const answer = await send('/api/shell/fails/rpc');
    expectProblem(answer, 503, 'rpc_unavailable');
    expect(answer.headers.get('retry-after')).toBe('5');
  });
});

describe('the audit of failures', () => {
  interface Row {
    event: string;
    commitment_id: string | null;
    request_id: string;
    fields: object;
  }
  const rowsOf = ({ headers }: Answer) =>
    execute<Row>(
      database.url,
      `SELECT event, commitment_id, request_id, fields FROM public.audit_logs
       WHERE request_id = '${headers.get('x-request-id')}'`,
    );

  it('writes one row for a refusal and one for a failure', async () => {
    const denied = await post(`/api/commitments/${ID.toUpperCase()}/audited`, '{"amount":1}');
    expectProblem(denied, 409, 'not_attested');
    expect(await rowsOf(denied)).toMatchObject([
      { event: 'audited_thing_denied', commitment_id: ID, fields: { code: 'not_attested', status: 409 } },
    ]);
    const failed = await post(`/api/commitments/${ID}/audited`, '{"amount":2}');
    expect(await rowsOf(failed)).toMatchObject([{ event: 'audited_thing_error', commitment_id: ID }]);
  });

  it('D8: writes the row of an id with %00, and of a body that was never read', async () => {
    const zero = await post('/api/commitments/a%00b/audited', '{}');
    expectProblem(zero, 400, 'validation_failed');
    expect(await rowsOf(zero)).toMatchObject([{ event: 'audited_thing_denied', commitment_id: null }]);
    const unread = await post(`/api/commitments/${ID}/audited`, '{');
    expectProblem(unread, 400, 'malformed_json');
    expect(await rowsOf(unread)).toMatchObject([{ event: 'audited_thing_denied', commitment_id: ID }]);
  });

  it('writes a row for a refused admin, and none for routes that are not audited', async () => {
    const refused = await send('/api/admin/logout', { method: 'POST' });
    expect(await rowsOf(refused)).toMatchObject([{ event: 'admin_logout_denied' }]);
    expect(await rowsOf(await send('/api/shell/fails/rpc'))).toEqual([]);
  });

  it('cannot be filled by a client beyond its rate limit', async () => {
    const path = '/api/commitments/not-an-id/audited';
    for (let round = 0; round < 10; round += 1) {
      await Promise.all(Array.from({ length: 60 }, () => post(path, round % 2 === 0 ? '{' : '{}')));
    }
    const rows = await execute<{ count: number }>(
      database.url,
      `SELECT count(*)::int AS count FROM public.audit_logs WHERE event = 'audited_thing_denied' AND commitment_id IS NULL`,
    );
    // One row beyond the limit; a new window may have begun meanwhile.
    expect(rows[0]?.count).toBeLessThanOrEqual(2 * (RATE_LIMITS.act.limit + 1) + 1);
  });
});
