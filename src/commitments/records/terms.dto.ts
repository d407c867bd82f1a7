import { ApiProperty } from '@nestjs/swagger';
import type { TokenProgram } from '#src/chain/port/chain.js';
import {
  CREATOR_FEE_MODES,
  type CreatorFeeMode,
  type MilestoneTerms,
  type PersonalTerms,
  type RewardTerms,
} from '#src/commitments/commitment/terms.js';
import { MilestoneParams } from '#src/commitments/milestones/milestone-params.dto.js';

const SECONDS = { type: 'integer', example: 172_800 } as const;
const BPS = { type: 'integer', minimum: 0, maximum: 10_000, example: 100 } as const;
const USD = { type: String, example: '400' };

class CommonTermsDto {
  @ApiProperty({ enum: [1], description: 'Which rules hold.' })
  readonly version: 1;

  @ApiProperty({ description: 'Authority or creator.' })
  readonly wallet: string;

  @ApiProperty({ description: 'The Solana cluster.', example: 'mainnet' })
  readonly cluster: string;

  @ApiProperty()
  readonly destinationOnFail: string;

  @ApiProperty({ type: String, nullable: true })
  readonly statement: string | null;
}

/** Everything that decides the money of a personal commitment. */
export class PersonalTermsDto extends CommonTermsDto implements PersonalTerms {
  @ApiProperty({ enum: ['personal'] })
  readonly kind: 'personal';

  @ApiProperty({ type: 'integer', format: 'int64' })
  readonly amountLamports: number;

  @ApiProperty({ format: 'date-time' })
  readonly deadline: string;

  @ApiProperty({ ...SECONDS, description: 'Seconds after the deadline in which an admin decides.' })
  readonly decisionWindowSeconds: number;
}

/** Everything that decides the money of a reward commitment. */
export class RewardTermsDto extends CommonTermsDto implements RewardTerms {
  @ApiProperty({ enum: ['creator_reward'] })
  readonly kind: 'creator_reward';

  @ApiProperty()
  readonly tokenMint: string;

  @ApiProperty({ enum: ['spl-token', 'token-2022'], description: 'Token program of the mint.' })
  readonly tokenProgram: TokenProgram;

  @ApiProperty({ type: 'integer', description: 'Decimals of the token.', example: 6 })
  readonly tokenDecimals: number;

  @ApiProperty({ description: 'Raw units that existed, a decimal integer.', example: '1000000000000000' })
  readonly tokenSupply: string;

  @ApiProperty({ description: 'Whether somebody could print more of it.', example: false })
  readonly mintable: boolean;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly mintAuthority: string | null;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly freezeAuthority: string | null;

  @ApiProperty({ enum: CREATOR_FEE_MODES })
  readonly creatorFeeMode: CreatorFeeMode;

  @ApiProperty({ type: [MilestoneParams] })
  readonly milestones: readonly MilestoneTerms[];

  @ApiProperty({ ...USD, description: 'US dollars that approvals have to reach, an exact decimal.' })
  readonly approvalThresholdUsd: string;

  @ApiProperty({ ...BPS, description: 'Part of the supply that approvals have to hold, in bps (1/100 %).' })
  readonly approvalSupplyBps: number;

  @ApiProperty({ ...USD, description: 'US dollars that a holder has to hold more than.', example: '20' })
  readonly minHoldingUsd: string;

  @ApiProperty({
    ...USD,
    description: 'US dollars that the pools behind a price have to hold.',
    example: '1000',
  })
  readonly minLiquidityUsd: string;

  @ApiProperty({
    ...SECONDS,
    description: 'Seconds from the attestation until a milestone may be claimable.',
  })
  readonly claimDelaySeconds: number;

  @ApiProperty({ ...SECONDS, description: 'Seconds from it in which an approval also earns a share.' })
  readonly voteWindowSeconds: number;

  @ApiProperty({ ...SECONDS, description: 'Seconds claimable after which the creator may release alone.' })
  readonly selfReleaseSeconds: number;

  @ApiProperty({
    ...SECONDS,
    description: 'Seconds after its attestation from which a failure does not forfeit what is claimable.',
  })
  readonly earnedAfterSeconds: number;

  @ApiProperty({ ...SECONDS, description: 'Seconds that a failure is announced before it takes effect.' })
  readonly failureNoticeSeconds: number;

  @ApiProperty({
    type: 'integer',
    example: 100_000,
    description: 'Lamports; who would get less of a failure gets nothing.',
  })
  readonly failureMinShareLamports: number;

  @ApiProperty({ ...SECONDS, description: 'Seconds that pauses may hold that up, in total.' })
  readonly pauseMaxSeconds: number;

  @ApiProperty({ ...BPS, description: 'Part of a failure that the treasury gets, in bps (1/100 %).' })
  readonly treasuryShareBps: number;

  @ApiProperty({ type: String, nullable: true, example: null })
  readonly treasury: string | null;
}
