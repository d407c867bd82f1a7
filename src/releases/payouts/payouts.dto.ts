import { ApiProperty } from '@nestjs/swagger';
import { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { ATTEMPT_STATUSES, type AttemptStatus, PAYOUT_STATUSES, type PayoutStatus } from './payout.js';
import { PURPOSES, type Purpose } from './purpose.js';

export class PayoutAttemptDto {
  @ApiProperty({ type: String, nullable: true, description: 'null until it is signed.' })
  readonly signature: string | null;

  @ApiProperty({ enum: ATTEMPT_STATUSES })
  readonly status: AttemptStatus;

  @ApiProperty({ description: 'Who pays its fee: the source, or the fee payer of this service.' })
  readonly feePayer: string;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'Of the whole transaction.' })
  readonly feeLamports: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'It cannot land in a block above this height.',
  })
  readonly lastValidBlockHeight: number;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;
}

export class PayoutDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ enum: PURPOSES })
  readonly purpose: Purpose;

  @ApiProperty({ enum: PAYOUT_STATUSES })
  readonly status: PayoutStatus;

  @ApiProperty()
  readonly source: string;

  @ApiProperty()
  readonly destination: string;

  @ApiProperty({ type: 'integer', format: 'int64' })
  readonly amountLamports: number;

  @ApiProperty({ required: false, description: 'Why it does not continue, in words; absent while it does.' })
  readonly waitingFor?: string;

  @ApiProperty({ required: false, description: 'Of the attempt that has landed or still may.' })
  readonly signature?: string;

  @ApiProperty({ type: [PayoutAttemptDto] })
  readonly attempts: readonly PayoutAttemptDto[];

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly confirmedAt?: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly finalizedAt?: string;
}

export class PaidDto {
  @ApiProperty({
    type: PayoutDto,
    required: false,
    description:
      'Absent only where a commitment has failed whose escrow was never funded: there is nothing to pay.',
  })
  readonly payout?: PayoutDto;

  @ApiProperty({ type: CommitmentDto })
  readonly commitment: CommitmentDto;

  @ApiProperty({
    required: false,
    description: 'Of the confirmed transaction; absent while it is not confirmed.',
  })
  readonly signature?: string;
}
