import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { buildMessage, IsString, ValidateBy, ValidateIf } from 'class-validator';
import { decodePublicKey } from '#src/common/text/base58.js';
import { isJsonLamports, MAX_JSON_LAMPORTS } from '#src/common/money/lamports.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';
import { isUuid } from '#src/common/text/uuid.js';

/** Options of one request field. An optional field may be absent; null is no value. */
export interface FieldOptions {
  readonly description?: string;
  readonly optional?: boolean;
}

const BASE58_KEY = { type: String, minLength: 32, maxLength: 44, pattern: '^[1-9A-HJ-NP-Za-km-z]{32,44}$' };
const EXAMPLE_KEY = '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV';

/** For an optional member: it may be absent; null is no value. */
export const IfGiven = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** An id of this service, kept in lower case as it is stored. */
export function IsId(options: FieldOptions = {}): PropertyDecorator {
  const lower = Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' ? value.toLowerCase() : value,
  );
  const documented = { type: String, format: 'uuid' };
  return applyDecorators(field(options, documented, rule('isId', 'must be a UUID', isUuid)), lower);
}

/** A wallet that signs: base58 of 32 bytes. Whether a key exists for it is the service's question. */
export function IsWallet(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { ...BASE58_KEY, example: EXAMPLE_KEY, description: 'Base58 wallet address.' },
    address(),
  );
}

/** Any Solana address: base58 of 32 bytes, wallet or not. */
export function IsAddress(options: FieldOptions = {}): PropertyDecorator {
  return field(
    options,
    { ...BASE58_KEY, example: EXAMPLE_KEY, description: 'Base58 Solana address.' },
    address(),
  );
}

/** Different Solana addresses, at most so many. */
export function IsAddresses(most: number, options: FieldOptions = {}): PropertyDecorator {
  const documented: ApiPropertyOptions = { type: [String], maxItems: most, uniqueItems: true };
  const text = `must be at most ${most} different base58 Solana addresses (32 bytes)`;
  const check = rule('isAddresses', text, (value) => {
    if (!Array.isArray(value) || value.length > most) return false;
    return new Set(value).size === value.length && value.every((one) => decodePublicKey(one) !== null);
  });
  return field(options, documented, check);
}

/** A text only: the verification answers `malformed_signature` to one that is no base58 of 64 bytes. */
export function IsSignatureText(options: FieldOptions = {}): PropertyDecorator {
  const documented = { type: String, minLength: 64, maxLength: 88, description: 'Base58 Ed25519 signature.' };
  return field(options, documented, IsString());
}

/** RFC 3339, UTC (`Z`), at most milliseconds. */
export function IsTimestamp(options: FieldOptions = {}): PropertyDecorator {
  const documented = { type: String, format: 'date-time', example: '2026-11-22T10:00:00.000Z' };
  const check = rule(
    'isTimestamp',
    'must be an RFC 3339 UTC time such as 2026-11-22T10:00:00.000Z',
    (value) => parseTimestamp(value) !== null,
  );
  return field(options, { ...documented, description: 'RFC 3339 UTC time.' }, check);
}

/** Lamports as a JSON integer from 1 to 2^53-1: no text, no fraction, no rounding. */
export function IsJsonLamports(options: FieldOptions = {}): PropertyDecorator {
  const maximum = Number(MAX_JSON_LAMPORTS);
  const documented = {
    type: 'integer',
    format: 'int64',
    minimum: 1,
    maximum,
    example: 1_000_000_000,
  } as const;
  const check = rule('isJsonLamports', `must be a JSON integer from 1 to ${maximum}`, isJsonLamports);
  return field(options, { ...documented, description: 'Lamports (10^-9 SOL).' }, check);
}

/** The part that every wallet-signed request has in common. */
export class SignedBody {
  @IsWallet({ description: 'The wallet that signed.' })
  readonly wallet: string;

  @IsTimestamp({ description: 'issuedAt of the signed message, as POST /api/signing-messages answered it.' })
  readonly issuedAt: string;

  @IsSignatureText({
    description: 'Base58 Ed25519 signature of the message (plain, or its off-chain envelope).',
  })
  readonly signature: string;
}

function address(): PropertyDecorator {
  const text = 'must be a base58 Solana address (32 bytes)';
  return rule('isAddress', text, (value) => decodePublicKey(value) !== null);
}

function rule(name: string, text: string, check: (value: unknown) => boolean): PropertyDecorator {
  const defaultMessage = buildMessage((each) => `${each}$property ${text}`);
  return ValidateBy({ name, validator: { validate: check, defaultMessage } });
}

function field(
  { description, optional = false }: FieldOptions,
  documented: ApiPropertyOptions,
  check: PropertyDecorator,
): PropertyDecorator {
  const described = {
    ...documented,
    required: !optional,
    ...(description === undefined ? {} : { description }),
  };
  const skipAbsent = optional ? [IfGiven()] : [];
  return applyDecorators(ApiProperty(described as ApiPropertyOptions), check, ...skipAbsent);
}
