import { ApiProperty } from '@nestjs/swagger';
import { WebhookEndpointDto } from '#src/audit/webhook/webhook.dto.js';
import { FeePayerDto } from '#src/escrow/fee-payer/fee-payer.dto.js';
import { ReadinessDto } from '#src/health/health.dto.js';
import { ReleaseLockDto } from '#src/releases/milestones/release-locks.dto.js';
import { PauseDto } from '#src/releases/pauses/pauses.dto.js';
import { UnfinishedPayoutsDto } from '#src/releases/search/payout-search.dto.js';

export class OverdueJobDto {
  @ApiProperty()
  readonly name: string;

  @ApiProperty({ type: 'integer' })
  readonly periodSeconds: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly lastSuccessAt: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why its newest run has failed; null where none has run.',
  })
  readonly lastError: string | null;
}

export class AlarmCountDto {
  @ApiProperty({ example: 'payout_vanished_error' })
  readonly event: string;

  @ApiProperty({ type: 'integer' })
  readonly count: number;

  @ApiProperty({ format: 'date-time' })
  readonly lastAt: string;
}

export class WaitingRoundDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ format: 'date-time' })
  readonly since: string;

  @ApiProperty()
  readonly waitingFor: string;
}

export class OverviewDto {
  @ApiProperty({ format: 'date-time', description: 'When it was read, by the clock of the service.' })
  readonly at: string;

  @ApiProperty({ type: ReadinessDto, description: 'What /health/ready answers, each RPC endpoint included.' })
  readonly health: ReadinessDto;

  @ApiProperty({ type: [PauseDto], description: 'Open ones.' })
  readonly pauses: PauseDto[];

  @ApiProperty({ type: UnfinishedPayoutsDto })
  readonly payouts: UnfinishedPayoutsDto;

  @ApiProperty({ type: [WaitingRoundDto], description: 'Later money that is not shared out yet.' })
  readonly waitingRounds: WaitingRoundDto[];

  @ApiProperty({ type: [ReleaseLockDto], description: 'Releases in progress, the oldest first.' })
  readonly locks: ReleaseLockDto[];

  @ApiProperty({ type: [OverdueJobDto] })
  readonly overdueJobs: OverdueJobDto[];

  @ApiProperty({
    type: FeePayerDto,
    nullable: true,
    description: 'null while its balance cannot be read.',
  })
  readonly feePayer: FeePayerDto | null;

  @ApiProperty({ type: WebhookEndpointDto })
  readonly webhook: WebhookEndpointDto;

  @ApiProperty({
    type: [AlarmCountDto],
    description: 'Audit events `*_error` of the last 24 hours, the newest first.',
  })
  readonly alarms: AlarmCountDto[];
}
