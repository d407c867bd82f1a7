import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { CommitmentDto } from '../commitments/commitments.dto.js';
import { PayoutDto } from './releases.dto.js';

const LAMPORTS = { type: 'integer', format: 'int64' } as const;

/** What the owner of a share signs to be paid. */
export class ClaimParams {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  readonly commitmentId: string;
}

/** `paying`: claimed, and not confirmed yet. */
export const SHARE_STATUSES = ['unclaimed', 'paying', 'paid'] as const;
export type ShareStatus = (typeof SHARE_STATUSES)[number];

export class ShareDto {
  @ApiProperty({ description: 'Base58 wallet address.' })
  readonly wallet: string;

  @ApiProperty({
    example: '1000000',
    description:
      'Smallest units of the token: the lesser of what it held when it approved and at the failure.',
  })
  readonly weightRaw: string;

  @ApiProperty(LAMPORTS)
  readonly amountLamports: number;

  @ApiProperty({ enum: SHARE_STATUSES })
  readonly status: ShareStatus;

  @ApiProperty({ format: 'uuid', required: false })
  readonly payoutId?: string;

  @ApiProperty({ required: false, description: 'Of the transaction that paid it.' })
  readonly signature?: string;
}

/** What becomes of the escrow. All amounts but the unclaimed ones are frozen, and the first six add up to the balance. */
export class DistributionDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ ...LAMPORTS, description: 'What the escrow held when the failure was decided.' })
  readonly escrowBalanceLamports: number;

  @ApiProperty({
    ...LAMPORTS,
    description: 'By the frozen terms; 0 as well where the treasury account could not hold its share.',
  })
  readonly treasuryLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'The sum of all shares.' })
  readonly potLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'For destinationOnFail, where nobody has earned a share.' })
  readonly destinationLamports: number;

  @ApiProperty({
    ...LAMPORTS,
    description: 'Network fees of all transfers; 0 where the service pays them.',
  })
  readonly feeLamports: number;

  @ApiProperty({
    ...LAMPORTS,
    description: 'Kept back until the last share is claimed, then paid to destinationOnFail.',
  })
  readonly reserveLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'Too little to be moved.' })
  readonly strandedLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'Of one transfer.' })
  readonly legFeeLamports: number;

  @ApiProperty({ type: String, nullable: true })
  readonly treasury: string | null;

  @ApiProperty({ type: 'integer', description: 'Of the frozen terms, in hundredths of a percent.' })
  readonly treasuryShareBps: number;

  @ApiProperty({ description: 'destinationOnFail of the commitment.' })
  readonly destination: string;

  @ApiProperty({ format: 'date-time' })
  readonly frozenAt: string;

  @ApiProperty(LAMPORTS)
  readonly unclaimedLamports: number;

  @ApiProperty({ type: 'integer' })
  readonly unclaimedShares: number;

  @ApiProperty({ type: [ShareDto], description: 'By wallet, one page.' })
  readonly shares: readonly ShareDto[];

  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

/** Answer to a failure. */
export class FailureDto {
  @ApiProperty({
    type: PayoutDto,
    required: false,
    description: 'The first transfer that nobody has to claim; absent where there is none.',
  })
  readonly payout?: PayoutDto;

  @ApiProperty({ type: CommitmentDto })
  readonly commitment: CommitmentDto;

  @ApiProperty({
    type: DistributionDto,
    required: false,
    description: "Of a creator's reward, with the first 50 shares.",
  })
  readonly distribution?: DistributionDto;

  @ApiProperty({ required: false, description: 'Of that transfer; absent while it is not confirmed.' })
  readonly signature?: string;
}

/** A failed commitment whose shares are not all claimed. */
export class UnclaimedDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty()
  readonly escrow: string;

  @ApiProperty({ type: 'integer' })
  readonly unclaimedShares: number;

  @ApiProperty(LAMPORTS)
  readonly unclaimedLamports: number;

  @ApiProperty({ format: 'date-time' })
  readonly frozenAt: string;
}
