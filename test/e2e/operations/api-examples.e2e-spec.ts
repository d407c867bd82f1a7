import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOf, formsOf } from '#src/common/openapi/examples.js';
import type { Schema, Schemas } from '#src/common/openapi/schemas.js';
import { answerOf, operationOf } from '../../support/checks/openapi.js';
import { AppWorld, type Route } from '../../support/worlds/app-world.js';

interface Parameter {
  readonly name: string;
  readonly schema: Schema;
}

/** What an example is told that is not of the documented form. Signatures are nobody's and old: that is another refusal. */
const MISSHAPEN = ['validation_failed', 'malformed_json', 'unknown_action', 'malformed_signature'];

let world: AppWorld;
let document: OpenAPIObject;
let session: Record<string, string>;

beforeAll(async () => {
  world = await AppWorld.start({ JOBS_ENABLED: 'false' });
  document = (await world.send('GET', '/openapi.json')).body as unknown as OpenAPIObject;
  session = await world.adminHeaders();
});
afterAll(async () => {
  await world?.stop();
});

/** The documented examples of a route's body, by name. */
function examplesOf({ method, path }: Route): (readonly [string, unknown])[] {
  const body = operationOf(document, method, path)?.requestBody?.content['application/json']?.schema;
  if (body === undefined) return [];
  const schemas = document.components?.schemas as Schemas;
  const forms = Object.entries(formsOf(schemas, body));
  const one = [['example', { value: exampleOf(schemas, body) }] as const];
  return (forms.length > 0 ? forms : one).map(([name, { value }]) => [name, value]);
}

function send(route: Route, body: unknown) {
  const { parameters = [] } = operationOf(document, route.method, route.path) ?? {};
  const path = route.path.replaceAll(/:(\w+)/g, (_, name) =>
    String(
      exampleOf(
        document.components?.schemas as Schemas,
        (parameters as unknown as readonly Parameter[]).find((one) => one.name === name)?.schema ?? {},
      ),
    ),
  );
  const headers = { ...session, 'content-type': 'application/json' };
  return world.send(route.method, path, { headers, rawBody: JSON.stringify(body) });
}

/** The mint of the examples is on no chain, which has nothing to do with their form. */
function isOfChain({ errors }: Readonly<Record<string, unknown>>): boolean {
  const rejected = (errors ?? []) as { readonly path: string; readonly message: string }[];
  return (
    rejected.length > 0 &&
    rejected.every(({ path, message }) => path.endsWith('tokenMint') && message.endsWith('is none'))
  );
}

describe('the examples of the API document', () => {
  it('have the form that the service asks for', async () => {
    const routes = world.apiRoutes.filter(({ path }) => path !== '/api/admin/logout');
    const sent = routes.flatMap((route) => examplesOf(route).map(([name, body]) => ({ route, name, body })));
    expect(sent.length).toBeGreaterThan(40);
    for (const { route, name, body } of sent) {
      const answer = await send(route, body);
      const what = `${route.method} ${route.path} ${name}: ${answer.text}`;
      expect(answer.status, what).toBeLessThan(504);
      const code = isOfChain(answer.body) ? 'of_the_chain' : answer.body['code'];
      expect(MISSHAPEN, what).not.toContain(code);
      expect(answerOf(operationOf(document, route.method, route.path), answer.status), what).toBeDefined();
    }
  });
});
