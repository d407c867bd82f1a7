import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { buildMessage, IsIn, IsOptional, IsUUID, ValidateBy } from 'class-validator';
import { IsAddress, IsJsonLamports, IsTimestamp, IsWallet, SignedBody } from '../common/http/fields.js';
import { PageQuery } from '../common/pages.js';
import { codePointLength, isCleanText, normalizeText } from '../common/text.js';
import { KINDS, type Kind, type Status, STATUSES } from './commitment.js';

const STATEMENT_MAX = 140;

function isStatement(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > STATEMENT_MAX * 8 || !isCleanText(value)) return false;
  const length = codePointLength(normalizeText(value));
  return length >= 1 && length <= STATEMENT_MAX;
}

const IsStatement = (): PropertyDecorator =>
  ValidateBy({
    name: 'isStatement',
    validator: {
      validate: isStatement,
      defaultMessage: buildMessage(
        (each) =>
          `${each}$property must be a text of 1 to ${STATEMENT_MAX} characters without control or bidi characters`,
      ),
    },
  });

/** What a wallet signs to create a personal commitment. */
export class CreateCommitmentParams {
  @ApiProperty({ enum: ['personal'] })
  @IsIn(['personal'])
  readonly kind: 'personal';

  @IsAddress({ description: 'Who receives the escrow when the commitment fails; not the wallet itself.' })
  readonly destinationOnFail: string;

  @IsJsonLamports({
    description:
      'What the authority locks; at least the rent-exempt minimum of an account and the highest fee of a payout.',
  })
  readonly amountLamports: number;

  @IsTimestamp({ description: "Until when the authority must attest completion, on the chain's clock." })
  readonly deadline: string;

  @ApiProperty({
    required: false,
    maxLength: STATEMENT_MAX,
    description: 'The public promise; stored in NFC.',
  })
  @IsOptional()
  @IsStatement()
  readonly statement?: string | null;
}

export class CreateCommitmentBody extends IntersectionType(CreateCommitmentParams, SignedBody) {}

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

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'Frozen at creation.' })
  readonly terms: Readonly<Record<string, unknown>>;

  @ApiProperty({ description: 'SHA-256 of the canonical JSON of terms, hex.' })
  readonly termsHash: string;

  @ApiProperty({ type: EscrowDto })
  readonly escrow: EscrowDto;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ format: 'date-time', required: false })
  readonly resolvedAt?: string;
}

export class CreatedCommitmentDto extends CommitmentDto {
  @ApiProperty({ description: 'Where the authority sends the SOL.' })
  readonly escrowAddress: string;
}
