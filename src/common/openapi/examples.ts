import { resolveSchema, type Schema, type Schemas } from './schemas.js';

const BY_FORMAT: Readonly<Record<string, unknown>> = {
  uuid: '01a20533-daf6-73f1-b19b-6149cad3e4dd',
  'date-time': '2026-11-22T10:00:00.000Z',
  uri: 'https://commit.example',
  int64: 1_000_000_000,
};
const BY_TYPE: Readonly<Record<string, unknown>> = { string: 'text', integer: 1, number: 1, boolean: true };

/** A value of the schema, made of the examples of its members; what may be left out is left out. */
export function exampleOf(schemas: Schemas, given: Schema): unknown {
  if (given.example !== undefined) return given.example;
  // What is referred to may itself refer to something, and show another example than that.
  const next = given.$ref?.replace('#/components/schemas/', '');
  if (next !== undefined && schemas[next] !== undefined) return exampleOf(schemas, schemas[next]);
  const schema = resolveSchema(schemas, given);
  const { enum: values, oneOf, anyOf, allOf, items, properties, additionalProperties } = schema;
  if (schema.example !== undefined) return schema.example;
  if (values !== undefined) return values[0];
  const [form] = oneOf ?? anyOf ?? [];
  if (form !== undefined) return exampleOf(schemas, form);
  if (allOf !== undefined) return allOfExample(schemas, allOf);
  if (items !== undefined) return [exampleOf(schemas, items)];
  if (properties !== undefined) return membersOf(schemas, schema, properties);
  if (typeof additionalProperties === 'object') return { rpc: exampleOf(schemas, additionalProperties) };
  const type = [schema.type ?? 'object'].flat()[0] ?? 'object';
  return BY_FORMAT[schema.format ?? ''] ?? BY_TYPE[type] ?? {};
}

function membersOf(schemas: Schemas, { required = [] }: Schema, properties: Schemas): unknown {
  return Object.fromEntries(
    Object.entries(properties)
      // Where a signature may be left out, something less usual stands in its place.
      .filter(([name]) => required.includes(name) || name === 'signature')
      .map(([name, member]) => [name, exampleOf(schemas, member)]),
  );
}

function allOfExample(schemas: Schemas, parts: readonly Schema[]): unknown {
  const values = parts.map((part) => exampleOf(schemas, part));
  return values.length === 1 ? values[0] : Object.assign({}, ...values);
}

/** An example of each form of a union, by what tells the forms apart; none of a schema that has one form only. */
export function formsOf(
  schemas: Schemas,
  given: Schema,
): Readonly<Record<string, { readonly value: unknown }>> {
  const { oneOf = [], discriminator } = resolveSchema(schemas, given);
  if (discriminator === undefined) return Object.assign({}, ...oneOf.map((form) => byAction(schemas, form)));
  const forms = Object.entries(discriminator.mapping);
  return Object.fromEntries(forms.map(([name, $ref]) => [name, { value: exampleOf(schemas, { $ref }) }]));
}

function byAction(schemas: Schemas, form: Schema) {
  const value = exampleOf(schemas, form) as object;
  const actions = form.properties?.['action']?.enum ?? [];
  return Object.fromEntries(actions.map((action) => [String(action), { value: { ...value, action } }]));
}
