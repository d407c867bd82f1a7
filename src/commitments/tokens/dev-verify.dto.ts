import { ApiProperty } from '@nestjs/swagger';
import { IsAddress, SignedBody } from '#src/common/input/fields.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

/** What a wallet signs to show that a token is its own. */
@ParamsOf('dev.verify')
export class DevVerifyParams {
  @IsAddress({ description: 'Mint of the token.' })
  readonly tokenMint: string;
}

export class DevVerifyBody extends SignedBody {
  @IsAddress({ description: 'Mint of the token.' })
  readonly tokenMint: string;
}

export class DevVerifyDto {
  @ApiProperty()
  readonly wallet: string;

  @ApiProperty()
  readonly tokenMint: string;

  @ApiProperty({ type: String, nullable: true, description: 'null when nobody can mint any more.' })
  readonly mintAuthority: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Who may change the metadata; null when nobody may.',
  })
  readonly updateAuthority: string | null;

  @ApiProperty({ enum: [true], description: 'Always true; otherwise the answer is a 403.' })
  readonly isAuthority: true;
}
