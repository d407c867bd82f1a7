import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { IfGiven } from '#src/common/input/fields.js';
import { SWEEP_OUTCOMES, type SweepOutcome } from './sweep.js';

export class SweepBody {
  @ApiProperty({ type: 'integer', minimum: 1, maximum: 500, default: 100, required: false })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(500)
  readonly limit: number = 100;
}

export class SweepItemDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({
    enum: SWEEP_OUTCOMES,
    description:
      'settled: failed, and its payout is in progress. empty: failed, and there was nothing to pay. refused: could not be ' +
      'paid as things stand; the next sweep tries again. lost: somebody else was first.',
  })
  readonly outcome: SweepOutcome;

  @ApiProperty({ format: 'uuid', required: false })
  readonly payoutId?: string;

  @ApiProperty({ required: false })
  readonly destination?: string;

  @ApiProperty({ type: 'integer', format: 'int64', required: false })
  readonly amountLamports?: number;

  @ApiProperty({ required: false, description: 'Error code of what was refused.' })
  readonly code?: string;

  @ApiProperty({ required: false })
  readonly detail?: string;
}

export class SweepDto {
  @ApiProperty({ type: 'integer', description: 'Commitments that this run took up.' })
  readonly due: number;

  @ApiProperty({ type: 'integer' })
  readonly settled: number;

  @ApiProperty({ type: 'integer' })
  readonly empty: number;

  @ApiProperty({ type: 'integer' })
  readonly refused: number;

  @ApiProperty({ type: [SweepItemDto] })
  readonly items: readonly SweepItemDto[];
}
