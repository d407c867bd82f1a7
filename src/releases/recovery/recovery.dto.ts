import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { IfGiven, IsId, IsTimestamp } from '#src/common/input/fields.js';
import { RECOVERY_OUTCOMES } from './escrow-recovery.service.js';

export class RecoveryBody {
  @IsId({ optional: true, description: 'Of one commitment alone.' })
  readonly commitmentId?: string;

  @IsTimestamp({
    optional: true,
    description: 'What was paid before is left as it is: the time of the backup.',
  })
  readonly since?: string;

  @ApiProperty({
    type: Boolean,
    default: false,
    required: false,
    description: 'Says what it would do, and does nothing.',
  })
  @IfGiven()
  @IsBoolean()
  readonly dryRun: boolean = false;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 50,
    required: false,
    description: 'Commitments a page.',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(200)
  readonly limit: number = 50;

  @ApiProperty({ required: false, description: '`nextCursor` of the page before.' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  @Matches(/^[A-Za-z0-9_-]+$/, { message: 'cursor must be one that this list has answered' })
  readonly cursor?: string;
}

export class RecoveryItemDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ description: 'Its signature.' })
  readonly transaction: string;

  @ApiProperty({
    enum: RECOVERY_OUTCOMES,
    description:
      'booked: the ledger has it as paid. waiting: ask again. stopped: nothing explains it, and the escrow is paused.',
  })
  readonly outcome: (typeof RECOVERY_OUTCOMES)[number];

  @ApiProperty({ format: 'uuid', required: false, description: 'The payout that its memo names.' })
  readonly payoutId?: string;

  @ApiProperty({ required: false, description: 'Whom it has paid.' })
  readonly destination?: string;

  @ApiProperty({ type: 'integer', format: 'int64', required: false, description: 'How much it has paid.' })
  readonly lamports?: number;

  @ApiProperty({ required: false, description: 'Why it is not booked.' })
  readonly reason?: string;
}

export class RecoveryDto {
  @ApiProperty({ type: 'integer', description: 'At how many commitments it has looked.' })
  readonly looked: number;

  @ApiProperty({ type: [RecoveryItemDto], description: 'Transactions that the ledger did not know.' })
  readonly items: readonly RecoveryItemDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Where the next page begins.' })
  readonly nextCursor: string | null;
}
