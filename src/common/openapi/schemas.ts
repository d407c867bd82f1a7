import type { Type } from '@nestjs/common';
import { ApiExtraModels, getSchemaPath } from '@nestjs/swagger';

/** A JSON schema as the document holds it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly description?: string;
  readonly example?: unknown;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly discriminator?: {
    readonly propertyName: string;
    readonly mapping: Readonly<Record<string, string>>;
  };
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
}

export type Schemas = Readonly<Record<string, Schema>>;

const DESCRIBED = new Map<string, () => Schema>();

/** For a class whose decorators cannot say what its values are like: what stands in the document under its name instead. */
export function describeSchema({ name }: Type, schema: () => Schema): void {
  DESCRIBED.set(name, schema);
}

/**
 * One of several classes, told apart by a member: `type: unionSchema(...)` wherever a class may stand.
 * @param forms by the value of that member
 */
export function unionSchema(name: string, propertyName: string, forms: Readonly<Record<string, Type>>): Type {
  const union = { [name]: class {} }[name] as Type;
  ApiExtraModels(...Object.values(forms))(union);
  const mapping = Object.fromEntries(Object.entries(forms).map(([key, form]) => [key, getSchemaPath(form)]));
  const oneOf = Object.values(mapping).map(($ref) => ({ $ref }));
  describeSchema(union, () => ({ oneOf, discriminator: { propertyName, mapping } }));
  return union;
}

/** For a class that has the members of several others: the document refers to those instead of repeating them. */
export function composedOf(type: Type, ...parts: readonly Type[]): void {
  ApiExtraModels(...parts)(type);
  describeSchema(type, () => ({ allOf: parts.map((part) => ({ $ref: getSchemaPath(part) })) }));
}

export function withDescribed(schemas: Schemas): Schemas {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, DESCRIBED.get(name)?.() ?? schema]),
  );
}

/** @throws Error when nothing of that name is there */
export function resolveSchema(schemas: Schemas, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = schemas[schema.$ref.replace('#/components/schemas/', '')];
  if (found === undefined) throw new Error(`the document refers to ${schema.$ref}, which is not there`);
  return resolveSchema(schemas, found);
}
