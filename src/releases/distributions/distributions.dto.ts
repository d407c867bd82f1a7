import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { CommitmentDto } from '#src/commitments/records/commitments.dto.js';
import { PayoutDto } from '#src/releases/payouts/payouts.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const LAMPORTS = { type: 'integer', format: 'int64' } as const;

/** What the owner of a share signs to be paid. */
@ParamsOf('distribution.claim')
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

  @ApiProperty({ type: 'integer', description: '0: of the failure itself; from 1 on of later money.' })
  readonly round: number;

  @ApiProperty({
    example: '1000000',
    description: 'Smallest units of the token that it held when the failure was announced.',
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

/** An announced failure: what is to become of the escrow, and when. */
export class AnnouncedDistributionDto {
  @ApiProperty({ enum: ['announced'] })
  readonly status: 'announced';

  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ format: 'date-time', description: 'Chain time.' })
  readonly announcedAt: string;

  @ApiProperty({
    format: 'date-time',
    description: 'Chain time; until then holders enroll, and admins can call it off.',
  })
  readonly failureEffectiveAt: string;

  @ApiProperty({ description: 'What wallets held at the end of this slot is their weight.' })
  readonly announcementSlot: string;

  @ApiProperty({ type: 'integer', description: 'Wallets that have enrolled.' })
  readonly enrolledWallets: number;

  @ApiProperty({ type: 'integer', description: 'How many of them are weighed.' })
  readonly weighedWallets: number;

  @ApiProperty({ description: 'Tokens were printed: only amounts that approvals recorded before count.' })
  readonly supplyGrown: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Why it has not taken effect though its time has come.',
  })
  readonly waitingFor: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly treasury: string | null;

  @ApiProperty({ type: 'integer', description: 'Of the frozen terms, in hundredths of a percent.' })
  readonly treasuryShareBps: number;

  @ApiProperty({
    ...LAMPORTS,
    description: 'Of the frozen terms: who would get less gets nothing, and its part falls to the others.',
  })
  readonly minShareLamports: number;

  @ApiProperty({
    description: 'destinationOnFail of the commitment: it gets the pot where nobody has a share.',
  })
  readonly destination: string;
}

/** What was earned before the failure took effect: paid before everything else. */
export class EarnedDto {
  @ApiProperty({ format: 'uuid' })
  readonly milestoneId: string;

  @ApiProperty({ ...LAMPORTS, description: '0 where the escrow did not cover it: later money does.' })
  readonly amountLamports: number;
}

/** Money that reached the escrow later, shared out by the same weights. The amounts but `escrowBalanceLamports` add up to it. */
export class RoundDto {
  @ApiProperty({ type: 'integer', description: 'From 1.' })
  readonly round: number;

  @ApiProperty({ ...LAMPORTS, description: 'What the escrow held when it was frozen.' })
  readonly escrowBalanceLamports: number;

  @ApiProperty({
    ...LAMPORTS,
    description: 'No part of the round: what earlier ones still owed, and a rent minimum that stays.',
  })
  readonly keptLamports: number;

  @ApiProperty(LAMPORTS)
  readonly treasuryLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'The sum of its shares.' })
  readonly potLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'Network fees of its transfers; 0 where the service pays them.' })
  readonly feeLamports: number;

  @ApiProperty({ format: 'date-time' })
  readonly frozenAt: string;
}

/** What becomes of the escrow. All amounts but the unclaimed ones are frozen, and the first seven add up to the balance. */
export class DistributionDto {
  @ApiProperty({ enum: ['frozen'] })
  readonly status: 'frozen';

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

  @ApiProperty({ ...LAMPORTS, description: 'For milestones that were earned; the sum of `earned`.' })
  readonly earnedLamports: number;

  @ApiProperty({ type: [EarnedDto], description: 'In the order in which they are covered.' })
  readonly earned: readonly EarnedDto[];

  @ApiProperty({ ...LAMPORTS, description: 'For destinationOnFail, where nobody has a share.' })
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

  @ApiProperty({ ...LAMPORTS, description: 'Of all rounds.' })
  readonly unclaimedLamports: number;

  @ApiProperty({ type: 'integer' })
  readonly unclaimedShares: number;

  @ApiProperty({ type: [RoundDto], description: 'Distributions of later money.' })
  readonly rounds: readonly RoundDto[];

  @ApiProperty({ type: [ShareDto], description: 'By wallet and round, one page; `limit` counts wallets.' })
  readonly shares: readonly ShareDto[];

  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;
}

/** Answer to a failure. */
export class FailureDto {
  @ApiProperty({
    type: PayoutDto,
    required: false,
    description: 'Of a personal commitment; absent where there is nothing to pay, or not yet.',
  })
  readonly payout?: PayoutDto;

  @ApiProperty({ type: CommitmentDto })
  readonly commitment: CommitmentDto;

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
