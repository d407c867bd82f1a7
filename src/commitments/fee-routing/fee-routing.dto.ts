import { ApiProperty } from '@nestjs/swagger';
import { CREATOR_FEE_MODES, type CreatorFeeMode } from '#src/commitments/commitment/terms.js';
import { ROUTING_ANSWERS, ROUTING_REASONS, type RoutingAnswer, type RoutingReason } from './fee-routing.js';

/** What was read last, as a commitment shows it. */
export class FeeRoutingSummaryDto {
  @ApiProperty({ enum: ROUTING_ANSWERS, description: 'Do the creator fees reach the escrow?' })
  readonly answer: RoutingAnswer;

  @ApiProperty({ type: 'integer', description: 'Basis points of the fees that reach the escrow.' })
  readonly bps: number;

  @ApiProperty({ description: 'Nobody can change it any more.' })
  readonly locked: boolean;

  @ApiProperty({ format: 'date-time' })
  readonly readAt: string;
}

export class FeeRoutingDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty()
  readonly tokenMint: string;

  @ApiProperty({ enum: CREATOR_FEE_MODES, description: 'As the terms say.' })
  readonly creatorFeeMode: CreatorFeeMode;

  @ApiProperty({ description: 'Address of the escrow.' })
  readonly escrow: string;

  @ApiProperty({ enum: ROUTING_ANSWERS, description: 'Do the creator fees reach the escrow?' })
  readonly answer: RoutingAnswer;

  @ApiProperty({ enum: ROUTING_REASONS })
  readonly reason: RoutingReason;

  @ApiProperty({ description: 'The reason, for a person.' })
  readonly detail: string;

  @ApiProperty({ type: 'integer', description: 'Basis points of the fees that reach the escrow.' })
  readonly bps: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Whom pump.fun names as creator; its sharing config where the fees are shared.',
  })
  readonly earner: string | null;

  @ApiProperty({ description: 'Nobody can change it any more, pump.fun included.' })
  readonly locked: boolean;

  @ApiProperty({ type: String, nullable: true, description: 'Who may change the shares.' })
  readonly admin: string | null;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'The one slot of which all of this is.' })
  readonly slot: number;
}
