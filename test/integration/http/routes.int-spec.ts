import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { type EndpointOptions, isForAdmins, LARGEST_BODY, SMALL_BODY } from '#src/common/endpoint.js';
import { RATE_LIMITS } from '#src/common/rate-limits.js';
import type { Schema, Schemas } from '#src/common/openapi/schemas.js';
import { operationOf as documented } from '../../support/checks/openapi.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

interface Route {
  readonly method: string;
  readonly path: string;
  readonly endpoint: EndpointOptions | undefined;
}

/** Static pages: nothing in them is anybody's, and nothing is done by reading them. */
const PAGES = /^\/((docs|console|public|c|new)(\/.*)?|openapi\.json)$/;

const PAGE_POLICY = [
  "default-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join(';');

let database: TestDatabase;
let app: NestFastifyApplication;
let document: OpenAPIObject;
const routes: Route[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    SOLANA_RPC_URL: 'http://127.0.0.1:1',
    ESCROW_DB_SECRET: 's'.repeat(32),
    JOBS_ENABLED: 'false',
  });
  app = await createApp(environment);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url, config }) => {
      const endpoint = config?.endpoint;
      const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
      for (const name of methods) routes.push({ method: name, path: url, endpoint });
    });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const { body } = await app.inject({ method: 'GET', url: '/openapi.json' });
  document = JSON.parse(body) as OpenAPIObject;
});

afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const own = () => routes.filter(({ path }) => !PAGES.test(path));

const operationOf = ({ method, path }: Route) => documented(document, method, path);

describe('every route', () => {
  it('declares who may call it and how often', () => {
    expect(own().length).toBeGreaterThan(5);
    for (const { method, path, endpoint } of own()) {
      expect(endpoint, `${method} ${path} carries no @Endpoint`).toBeDefined();
      expect(
        ['public', 'signed', 'admin', 'admin_or_cron', 'admin_or_signed'],
        `${method} ${path}`,
      ).toContain(endpoint?.access);
      expect(Object.keys(RATE_LIMITS), `${method} ${path}`).toContain(endpoint?.limit);
    }
  });

  it('of an admin or of a wallet that signs is audited: who was refused there is on record', () => {
    const guarded = own().filter(({ endpoint }) => endpoint !== undefined && endpoint.access !== 'public');
    expect(guarded.length).toBeGreaterThan(10);
    expect(guarded.filter(({ endpoint }) => endpoint?.audit === undefined)).toEqual([]);
    const forAdmins = guarded.filter(({ endpoint }) => endpoint !== undefined && isForAdmins(endpoint));
    expect(forAdmins.filter(({ endpoint }) => !endpoint?.audit?.startsWith('admin_'))).toEqual([]);
  });

  it('D1: takes a body of a few KiB, and none more than 16', () => {
    const limits = own().map(({ endpoint }) => endpoint?.bodyLimit ?? SMALL_BODY);
    expect(Math.max(...limits)).toBeLessThanOrEqual(LARGEST_BODY);
    expect(limits.filter((limit) => limit > SMALL_BODY).length).toBeLessThan(limits.length / 4);
  });

  it('that creates or pays takes an Idempotency-Key, and the document says so', () => {
    const idempotent = own().filter(({ endpoint }) => endpoint?.idempotent === true);
    expect(idempotent.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        'POST /api/commitments',
        'POST /api/commitments/:id/success',
        'POST /api/commitments/:id/milestones/:milestoneId/release',
      ]),
    );
    for (const route of idempotent) {
      const operation = operationOf(route);
      const name = `${route.method} ${route.path}`;
      expect(operation?.['parameters'], name).toContainEqual(
        expect.objectContaining({ in: 'header', name: 'Idempotency-Key', required: false }),
      );
    }
    const { parameters } = document.components as { parameters: Record<string, { description: string }> };
    expect(parameters['IdempotencyKey']?.description).toContain('idempotent-replayed');
    for (const code of ['request_in_progress', 'idempotency_key_reused'])
      expect(document.info.description).toContain(code);
  });

  it('is in the document, with what it answers and every error that it can meet', () => {
    for (const route of own()) {
      const name = `${route.method} ${route.path}`;
      const operation = operationOf(route);
      expect(operation, `${name} is not documented`).toBeDefined();
      const { responses = {}, requestBody } = operation ?? {};
      const success = Object.entries(responses).find(([status]) => status.startsWith('2'));
      expect(success, `${name} documents no success`).toBeDefined();
      const [answer] = Object.values(success?.[1].content ?? {});
      expect(success?.[0] === '204' || answer?.schema !== undefined, `${name}: schema of the answer`).toBe(
        true,
      );
      expect(responses['default']?.content, name).toHaveProperty(['application/problem+json']);
      expect(responses['default']?.headers, name).toHaveProperty('x-request-id');
      expect(responses['default']?.headers, name).toHaveProperty('Retry-After');
      const bodies = Object.keys(requestBody?.content ?? { 'application/json': {} });
      expect(bodies, name).toEqual(['application/json']);
    }
  });

  it('refers in the document only to what is there', () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/#\/components\/(\w+)\/(\w+)/g)].map(([, kind = '', name = '']) => [
      kind,
      name,
    ]);
    expect(refs.length).toBeGreaterThan(100);
    for (const ref of refs) expect(document.components).toHaveProperty(ref);
    expect(document.openapi).toBe('3.1.0');
    expect(text).not.toContain('x-endpoint');
  });
});

