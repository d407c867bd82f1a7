import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsAddress, IsId } from '#src/common/input/fields.js';
import { PageQuery } from '#src/common/pages.js';
import { PAYOUT_STATUSES, type PayoutStatus } from '#src/releases/payouts/payout.js';
import { PayoutDto } from '#src/releases/payouts/payouts.dto.js';

const LONGEST_AGE_SECONDS = 100 * 365 * 86_400;

/** One status, or all in which somebody still waits. */
export const STATUS_FILTERS = ['unfinished', ...PAYOUT_STATUSES] as const;
export type StatusFilter = 'unfinished' | PayoutStatus;

export class PayoutsQuery extends PageQuery {
  @ApiProperty({
    enum: STATUS_FILTERS,
    required: false,
    description: '`unfinished` is every one that is neither finalized nor cancelled.',
  })
  @IsOptional()
  @IsIn(STATUS_FILTERS)
  readonly status?: StatusFilter;

  @IsId({ optional: true })
  readonly commitmentId?: string;

  @IsAddress({ optional: true, description: 'Who pays the fee of a transaction of it that may still land.' })
  readonly feePayer?: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_AGE_SECONDS,
    required: false,
    description: 'Seconds since it was decided, at least.',
  })
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value,
  )
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(LONGEST_AGE_SECONDS)
  readonly olderThan?: number;
}

export class AdminPayoutDto extends PayoutDto {
  @ApiProperty({ description: 'Who decided it: a wallet, or a job.' })
  readonly requestedBy: string;
}

export class PayoutCountDto {
  @ApiProperty({ enum: PAYOUT_STATUSES })
  readonly status: PayoutStatus;

  @ApiProperty({ type: 'integer' })
  readonly count: number;

  @ApiProperty({ format: 'date-time', description: 'When the oldest of them was decided.' })
  readonly oldestAt: string;
}

export class UnfinishedPayoutsDto {
  @ApiProperty({ type: [PayoutCountDto], description: 'None where there is none.' })
  readonly counts: PayoutCountDto[];

  @ApiProperty({ type: [AdminPayoutDto], description: 'The oldest 50, the oldest first.' })
  readonly oldest: AdminPayoutDto[];

  @ApiProperty({
    type: 'integer',
    description: 'PAYOUT_ALARM_SECONDS: one that is older is late.',
  })
  readonly lateAfterSeconds: number;
}
