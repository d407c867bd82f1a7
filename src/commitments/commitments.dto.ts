import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, IsUUID } from 'class-validator';
import { IsAddress, IsWallet } from '../common/http/fields.js';
import { PageQuery } from '../common/pages.js';
import { KINDS, type Kind, type Status, STATUSES } from './commitment.js';
import { MilestoneDto } from './milestones.dto.js';
import { CREATOR_FEE_MODES, type CreatorFeeMode } from './terms.js';

export class AttestParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;
}

export class CommitmentsQuery extends PageQuery {
  @ApiProperty({ enum: KINDS, required: false })
  @IsOptional()
  @IsIn(KINDS)
  readonly kind?: Kind;

  @ApiProperty({ enum: STATUSES, required: false })
  @IsOptional()
  @IsIn(STATUSES)
  readonly status?: Status;

  @IsWallet({ optional: true, description: 'Authority or creator.' })
  readonly wallet?: string;

  @IsAddress({ optional: true, description: 'Mint of the token.' })
  readonly tokenMint?: string;
}

export class EscrowDto {
  @ApiProperty()
  readonly address: string;

  @ApiProperty({ enum: ['local', 'privy'] })
  readonly custody: string;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    nullable: true,
    description: 'null while it was never read.',
  })
  readonly balanceLamports: number | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the balance was read.',
  })
  readonly balanceAsOf: string | null;
}

export class CommitmentDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: KINDS })
  readonly kind: Kind;

  @ApiProperty({ enum: STATUSES })
  readonly status: Status;

  @ApiProperty({ type: String, nullable: true })
  readonly statement: string | null;

  @ApiProperty({ description: 'Authority (personal) or creator (creator_reward).' })
  readonly wallet: string;

  @ApiProperty()
  readonly destinationOnFail: string;

  @ApiProperty({ type: 'integer', format: 'int64', required: false })
  readonly amountLamports?: number;

  @ApiProperty({ format: 'date-time', required: false })
  readonly deadline?: string;

  @ApiProperty({ format: 'date-time', required: false, description: 'Chain time of the attestation.' })
  readonly attestedAt?: string;

  @ApiProperty({ required: false })
  readonly tokenMint?: string;

  @ApiProperty({ enum: CREATOR_FEE_MODES, required: false })
  readonly creatorFeeMode?: CreatorFeeMode;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Frozen at creation.' })
  readonly terms: Readonly<Record<string, unknown>>;

  @ApiProperty({ description: 'SHA-256 of the canonical JSON of terms, hex.' })
  readonly termsHash: string;

  @ApiProperty({ type: EscrowDto })
  readonly escrow: EscrowDto;

  @ApiProperty({ type: [MilestoneDto], required: false, description: 'Of a creator_reward, in its order.' })
  readonly milestones?: MilestoneDto[];

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly resolvedAt?: string;
}

export class CreatedCommitmentDto extends CommitmentDto {
  @ApiProperty({ description: 'Where the SOL goes.' })
  readonly escrowAddress: string;
}
