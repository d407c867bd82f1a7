import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '#src/common/pages.js';
import { PUBLIC_EVENTS } from './timeline.js';

export class TimelineQuery extends PageQuery {
  @ApiProperty({ format: 'uuid', required: false, description: 'Events of one commitment only.' })
  @IsOptional()
  @IsUUID()
  readonly commitmentId?: string;
}

export class TimelineEventDto {
  @ApiProperty({ description: 'Grows with time.' })
  readonly id: string;

  @ApiProperty({ format: 'date-time' })
  readonly ts: string;

  @ApiProperty({ enum: PUBLIC_EVENTS })
  readonly event: string;

  @ApiProperty({ format: 'uuid', required: false })
  readonly commitmentId?: string;

  @ApiProperty({ format: 'uuid', required: false })
  readonly milestoneId?: string;

  @ApiProperty({ format: 'uuid', required: false })
  readonly payoutId?: string;

  @ApiProperty({ required: false, description: 'Authority, creator or holder, where it was their act.' })
  readonly wallet?: string;

  @ApiProperty({ type: 'integer', format: 'int64', required: false })
  readonly amountLamports?: number;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    required: false,
    description: 'What the escrow held when the end was decided.',
  })
  readonly fundedLamports?: number;

  @ApiProperty({ required: false, description: 'What an admin gave as the reason of a failure.' })
  readonly reason?: string;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'When an announced failure takes effect.',
  })
  readonly failureEffectiveAt?: string;

  @ApiProperty({ required: false, description: 'Who is paid, where that has changed.' })
  readonly destination?: string;

  @ApiProperty({ required: false, description: 'Who was to be paid before.' })
  readonly replaces?: string;

  @ApiProperty({ required: false, description: 'Of the transaction on chain.' })
  readonly signature?: string;
}
