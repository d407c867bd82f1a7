import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { IsAddress, SignedBody } from '#src/common/input/fields.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const lamports = (description: string) =>
  ApiProperty({ type: 'integer', format: 'int64', description: `${description} Lamports.` });

export class CreatorFeesQuery {
  @IsAddress({
    optional: true,
    description: 'A coin of pump.fun: what waits in its accounts counts as well.',
  })
  readonly tokenMint?: string;
}

/** What a wallet signs to collect its creator fees. */
@ParamsOf('pumpfun.claim')
export class CreatorFeeClaimParams {
  @IsAddress({
    optional: true,
    description: 'A coin of the wallet: what waits in its accounts is swept first.',
  })
  readonly tokenMint?: string;
}

export class CreatorFeeClaimBody extends IntersectionType(SignedBody, CreatorFeeClaimParams) {}

export class CreatorFeesDto {
  @ApiProperty()
  readonly wallet: string;

  @ApiProperty({ required: false })
  readonly tokenMint?: string;

  @lamports('All that can be collected.')
  readonly claimableLamports: number;

  @lamports('In the vault of bonding curves, above its rent.')
  readonly curveVaultLamports: number;

  @lamports('In the vault of pools, as wrapped SOL.')
  readonly poolVaultLamports: number;

  @lamports('Waits on the bonding curve of the coin.')
  readonly waitingOnCurveLamports: number;

  @lamports('Waits in the pool of the coin.')
  readonly waitingInPoolLamports: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'The one slot of which all of this is.' })
  readonly slot: number;
}

export class ClaimDto extends CreatorFeesDto {
  @ApiProperty({
    description:
      'A v0 transaction in base64, for the wallet to sign, pay and send. It moves nothing but creator fees.',
  })
  readonly transaction: string;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'The transaction can land up to this block height.',
  })
  readonly lastValidBlockHeight: number;
}