/** Every member of a schema and of its forms, by name. */
function membersOf({ properties = {}, oneOf = [], allOf = [] }: Schema): [string, Schema][] {
  return [...Object.entries(properties), ...[...oneOf, ...allOf].flatMap(membersOf)];
}

describe('the page for people', () => {
  it('says of every member what it means', async () => {
    const { body } = await app.inject({ method: 'GET', url: '/docs/swagger-ui-init.js' });
    const [, json = ''] = /"swaggerDoc": (\{.*\}),\s*"customOptions"/s.exec(body) ?? [];
    const { components } = JSON.parse(json) as { components: { schemas: Schemas } };
    const silent = Object.entries(components.schemas).flatMap(([name, schema]) =>
      membersOf(schema)
        .filter(([member]) => member !== 'action')
        .filter(([, { description, $ref }]) => !description && $ref === undefined)
        .map(([member]) => `${name}.${member}`),
    );
    expect(silent).toEqual([]);
    expect(Object.keys(components.schemas).length).toBeGreaterThan(100);
  });
});

describe('the pages', () => {
  it('show the document and its reader', async () => {
    const docs = await app.inject({ method: 'GET', url: '/docs' });
    expect(docs.statusCode).toBe(200);
    expect(docs.headers['content-type']).toMatch(/^text\/html/);
    // What the page holds is what its policy lets it run: scripts of our own files only.
    expect(docs.headers['content-security-policy']).toContain("script-src 'self'");
    expect(docs.headers['content-security-policy']).toContain("style-src 'self' 'unsafe-inline'");
    expect(docs.body).not.toMatch(/<script(?![^>]*\ssrc=)[^>]*>\s*\S|\son[a-z]+=/);
    const paths = [...docs.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(paths.length).toBeGreaterThan(2);
    for (const path of paths) {
      const { pathname } = new URL(path, 'http://localhost/docs');
      expect((await app.inject({ method: 'GET', url: pathname })).statusCode, pathname).toBe(200);
    }
  });

  it.each(['console', 'public'])(
    '%s: is small, and may run nothing but its own unchanged files',
    async (page) => {
      let bytes = 0;
      const read = async (url: string) => {
        const answer = await app.inject({ method: 'GET', url });
        expect(answer.statusCode, url).toBe(200);
        expect(answer.headers['cache-control']).toBe('no-cache');
        expect(answer.headers['content-security-policy']).toBe(PAGE_POLICY);
        expect(answer.headers['cross-origin-opener-policy']).toBe('same-origin');
        bytes += gzipSync(answer.rawPayload).length;
        return answer;
      };
      const { body } = await read(`/${page}/index.html`);
      const files = [...body.matchAll(/(?:src|href)="(\/[^"]+)" integrity="sha384-([^"]+)"/g)];
      expect(files).toHaveLength(2);
      for (const [, path = '', hash] of files) {
        const { rawPayload } = await read(path);
        expect(createHash('sha384').update(rawPayload).digest('base64')).toBe(hash);
      }
      expect(bytes).toBeLessThan(40_000);
    },
  );

  it('of a browser are at their addresses, and nothing else is', async () => {
    const index = await app.inject({ method: 'GET', url: '/console/index.html' });
    for (const url of ['/console', '/console/']) {
      expect((await app.inject({ method: 'GET', url })).body, url).toBe(index.body);
    }
    for (const url of ['/console/x.js', '/console/../src/main.js', '/console/%2e%2e/src/main.js']) {
      const answer = await app.inject({ method: 'GET', url });
      expect([answer.statusCode, answer.headers['cache-control']], url).toEqual([404, 'no-store']);
    }
  });
});
