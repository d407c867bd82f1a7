import { ApiProperty } from '@nestjs/swagger';
import { IsStoredText } from '#src/common/input/public-text.js';
import { IsWebAddress } from '#src/common/input/web-address.js';

const NAME_MAX = 64;
const DESCRIPTION_MAX = 1_000;

/** The whole page: what is left out is not shown any more. */
export class ProjectBody {
  @IsStoredText(NAME_MAX, 'Name of the project.')
  readonly name: string;

  @IsStoredText(DESCRIPTION_MAX, 'What the project is about.', { optional: true })
  readonly description?: string;

  @IsWebAddress('A picture of the project.')
  readonly imageUrl?: string;

  @IsWebAddress('Its web page.')
  readonly websiteUrl?: string;

  @IsWebAddress('Its page at X.')
  readonly xUrl?: string;

  @IsWebAddress('Its group at Telegram.')
  readonly telegramUrl?: string;
}

export class ProjectDto {
  @ApiProperty()
  readonly mint: string;

  @ApiProperty()
  readonly name: string;

  @ApiProperty({ required: false })
  readonly description?: string;

  @ApiProperty({ required: false, format: 'uri' })
  readonly imageUrl?: string;

  @ApiProperty({ required: false, format: 'uri' })
  readonly websiteUrl?: string;

  @ApiProperty({ required: false, format: 'uri' })
  readonly xUrl?: string;

  @ApiProperty({ required: false, format: 'uri' })
  readonly telegramUrl?: string;

  @ApiProperty({ format: 'date-time' })
  readonly updatedAt: string;
}
