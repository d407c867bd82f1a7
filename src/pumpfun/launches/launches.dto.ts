import { applyDecorators } from '@nestjs/common';
import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { buildMessage, ValidateBy } from 'class-validator';
import { LONGEST } from '#src/chain/pump/launch/create-instruction.js';
import { IsId, IsJsonLamports, IsWallet, SignedBody } from '#src/common/input/fields.js';
import { IsStoredText } from '#src/common/input/public-text.js';
import { composedOf } from '#src/common/openapi/schemas.js';
import { PumpOperationDto } from '#src/pumpfun/operations/pump-operation.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const URI = /^(https|ipfs|ar):\/\/\S+$/;

/** pump.fun counts bytes, not characters. */
function IsCoinText(member: keyof typeof LONGEST, description: string): PropertyDecorator {
  const most = LONGEST[member];
  const isShort = ValidateBy({
    name: 'isShortEnough',
    validator: {
      validate: (value) => typeof value === 'string' && Buffer.byteLength(value, 'utf8') <= most,
      defaultMessage: buildMessage((each) => `${each}$property must have at most ${most} bytes of UTF-8`),
    },
  });
  return applyDecorators(isShort, IsStoredText(most, `${description} Bytes of UTF-8.`.trimStart()));
}

const IsUri = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ example: 'https://example.com/coin.json' }),
    ValidateBy({
      name: 'isCoinUri',
      validator: {
        validate: (value) => typeof value === 'string' && URI.test(value),
        defaultMessage: buildMessage((each) => `${each}$property must be an https, ipfs or ar address`),
      },
    }),
  );

/** What an admin signs who launches the coin of a commitment. */
@ParamsOf('admin.pumpfun.launch')
export class LaunchParams {
  @IsId()
  readonly commitmentId: string;

  @IsCoinText('name', '')
  readonly name: string;

  @IsCoinText('symbol', '')
  readonly symbol: string;

  @IsCoinText('uri', 'Where its metadata is: https, ipfs or ar.')
  @IsUri()
  readonly uri: string;

  @IsJsonLamports({
    optional: true,
    description: 'Raw units that the fee payer buys first; together with buyMostLamports.',
  })
  readonly buyTokens?: number;

  @IsJsonLamports({
    optional: true,
    description: 'Their highest cost, pump.fun’s fees included.',
  })
  readonly buyMostLamports?: number;
}

export class LaunchBody extends IntersectionType(SignedBody, LaunchParams) {}
composedOf(LaunchBody, LaunchParams, SignedBody);

export class ReserveMintBody {
  @IsWallet()
  readonly creator: string;
}

export class ReservedMintDto {
  @ApiProperty()
  readonly mint: string;

  @ApiProperty({ description: 'Whose commitment it is kept for.' })
  readonly creator: string;
}

export class LaunchStateDto {
  @ApiProperty()
  readonly mint: string;

  @ApiProperty({ description: 'Who earns the creator fees: the escrow in managed mode.' })
  readonly creator: string;

  @ApiProperty({
    type: [PumpOperationDto],
    description: 'The creation, then the purchase where there is one.',
  })
  readonly steps: readonly PumpOperationDto[];
}

export class LaunchDto extends IntersectionType(LaunchParams, LaunchStateDto) {}
composedOf(LaunchDto, LaunchParams, LaunchStateDto);
