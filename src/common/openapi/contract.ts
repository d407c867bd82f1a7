import type { OpenAPIObject } from '@nestjs/swagger';
import { ADDRESS_PATTERN } from './complete-schemas.js';
import { MEMBERS } from './members.js';
import { shareParameters, withBases, withSharedMembers } from './said-once.js';
import type { Schema, Schemas } from './schemas.js';

export interface Operation {
  readonly requestBody?: { readonly content?: Readonly<Record<string, { examples?: object }>> };
  readonly responses?: object;
  parameters?: object[];
}

/** What an answer's member counts is said where its name may not say it. */
const UNITS = /US dollars|[Ss]econds|bps|percent|[Ll]amports|SOL|smallest units|raw units/i;

/** So many of the forms of a body are shown. */
const SHOWN_FORMS = 3;

const SCHEMA = '#/components/schemas/';

/**
 * The document for programs, a third shorter than the one for people at /docs: it describes and shows what is sent, and of answers
 * the form and the units; and it says everything once.
 */
export function contractOf(document: OpenAPIObject, operations: readonly Operation[]): OpenAPIObject {
  const { components = {} } = document;
  const schemas = components.schemas as unknown as Schemas;
  const parameters = { ...components.parameters, ...shareParameters(operations) };
  operations.forEach(shortenExamples);
  operations.forEach(shortenParameters);
  const sent = reachable(
    schemas,
    operations.map(({ requestBody }) => requestBody),
  );
  const short = mapValues(withBases(schemas), (schema, name) => shorten(schema, sent.has(name)));
  return Object.assign(document, {
    components: { ...components, parameters, schemas: withSharedMembers(short) },
  });
}

function shortenExamples({ requestBody }: Operation): void {
  for (const content of Object.values(requestBody?.content ?? {})) {
    const forAll = Object.entries(content.examples ?? {}).filter(([name]) => !name.startsWith('admin.'));
    if (forAll.length > 0) content.examples = Object.fromEntries(forAll.slice(0, SHOWN_FORMS));
  }
}

function shortenParameters(operation: Operation): void {
  const { parameters = [] } = operation;
  for (const one of parameters as { schema?: Schema }[])
    if (one.schema?.pattern === ADDRESS_PATTERN) one.schema = { $ref: `${SCHEMA}Address` };
  if (parameters.length === 0) delete operation.parameters;
}

/** Names of the schemas that these refer to, directly or by others. */
function reachable(schemas: Schemas, roots: readonly unknown[], found = new Set<string>()): Set<string> {
  for (const [, name = ''] of JSON.stringify(roots).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    reachable(schemas, [schemas[name]], found);
  }
  return found;
}

function shorten(schema: Schema, isSent: boolean): Schema {
  const { properties, oneOf, allOf } = schema;
  const member = (form: Schema, name: string) => shortMember(form, name, isSent);
  const part = (one: Schema) => shorten(one, isSent);
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapValues(properties, member) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(part) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map(part) }),
  };
}

function shortMember(form: Schema, name: string, isSent: boolean): Schema {
  const { description, example, ...bare } = form;
  const isCommon = description === MEMBERS[name]?.description;
  const isNeeded = !isCommon && (isSent || UNITS.test(description ?? ''));
  const short = {
    ...bare,
    ...(description === undefined || !isNeeded ? {} : { description }),
    ...(example === undefined || !isSent ? {} : { example }),
  };
  const [only] = short.allOf ?? [];
  return only?.$ref?.startsWith(SCHEMA) === true && Object.keys(short).length === 1 ? only : short;
}

function mapValues<T>(object: Readonly<Record<string, T>>, change: (value: T, key: string) => T) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
