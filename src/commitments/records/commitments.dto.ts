import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsAddress, IsWallet } from '#src/common/input/fields.js';
import { composedOf, unionSchema } from '#src/common/openapi/schemas.js';
import { PageQuery } from '#src/common/pages.js';
import {
  KINDS,
  type Kind,
  type Status,
  STATUS_FILTERS,
  STATUSES,
  type StatusFilter,
} from '#src/commitments/commitment/commitment.js';
import type { TokenProgram } from '#src/chain/port/chain.js';
import { TOKEN_WARNINGS, type TokenWarning } from '#src/commitments/commitment/token-terms.js';
import { MilestoneDto } from '#src/commitments/milestones/milestones.dto.js';
import { FeeRoutingSummaryDto } from '#src/commitments/fee-routing/fee-routing.dto.js';
import { CREATOR_FEE_MODES, type CreatorFeeMode } from '#src/commitments/commitment/terms.js';
import { PersonalTermsDto, RewardTermsDto } from './terms.dto.js';

const LAMPORTS = { type: 'integer', format: 'int64' } as const;

export class CommitmentsQuery extends PageQuery {
  @ApiProperty({ enum: KINDS, required: false })
  @IsOptional()
  @IsIn(KINDS)
  readonly kind?: Kind;

  @ApiProperty({
    enum: STATUS_FILTERS,
    required: false,
    description: '`in_notice` is every one whose failure is filed or announced and has not taken effect.',
  })
  @IsOptional()
  @IsIn(STATUS_FILTERS)
  readonly status?: StatusFilter;

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

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    required: false,
    description: 'Of a personal commitment: what it held when its end was decided.',
  })
  readonly fundedLamports?: number;
}

export class TokenDto {
  @ApiProperty({ enum: ['spl-token', 'token-2022'] })
  readonly program: TokenProgram;

  @ApiProperty({ type: 'integer' })
  readonly decimals: number;

  @ApiProperty({ description: 'Raw units when the terms were signed, a decimal integer.' })
  readonly supply: string;

  @ApiProperty({ type: String, nullable: true, description: 'Who could print more of it; null for nobody.' })
  readonly mintAuthority: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Who can freeze holdings; null for nobody.' })
  readonly freezeAuthority: string | null;

  @ApiProperty({
    enum: TOKEN_WARNINGS,
    isArray: true,
    description: 'What a holder should know: `mintable`, `freezable`.',
  })
  readonly warnings: TokenWarning[];
}

class CommitmentFields {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: STATUSES })
  readonly status: Status;

  @ApiProperty({ type: String, nullable: true })
  readonly statement: string | null;

  @ApiProperty({ description: 'Authority (personal) or creator (creator_reward).' })
  readonly wallet: string;

  @ApiProperty()
  readonly destinationOnFail: string;

  @ApiProperty({ description: 'SHA-256 of the canonical JSON of terms, hex.' })
  readonly termsHash: string;

  @ApiProperty({ type: EscrowDto })
  readonly escrow: EscrowDto;

  @ApiProperty({
    format: 'date-time',
    required: false,
    description: 'When the announced failure takes effect; absent where none is announced.',
  })
  readonly failureEffectiveAt?: string;

  @ApiProperty({ required: false, description: 'Why an admin has filed the failure.' })
  readonly failureReason?: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly resolvedAt?: string;
}

export class PersonalCommitmentDto extends CommitmentFields {
  @ApiProperty({ enum: ['personal'] })
  readonly kind: 'personal';

  @ApiProperty({ ...LAMPORTS, description: 'What the authority has promised to lock, in lamports.' })
  readonly amountLamports: number;

  @ApiProperty({ format: 'date-time' })
  readonly deadline: string;

  @ApiProperty({ format: 'date-time', required: false, description: 'Chain time of the attestation.' })
  readonly attestedAt?: string;

  @ApiProperty({ type: PersonalTermsDto, description: 'Frozen at creation.' })
  readonly terms: PersonalTermsDto;
}

export class RewardCommitmentDto extends CommitmentFields {
  @ApiProperty({ enum: ['creator_reward'] })
  readonly kind: 'creator_reward';

  @ApiProperty()
  readonly tokenMint: string;

  @ApiProperty({
    enum: CREATOR_FEE_MODES,
    description:
      '`managed` only while all creator fees are known to reach the escrow; the terms say what was signed.',
  })
  readonly creatorFeeMode: CreatorFeeMode;

  @ApiProperty({
    type: FeeRoutingSummaryDto,
    required: false,
    description:
      'Of managed mode: the last reading of where the creator fees go. Absent before the first one.',
  })
  readonly feeRouting?: FeeRoutingSummaryDto;

  @ApiProperty({ type: RewardTermsDto, description: 'Frozen at creation.' })
  readonly terms: RewardTermsDto;

  @ApiProperty({ type: TokenDto, description: 'Its token, as frozen in the terms.' })
  readonly token: TokenDto;

  @ApiProperty({ type: [MilestoneDto] })
  readonly milestones: MilestoneDto[];
}

export type CommitmentDto = PersonalCommitmentDto | RewardCommitmentDto;
export const CommitmentDto = unionSchema('CommitmentDto', 'kind', {
  personal: PersonalCommitmentDto,
  creator_reward: RewardCommitmentDto,
});

class EscrowAddressDto {
  @ApiProperty({ description: 'Where the SOL goes.' })
  readonly escrowAddress: string;
}

export class CreatedPersonalDto extends IntersectionType(PersonalCommitmentDto, EscrowAddressDto) {}
export class CreatedRewardDto extends IntersectionType(RewardCommitmentDto, EscrowAddressDto) {}
composedOf(CreatedPersonalDto, PersonalCommitmentDto, EscrowAddressDto);
composedOf(CreatedRewardDto, RewardCommitmentDto, EscrowAddressDto);

export type CreatedCommitmentDto = CreatedPersonalDto | CreatedRewardDto;
export const CreatedCommitmentDto = unionSchema('CreatedCommitmentDto', 'kind', {
  personal: CreatedPersonalDto,
  creator_reward: CreatedRewardDto,
});
