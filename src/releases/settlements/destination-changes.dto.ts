import { ApiProperty } from '@nestjs/swagger';
import { IsAddress, SignedBody } from '#src/common/input/fields.js';
import { CommitmentActParams } from '#src/releases/payouts/act-params.dto.js';
import { ParamsOf } from '#src/signed-messages/action-params.decorator.js';

const REPLACES = { description: 'The address of the signed terms that cannot be paid any more.' };
const DESTINATION = { description: 'Who is to be paid instead, for as long as that is so.' };

/** What two different admins sign so that an unpayable destination locks no money. */
@ParamsOf('admin.destination.change')
export class DestinationChangeParams extends CommitmentActParams {
  @IsAddress(REPLACES)
  readonly replaces: string;

  @IsAddress(DESTINATION)
  readonly destination: string;
}

export class DestinationChangeBody extends SignedBody {
  @IsAddress(REPLACES)
  readonly replaces: string;

  @IsAddress(DESTINATION)
  readonly destination: string;
}

export class DestinationChangeDto {
  @ApiProperty({ format: 'uuid', description: 'Whose escrow it is about.' })
  readonly commitmentId: string;

  @ApiProperty(REPLACES)
  readonly replaces: string;

  @ApiProperty(DESTINATION)
  readonly destination: string;

  @ApiProperty({ description: 'False until a second admin has signed the same.' })
  readonly inForce: boolean;
}
