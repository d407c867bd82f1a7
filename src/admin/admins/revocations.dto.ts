import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsTimestamp, IsWallet, SignedBody } from '#src/common/input/fields.js';
import { composedOf } from '#src/common/openapi/schemas.js';
import { IsReason } from '#src/common/input/public-text.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What an admin signs who shuts another one out. */
@ParamsOf('admin.revocation.create')
export class RevocationActParams {
  @IsWallet({ description: 'The admin to shut out.' })
  readonly admin: string;

  @Transform(({ value }: { value: unknown }) => parseTimestamp(value)?.toISOString() ?? value)
  @IsTimestamp({
    optional: true,
    description: 'Acts accepted then or later do not count for what has no signed transaction yet.',
  })
  readonly voidFrom?: string;

  @IsReason('Why; shown with the revocation.', { optional: true })
  readonly reason?: string;
}

export class CreateRevocationBody extends IntersectionType(SignedBody, RevocationActParams) {}
composedOf(CreateRevocationBody, RevocationActParams, SignedBody);

export class RevocationDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ description: 'The wallet that is shut out.' })
  readonly admin: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly voidFrom?: string;

  @ApiProperty({ required: false })
  readonly reason?: string;

  @ApiProperty({ description: 'Wallet of the admin who signed it.' })
  readonly revokedBy: string;

  @ApiProperty({ format: 'date-time' })
  readonly revokedAt: string;

  @ApiProperty({
    description: 'True when ADMIN_RESTORED_REVOCATIONS names it: then it does not count any more.',
  })
  readonly restored: boolean;
}

export class RevocationsDto {
  @ApiProperty({ type: [RevocationDto] })
  readonly items: RevocationDto[];
}
