import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import {
  type Actor,
  ACTORS,
  type Condition,
  CONDITIONS,
  MILESTONE_STATUSES,
  type MilestoneStatus,
} from './milestone.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What a creator signs to attest a milestone. */
@ParamsOf('milestone.complete')
export class CompleteParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly milestoneId: string;
}

export class ApprovalsDto {
  @ApiProperty({
    description: 'Sum of the approvals as they were given, in US dollars; an exact decimal.',
    example: '412.5',
  })
  readonly weightUsd: string;

  @ApiProperty({ description: 'What the sum has to reach; frozen with the terms.', example: '400' })
  readonly thresholdUsd: string;

  @ApiProperty({ type: 'integer' })
  readonly voters: number;

  @ApiProperty({
    required: false,
    description: 'What was left of the sum when the approving wallets were read again.',
  })
  readonly reweighedUsd?: string;
}

export class WaitingDto {
  @ApiProperty({ enum: CONDITIONS })
  readonly condition: Condition;

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      "How it stands: a status, a time of the chain's clock or US dollars; null when not known yet.",
  })
  readonly value: string | null;

  @ApiProperty({ description: 'What it has to reach.', example: '400' })
  readonly limit: string;

  @ApiProperty({ enum: ACTORS, description: 'Who can bring that about.' })
  readonly who: Actor;
}

export class MilestoneDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty()
  readonly title: string;

  @ApiProperty({ type: 'integer', format: 'int64' })
  readonly unlockLamports: number;

  @ApiProperty({ enum: MILESTONE_STATUSES })
  readonly status: MilestoneStatus;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: "Chain time of the creator's attestation.",
  })
  readonly completedAt?: string;

  @ApiProperty({ format: 'date-time', required: false, description: 'Chain time.' })
  readonly claimableAt?: string;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'From this chain time on a failure does not forfeit it.',
  })
  readonly earnedAt?: string;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'From this chain time on the creator may release it without an admin.',
  })
  readonly selfReleaseAt?: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly releasedAt?: string;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    required: false,
    description: 'What it was paid, where a failed escrow could not cover all that was earned.',
  })
  readonly paidLamports?: number;

  @ApiProperty({ type: ApprovalsDto })
  readonly approvals: ApprovalsDto;

  @ApiProperty({
    type: [WaitingDto],
    description: 'Every condition that is not met yet; empty when none is left.',
  })
  readonly waitingFor: WaitingDto[];

  @ApiProperty({ required: false, description: 'Of the transaction that paid it.' })
  readonly signature?: string;
}
