import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsUUID, ValidateIf } from 'class-validator';
import { IsPublicText } from '../common/http/public-text.js';
import { PAUSE_SCOPES, type PauseScope } from './pause.js';
import { type Purpose, PURPOSES } from './purpose.js';

const REASON_MAX = 200;

/** Absent members only: null is no value. */
const IfGiven = () => ValidateIf((_, value) => value !== undefined);

export class CreatePauseBody {
  @ApiProperty({ enum: PAUSE_SCOPES })
  @IsIn(PAUSE_SCOPES)
  readonly scope: PauseScope;

  @ApiProperty({ format: 'uuid', required: false, description: 'Exactly where scope is commitment.' })
  @IfGiven()
  @IsUUID()
  readonly commitmentId?: string;

  @ApiProperty({ enum: PURPOSES, required: false, description: 'Exactly where scope is purpose.' })
  @IfGiven()
  @IsIn(PURPOSES)
  readonly purpose?: Purpose;

  @ApiProperty({
    minLength: 1,
    maxLength: REASON_MAX,
    description: 'Shown with every payout that waits for it.',
  })
  @IsPublicText(REASON_MAX)
  readonly reason: string;
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

  @ApiProperty({ required: false, description: 'Wallet of the admin who ended it; absent while it is open.' })
  readonly endedBy?: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly endedAt?: string;
}

export class PausesDto {
  @ApiProperty({ type: [PauseDto] })
  readonly items: PauseDto[];
}
