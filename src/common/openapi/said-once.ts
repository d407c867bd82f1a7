import type { Schema, Schemas } from './schemas.js';

/** What stands in several places of the document is said in one of them, and the others refer to it: it is half as long. */

const SCHEMA = '#/components/schemas/';
const PARAMETER = '#/components/parameters/';
/** A schema with fewer members has the members of another by chance. */
const FEWEST_SHARED = 3;

type Parameter = Readonly<Record<string, unknown>>;
type ObjectSchema = Schema & { readonly properties: Schemas };

const jsonOf = (value: unknown): string => JSON.stringify(value);
const titleOf = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Schemas in which no member is described twice. */
export function withSharedMembers(schemas: Schemas): Schemas {
  const shared = sharedMembers(schemas);
  const short = Object.entries(schemas).map(([name, schema]) => [name, refer(schema, shared)] as const);
  const own = [...shared.values()].map(({ name, schema }) => [name, schema] as const);
  return Object.fromEntries([...short, ...own]);
}

interface Shared {
  readonly name: string;
  readonly schema: Schema;
}

/** Members that several schemas have, by name and form, where referring to them is shorter; one form of each name. */
function sharedMembers(schemas: Schemas): ReadonlyMap<string, Shared> {
  const found = new Map<string, { member: string; schema: Schema; saved: number }>();
  for (const [member, schema] of Object.values(schemas).flatMap(membersOf)) {
    const key = `${member} ${jsonOf(schema)}`;
    const reference = jsonOf({ $ref: `${SCHEMA}${member}` }).length;
    const { saved } = found.get(key) ?? { saved: -jsonOf(schema).length - member.length };
    found.set(key, { member, schema, saved: saved + jsonOf(schema).length - reference });
  }
  const shared = new Map<string, Shared>();
  const names = new Set(Object.keys(schemas));
  for (const [key, { member, schema, saved }] of [...found].toSorted(([, a], [, b]) => b.saved - a.saved)) {
    const name = titleOf(member);
    if (saved <= 0 || names.has(name)) continue;
    names.add(name);
    shared.set(key, { name, schema });
  }
  return shared;
}

function membersOf({ properties = {}, oneOf = [], allOf = [] }: Schema): (readonly [string, Schema])[] {
  return [...Object.entries(properties), ...[...oneOf, ...allOf].flatMap(membersOf)];
}

function refer(schema: Schema, shared: ReadonlyMap<string, Shared>): Schema {
  const { properties, oneOf, allOf } = schema;
  const members = Object.entries(properties ?? {}).map(([member, form]) => {
    const found = shared.get(`${member} ${jsonOf(form)}`);
    return [member, found === undefined ? form : { $ref: `${SCHEMA}${found.name}` }];
  });
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: Object.fromEntries(members) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map((form) => refer(form, shared)) }),
    ...(allOf === undefined ? {} : { allOf: allOf.map((form) => refer(form, shared)) }),
  };
}

/** Schemas that have every member of others refer to those, and name what they have besides. */
export function withBases(schemas: Schemas): Schemas {
  const objects = Object.entries(schemas).filter((entry): entry is [string, ObjectSchema] =>
    isObject(entry[1]),
  );
  const bySize = objects.toSorted(([, a], [, b]) => sizeOf(b) - sizeOf(a));
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      isObject(schema)
        ? onBases(
            schema,
            bySize.filter(([other]) => other !== name),
          )
        : schema,
    ]),
  );
}

function isObject({ properties, additionalProperties }: Schema): boolean {
  return properties !== undefined && additionalProperties === undefined;
}

const sizeOf = ({ properties }: ObjectSchema): number => Object.keys(properties).length;

function onBases(schema: Schema, others: readonly (readonly [string, ObjectSchema])[]): Schema {
  let rest = schema;
  const bases: Schema[] = [];
  for (const [name, other] of others) {
    if (sizeOf(other) < FEWEST_SHARED || !isPartOf(other, rest)) continue;
    bases.push({ $ref: `${SCHEMA}${name}` });
    rest = without(rest, other);
  }
  if (bases.length === 0) return schema;
  const { description, ...own } = rest;
  const hasMore = Object.keys(own.properties ?? {}).length > 0;
  return { ...(description === undefined ? {} : { description }), allOf: hasMore ? [...bases, own] : bases };
}

/** True where the whole has more than the part, and all that the part has as the part has it. */
function isPartOf(part: ObjectSchema, { properties = {}, required = [] }: Schema): boolean {
  const members = Object.entries(part.properties);
  return (
    members.length < Object.keys(properties).length &&
    members.every(
      ([member, form]) =>
        jsonOf(properties[member]) === jsonOf(form) &&
        required.includes(member) === (part.required ?? []).includes(member),
    )
  );
}

function without(schema: Schema, { properties: taken }: ObjectSchema): Schema {
  const { required: needed, ...form } = schema;
  const isLeft = (member: string) => !(member in taken);
  const properties = Object.entries(schema.properties ?? {}).filter(([member]) => isLeft(member));
  const required = (needed ?? []).filter(isLeft);
  return {
    ...form,
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
  };
}

/** The parameters that several operations have, by the name that those refer to; `parameters` of each is changed. */
export function shareParameters(operations: readonly { parameters?: object[] }[]): Record<string, Parameter> {
  const counts = new Map<string, number>();
  for (const { parameters = [] } of operations)
    for (const one of parameters) counts.set(jsonOf(one), (counts.get(jsonOf(one)) ?? 0) + 1);
  const shared: Record<string, Parameter> = {};
  const refer = (parameter: object): object => {
    if ('$ref' in parameter || (counts.get(jsonOf(parameter)) ?? 0) < 2) return parameter;
    const name = `${titleOf(String((parameter as Parameter)['name']))}Filter`;
    shared[name] = parameter as Parameter;
    return { $ref: `${PARAMETER}${name}` };
  };
  for (const operation of operations)
    if (operation.parameters !== undefined) operation.parameters = operation.parameters.map(refer);
  return shared;
}
