import { MAX_JSON_LAMPORTS } from '#src/common/money/lamports.js';
import { MEMBERS } from './members.js';
import { type Schema, type Schemas, withDescribed } from './schemas.js';

const MAXIMUM = Number(MAX_JSON_LAMPORTS);

export const ADDRESS_PATTERN = '^[1-9A-HJ-NP-Za-km-z]{32,44}$';

/** Forms of values that many members have, by the name that members refer to. */
const SCALARS = {
  Address: {
    type: 'string',
    description: 'Base58 Solana address.',
    minLength: 32,
    maxLength: 44,
    pattern: ADDRESS_PATTERN,
    example: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
  },
  Signature: {
    type: 'string',
    description: 'Base58 Ed25519 signature.',
    minLength: 64,
    maxLength: 88,
    example: 'LqeX4xahGMWykcn4ZjbX6Jps8rEdoBaapcW5uLsDgaqmqbqhGnBgasGuUp661oGRuPEwPXXHU3d7PXXD9vPgf1X',
  },
  Lamports: {
    type: 'integer',
    format: 'int64',
    description: 'Lamports (10^-9 SOL).',
    minimum: 0,
    maximum: MAXIMUM,
    example: 1_000_000_000,
  },
} satisfies Schemas;

/** The schemas with what their classes leave unsaid: how common members look and what they mean. */
export function completeSchemas(schemas: Schemas): Schemas {
  return { ...mapValues(withDescribed(schemas), completeSchema), ...SCALARS };
}

function completeSchema(schema: Schema): Schema {
  const { properties, oneOf } = schema;
  return {
    ...schema,
    ...(properties === undefined ? {} : { properties: mapValues(properties, completeMember) }),
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(completeSchema) }),
  };
}

function completeMember(member: Schema, name: string): Schema {
  const { description = MEMBERS[name]?.description, ...form } = member;
  if (form.$ref !== undefined) return member;
  const said = description === undefined ? {} : { description };
  const scalar = scalarOf(form, name);
  if (scalar !== undefined)
    return { $ref: `#/components/schemas/${scalar}`, ...said, ...another(name, scalar) };
  const example = form.example ?? MEMBERS[name]?.example;
  const shown = example === undefined || !isPlain(form) ? {} : { example };
  return { ...form, ...said, ...(form.format === 'int64' ? { maximum: MAXIMUM } : {}), ...shown };
}

function scalarOf(
  { pattern, format, type, maxLength, minimum = 0 }: Schema,
  name: string,
): keyof typeof SCALARS | undefined {
  if (pattern === SCALARS.Address.pattern) return 'Address';
  if (name === 'signature' && maxLength === SCALARS.Signature.maxLength) return 'Signature';
  const isLamports = format === 'int64' && type === 'integer' && minimum === 0 && name.endsWith('amports');
  return isLamports ? 'Lamports' : undefined;
}

/** An address of its own, where one member must not be the same as another. */
function another(name: string, scalar: keyof typeof SCALARS): Schema {
  const example = MEMBERS[name]?.example;
  return scalar === 'Address' && example !== undefined && example !== SCALARS.Address.example
    ? { example }
    : {};
}

/** Of text, numbers or anything: not of a list or a closed set, which show themselves what they hold. */
function isPlain({ type, enum: values, allOf, anyOf, oneOf, properties }: Schema): boolean {
  return (
    ![type].flat().includes('array') &&
    [values, allOf, anyOf, oneOf, properties].every((part) => part === undefined)
  );
}

function mapValues<T>(object: Readonly<Record<string, T>>, change: (value: T, key: string) => T) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value, key)]));
}
