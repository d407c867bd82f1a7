import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';
import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { IsAddresses, SignedBody } from '#src/common/input/fields.js';

/** As many as a message names that a hardware wallet signs. */
const MAX_ACCOUNTS = 10;

const ACCOUNTS = 'Token accounts that it has closed or given away since the announcement.';

/** What a holder signs to share in an announced failure. */
@ParamsOf('distribution.enroll')
export class EnrollParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;

  @IsAddresses(MAX_ACCOUNTS, { optional: true, description: ACCOUNTS })
  readonly accounts?: string[];
}

export class EnrollBody extends SignedBody {
  @IsAddresses(MAX_ACCOUNTS, { optional: true, description: ACCOUNTS })
  readonly accounts?: string[];
}

export class EnrolledDto {
  @ApiProperty({ description: 'Base58 wallet address.' })
  readonly wallet: string;

  @ApiProperty({
    example: '1000000',
    description: 'Smallest units of the token that would count now: what it held at the announcement.',
  })
  readonly weightRaw: string;

  @ApiProperty({ format: 'date-time', description: 'Chain time.' })
  readonly enrolledAt: string;
}
