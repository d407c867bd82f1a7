import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsOptional, IsUUID, Matches } from 'class-validator';
import { IsTimestamp } from '#src/common/input/fields.js';
import { PageQuery } from '#src/common/pages.js';

const EVENT = /^[a-z0-9_]{0,80}\*?$/;
const ACTOR = /^[A-Za-z0-9:_.-]{1,100}$/;

export class AuditFilterQuery {
  @ApiProperty({ required: false, description: 'A name, or the beginning of names and *: `admin_*`.' })
  @IsOptional()
  @Matches(EVENT, { message: 'event must be a name such as admin_login_ok, or the beginning of one and *' })
  readonly event?: string;

  @ApiProperty({ required: false, description: 'A wallet, `job:<name>`, `cron` or `anonymous`.' })
  @IsOptional()
  @Matches(ACTOR, { message: 'actor must be a wallet, job:<name>, cron or anonymous' })
  readonly actor?: string;

  @ApiProperty({ format: 'uuid', required: false, description: 'Id of a commitment.' })
  @IsOptional()
  @IsUUID()
  readonly commitment?: string;

  @IsTimestamp({ optional: true, description: 'RFC 3339 UTC time; rows of this time and later.' })
  readonly from?: string;

  @IsTimestamp({ optional: true, description: 'RFC 3339 UTC time; rows before it.' })
  readonly to?: string;
}

/** The list's; an export takes no limit. */
export class AuditLogQuery extends IntersectionType(AuditFilterQuery, PageQuery) {}

export class AuditLogDto {
  @ApiProperty({ description: 'Grows with time; gaps are normal.' })
  readonly id: string;

  @ApiProperty({ format: 'date-time', description: 'With microseconds.' })
  readonly ts: string;

  @ApiProperty()
  readonly event: string;

  @ApiProperty({ description: 'A wallet, `job:<name>`, `cron`, or `anonymous` for who proved nothing.' })
  readonly actor: string;

  @ApiProperty({ description: 'Of the request, or the id of the job run.' })
  readonly requestId: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly commitmentId: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  readonly payoutId: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Of the transaction on chain.' })
  readonly signature: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  readonly fields: Record<string, unknown>;
}
