import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { type ClassConstructor, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  buildMessage,
  IsIn,
  IsOptional,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { ValidationError } from '#src/common/errors/errors.js';
import { IsAddress, IsJsonLamports, IsTimestamp, SignedBody } from '#src/common/input/fields.js';
import { IsPublicText } from '#src/common/input/public-text.js';
import { composedOf, unionSchema } from '#src/common/openapi/schemas.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';
import { parseDto } from '#src/common/input/validation.js';
import { type Kind, KINDS } from '#src/commitments/commitment/commitment.js';
import { MilestoneParams } from '#src/commitments/milestones/milestone-params.dto.js';
import { MAX_MILESTONES } from './reward-creation.js';
import { CREATOR_FEE_MODES, type CreatorFeeMode } from '#src/commitments/commitment/terms.js';

const STATEMENT_MAX = 140;

// class-validator looks into a list within a list and finds its members good.
const IsListOfObjects = (): PropertyDecorator =>
  ValidateBy({
    name: 'isListOfObjects',
    validator: {
      validate: (value) => Array.isArray(value) && value.every(isObject),
      defaultMessage: buildMessage((each) => `${each}$property must be a list of objects`),
    },
  });

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

class CommonCreationParams {
  @IsAddress({ description: 'Who receives the escrow when the commitment fails; not the wallet itself.' })
  readonly destinationOnFail: string;

  @ApiProperty({
    type: String,
    nullable: true,
    required: false,
    maxLength: STATEMENT_MAX,
    description: 'The public promise; stored in NFC.',
  })
  @IsOptional()
  @IsPublicText(STATEMENT_MAX)
  readonly statement?: string | null;
}

/** What a wallet signs to create a personal commitment. */
export class PersonalCreationParams extends CommonCreationParams {
  @ApiProperty({ enum: ['personal'] })
  @IsIn(['personal'])
  readonly kind: 'personal';

  @IsJsonLamports({
    description:
      'What the authority locks; at least the rent-exempt minimum of an account and the highest fee of a payout.',
  })
  readonly amountLamports: number;

  @IsTimestamp({ description: "Until when the authority must attest completion, on the chain's clock." })
  readonly deadline: string;
}

/** What a token's creator signs to lock rewards behind milestones. */
export class RewardCreationParams extends CommonCreationParams {
  @ApiProperty({ enum: ['creator_reward'] })
  @IsIn(['creator_reward'])
  readonly kind: 'creator_reward';

  @IsAddress({
    description:
      'Mint of the token, of which the wallet is mint or metadata update authority, or the creator on pump.fun.',
  })
  readonly tokenMint: string;

  @ApiProperty({
    enum: CREATOR_FEE_MODES,
    description: 'How creator fees reach the escrow: the creator sends them, or the service collects them.',
  })
  @IsIn(CREATOR_FEE_MODES)
  readonly creatorFeeMode: CreatorFeeMode;

  @ApiProperty({ type: [MilestoneParams], minItems: 1, maxItems: MAX_MILESTONES })
  @IsListOfObjects()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_MILESTONES)
  @ValidateNested({ each: true })
  @Type(() => MilestoneParams)
  readonly milestones: MilestoneParams[];
}

export class PersonalCreationBody extends IntersectionType(PersonalCreationParams, SignedBody) {}
export class RewardCreationBody extends IntersectionType(RewardCreationParams, SignedBody) {}
composedOf(PersonalCreationBody, PersonalCreationParams, SignedBody);
composedOf(RewardCreationBody, RewardCreationParams, SignedBody);

export const CreationBodyDto = unionSchema('CreationBody', 'kind', {
  personal: PersonalCreationBody,
  creator_reward: RewardCreationBody,
});
export const CreationParamsDto = unionSchema('CreationParams', 'kind', {
  personal: PersonalCreationParams,
  creator_reward: RewardCreationParams,
});
ParamsOf('commitment.create')(CreationParamsDto);

export type CreationParams = PersonalCreationParams | RewardCreationParams;
export type CreationBody = PersonalCreationBody | RewardCreationBody;

/** @throws ValidationError with paths under `params.` */
export function parseCreationParams(value: unknown): CreationParams {
  const types = { personal: PersonalCreationParams, creator_reward: RewardCreationParams };
  return parseByKind<CreationParams>(types, value, 'params.');
}

/** @throws ValidationError */
export function parseCreationBody(value: unknown): CreationBody {
  const types = { personal: PersonalCreationBody, creator_reward: RewardCreationBody };
  return parseByKind<CreationBody>(types, value, '');
}

/** The kind decides which members there are; those of the other kind are as unknown as any. */
function parseByKind<T extends object>(
  types: Readonly<Record<Kind, ClassConstructor<T>>>,
  value: unknown,
  prefix: string,
): T {
  const { kind } = (value ?? {}) as { kind?: unknown };
  const known = KINDS.find((one) => one === kind);
  if (known !== undefined) return parseDto(types[known], value, prefix);
  const message = `kind must be one of the following values: ${KINDS.join(', ')}`;
  throw new ValidationError([{ path: `${prefix}kind`, message }]);
}
