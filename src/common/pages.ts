import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiOkResponse, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { decodePublicKey } from '#src/common/text/base58.js';
import { DomainError } from '#src/common/errors/errors.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
// 18 digits: always within a bigint.
const SEQUENCE = /^[1-9]\d{0,17}$/;

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** Query of every list. */
export class PageQuery {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 200, default: 50, required: false })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,6}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;

  @ApiProperty({ required: false, description: 'nextCursor of the page before' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'cursor must be one that this list has answered' })
  readonly cursor?: string;
}

/** Opaque to clients; inside, the id of the last item. */
export function encodeCursor(id: string): string {
  return Buffer.from(id, 'utf8').toString('base64url');
}

/** @throws DomainError `invalid_cursor` */
export function decodeCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!UUID.test(id)) throw invalidCursor();
  return id;
}

/** The same for lists whose ids are sequence numbers (bigint), as text. @throws DomainError `invalid_cursor` */
export function decodeSequenceCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!SEQUENCE.test(id)) throw invalidCursor();
  return id;
}

/** The same for lists whose items are wallets. @throws DomainError `invalid_cursor` */
export function decodeWalletCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const wallet = Buffer.from(cursor, 'base64url').toString('utf8');
  if (decodePublicKey(wallet) === null) throw invalidCursor();
  return wallet;
}

function invalidCursor(): DomainError {
  return new DomainError('invalid_cursor', 'The cursor is not one that this list has answered.');
}

/** Makes a page of rows that were asked for with one more than the limit. */
export function toPage<T extends { readonly id: string }>(rows: T[], limit: number): Page<T> {
  return toPageBy(rows, limit, ({ id }) => id);
}

/** The same where something else than `id` names an item. */
export function toPageBy<T>(rows: T[], limit: number, nameOf: (row: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(nameOf(last)) : null };
}

/** Documents `{ items: T[], nextCursor }`. */
export function ApiPage(item: Type): MethodDecorator {
  return applyDecorators(
    ApiExtraModels(item),
    ApiOkResponse({
      schema: {
        type: 'object',
        required: ['items', 'nextCursor'],
        properties: {
          items: { type: 'array', items: { $ref: getSchemaPath(item) } },
          nextCursor: { type: 'string', nullable: true },
        },
      },
    }),
  );
}
