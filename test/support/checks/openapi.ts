import type { OpenAPIObject } from '@nestjs/swagger';

type Json = Record<string, unknown>;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly pattern?: string;
}

/** Where a value differs from its documented schema, as `path: why`; none when it keeps it. */
export function differences(document: OpenAPIObject, schema: Schema, value: unknown, path = '$'): string[] {
  if (schema.$ref !== undefined) return differences(document, resolve(document, schema.$ref), value, path);
  if (schema.allOf !== undefined) {
    const [first, ...others] = schema.allOf.map((part) => whole(document, part));
    if (others.length === 0 && first !== undefined) return differences(document, first, value, path);
    return differences(document, whole(document, schema), value, path);
  }
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives !== undefined) {
    const forms = alternatives.map((form) => differences(document, form, value, path));
    return forms.toSorted((a, b) => a.length - b.length)[0] ?? [];
  }
  const types = [schema.type ?? []].flat();
  if (value === null)
    return schema.nullable || types.includes('null') ? [] : [`${path}: null is not documented`];
  if (types.length > 0 && !types.some((type) => isOf(type, value)))
    return [`${path}: no ${types.join(' or ')}`];
  if (schema.enum && !schema.enum.includes(value))
    return [`${path}: ${JSON.stringify(value)} is not in the enum`];
  if (schema.pattern && typeof value === 'string' && !new RegExp(schema.pattern, 'u').test(value)) {
    return [`${path}: not of the pattern`];
  }
  const { items } = schema;
  if (Array.isArray(value)) {
    return items
      ? value.flatMap((item, index) => differences(document, items, item, `${path}[${index}]`))
      : [];
  }
  return typeof value === 'object' ? membersOf(document, schema, value as Json, path) : [];
}

/** A schema with what it refers to; the parts of which it is composed as one, since each knows some of the members only. */
function whole(document: OpenAPIObject, schema: Schema): Schema {
  if (schema.$ref !== undefined) return whole(document, resolve(document, schema.$ref));
  if (schema.allOf === undefined) return schema;
  const parts = schema.allOf.map((part) => whole(document, part));
  if (parts.length === 1) return parts[0] ?? {};
  return {
    type: 'object',
    required: parts.flatMap(({ required = [] }) => required),
    properties: Object.assign({}, ...parts.map(({ properties }) => properties)),
  };
}

function membersOf(document: OpenAPIObject, schema: Schema, value: Json, path: string): string[] {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${path}.${name}: missing`);
  const present = Object.entries(value).flatMap(([name, member]) => {
    const documented = properties[name];
    if (documented) return differences(document, documented, member, `${path}.${name}`);
    return additionalProperties === false ? [`${path}.${name}: not documented`] : [];
  });
  return [...missing, ...present];
}

function isOf(type: string, value: unknown): boolean {
  switch (type) {
    case 'integer':
      return Number.isSafeInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function resolve(document: OpenAPIObject, ref: string): Schema {
  const name = ref.replace('#/components/schemas/', '');
  const schema = document.components?.schemas?.[name];
  if (schema === undefined) throw new Error(`the document refers to ${ref}, which is not there`);
  return schema;
}

export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly 'x-error-codes': readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<
      string,
      { readonly headers?: object; readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }
    >
  >;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

/** The documented operation of a route, with what it refers to. @param path pattern such as `/api/commitments/:id` */
export function operationOf(document: OpenAPIObject, method: string, path: string): Operation | undefined {
  const item = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')];
  const operation = (item as unknown as Record<string, Operation> | undefined)?.[method.toLowerCase()];
  if (operation === undefined) return undefined;
  const responses = Object.entries(operation.responses).map(([status, answer]) => [
    status,
    resolved(document, answer),
  ]);
  const parameters = (operation.parameters ?? []).map((parameter) => resolved(document, parameter));
  return { ...operation, parameters, responses: Object.fromEntries(responses) };
}

/** What an operation answers with a status: the same wherever it names none of its own. */
export function answerOf(operation: Operation | undefined, status: number) {
  return operation?.responses[String(status)] ?? (status < 400 ? undefined : operation?.responses['default']);
}

/** Names of the documented members of a body; of the first form where there are several. */
export function bodyMembers(document: OpenAPIObject, operation: Operation): string[] {
  const body = operation.requestBody?.content['application/json']?.schema;
  return body === undefined ? [] : membersIn(document, body);
}

function membersIn(document: OpenAPIObject, schema: Schema): string[] {
  if (schema.$ref !== undefined) return membersIn(document, resolve(document, schema.$ref));
  const parts = schema.allOf ?? schema.oneOf?.slice(0, 1) ?? [];
  return [...Object.keys(schema.properties ?? {}), ...parts.flatMap((part) => membersIn(document, part))];
}

/** What a reference of an operation stands for. */
function resolved<T extends object>(document: OpenAPIObject, given: T | { readonly $ref: string }): T {
  if (!('$ref' in given)) return given;
  const [, , kind = '', name = ''] = given.$ref.split('/');
  const found = (document.components as Record<string, Record<string, T>> | undefined)?.[kind]?.[name];
  if (found === undefined) throw new Error(`the document refers to ${given.$ref}, which is not there`);
  return found;
}
