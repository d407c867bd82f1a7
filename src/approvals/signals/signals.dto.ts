import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ApprovalsDto } from '#src/commitments/milestones/milestones.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What a holder signs to approve a milestone. */
@ParamsOf('milestone.signal')
export class SignalParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;

  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly milestoneId: string;
}

const USD = { type: String, example: '123.45', description: 'US dollars, an exact decimal.' };
const RAW = { type: String, example: '1000000', description: 'Smallest units of the token, an integer.' };

class SignalFields {
  @ApiProperty({ description: 'Base58 wallet address.' })
  readonly wallet: string;

  @ApiProperty({ format: 'uuid' })
  readonly milestoneId: string;

  @ApiProperty({ format: 'date-time', description: "By the chain's clock." })
  readonly signalledAt: string;

  @ApiProperty({ description: 'Whether it also earns a share should the commitment fail.' })
  readonly inVoteWindow: boolean;

  @ApiProperty(RAW)
  readonly rawAmount: string;

  @ApiProperty({ type: 'integer', description: 'Decimals of the token.' })
  readonly decimals: number;

  @ApiProperty({ ...USD, description: 'Of one whole token, when signalled.' })
  readonly priceUsd: string;

  @ApiProperty({ ...USD, description: 'rawAmount x priceUsd, exact.' })
  readonly weightUsd: string;
}

/** Answer to an approval. */
export class SignalledDto extends SignalFields {
  @ApiProperty({ type: ApprovalsDto, description: 'Of the milestone, this approval included.' })
  readonly approvals: ApprovalsDto;
}

/** One approval in the list of a milestone. */
export class SignalDto extends SignalFields {
  @ApiProperty({
    ...RAW,
    nullable: true,
    description: 'What the wallet held at the last re-weighing; null before the first one.',
  })
  readonly reweighedRawAmount: string | null;

  @ApiProperty({
    ...USD,
    nullable: true,
    description: 'The lesser of weightUsd and what it held at the last re-weighing x priceUsd.',
  })
  readonly reweighedUsd: string | null;
}
