import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn } from 'class-validator';
import { IfGiven, IsId, SignedBody } from '#src/common/input/fields.js';
import { composedOf } from '#src/common/openapi/schemas.js';
import { IsReason } from '#src/common/input/public-text.js';
import { PAUSE_SCOPES, type PauseScope } from './pause.js';
import { type Purpose, PURPOSES } from '#src/releases/payouts/purpose.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What an admin signs who stops payouts. */
@ParamsOf('admin.pause.create')
export class PauseActParams {
  @ApiProperty({ enum: PAUSE_SCOPES })
  @IsIn(PAUSE_SCOPES)
  readonly scope: PauseScope;

  @IsId({ optional: true, description: 'Exactly where scope is commitment.' })
  readonly commitmentId?: string;

  @ApiProperty({ enum: PURPOSES, required: false, description: 'Exactly where scope is purpose.' })
  @IfGiven()
  @IsIn(PURPOSES)
  readonly purpose?: Purpose;

  @IsReason('Shown with every payout that waits for it.')
  readonly reason: string;
}

export class CreatePauseBody extends IntersectionType(SignedBody, PauseActParams) {}
composedOf(CreatePauseBody, PauseActParams, SignedBody);

/** What an admin signs who lets payouts go on. */
@ParamsOf('admin.pause.end')
export class PauseEndActParams {
  @IsId()
  readonly pauseId: string;
}

export class PausesQuery {
  @ApiProperty({ type: Boolean, default: false, required: false, description: 'Ended ones as well.' })
  @Transform(({ value }: { value: unknown }) =>
    value === '' || value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean()
  readonly all: boolean = false;
}

export class PauseDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: PAUSE_SCOPES })
  readonly scope: PauseScope;

  @ApiProperty({ format: 'uuid', required: false })
  readonly commitmentId?: string;

  @ApiProperty({ enum: PURPOSES, required: false })
  readonly purpose?: Purpose;

  @ApiProperty()
  readonly reason: string;

  @ApiProperty({ description: 'Wallet of the admin who paused.' })
  readonly createdBy: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', description: 'When it ends without anybody’s word.' })
  readonly endsAt: string;

  @ApiProperty({
    required: false,
    description: 'Wallet of the admin who ended it, or the job that did; absent while it is open.',
  })
  readonly endedBy?: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly endedAt?: string;
}

export class PausesDto {
  @ApiProperty({ type: [PauseDto] })
  readonly items: PauseDto[];
}
