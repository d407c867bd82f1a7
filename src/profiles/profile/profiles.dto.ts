import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, buildMessage, IsString, MaxLength, ValidateBy } from 'class-validator';
import { IfGiven, SignedBody } from '#src/common/input/fields.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';
import { IsStoredText } from '#src/common/input/public-text.js';
import { IsWebAddress } from '#src/common/input/web-address.js';
import { decodePublicKey } from '#src/common/text/base58.js';
import { BIO_MAX, NAME_MAX } from './profile.js';

const MAX_WALLETS = 100;
const PATH_MAX = 120;

/** What a wallet signs to publish its profile. What is left out is not shown any more. */
@ParamsOf('profile.update')
export class ProfileUpdateParams {
  @IsStoredText(NAME_MAX, 'Shown name.', { optional: true })
  readonly name?: string;

  @IsStoredText(BIO_MAX, 'About the wallet.', { optional: true })
  readonly bio?: string;

  @IsWebAddress('An image elsewhere; not together with avatarPath.')
  readonly avatarUrl?: string;

  @ApiProperty({ required: false, maxLength: PATH_MAX, description: 'Path of an uploaded image.' })
  @IfGiven()
  @IsString()
  @MaxLength(PATH_MAX)
  readonly avatarPath?: string;
}

export class ProfileUpdateBody extends IntersectionType(SignedBody, ProfileUpdateParams) {}

export class ProfileDto {
  @ApiProperty()
  readonly wallet: string;

  @ApiProperty({ required: false })
  readonly name?: string;

  @ApiProperty({ required: false })
  readonly bio?: string;

  @ApiProperty({ required: false, format: 'uri', description: 'Of the image, elsewhere or uploaded.' })
  readonly avatarUrl?: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt: string;
}

export class ProfilesQuery {
  @ApiProperty({
    type: String,
    description: `1 to ${MAX_WALLETS} wallets, separated by commas.`,
    example: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
  })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_WALLETS)
  @ValidateBy({
    name: 'areAddresses',
    validator: {
      validate: (value) => Array.isArray(value) && value.every((one) => decodePublicKey(one) !== null),
      defaultMessage: buildMessage(
        (each) => `${each}$property must be base58 addresses, separated by commas`,
      ),
    },
  })
  readonly wallets: readonly string[];
}

export class ProfilesDto {
  @ApiProperty({ type: [ProfileDto], description: 'Of those wallets that have one, by wallet.' })
  readonly items: readonly ProfileDto[];
}
