import { ApiProperty } from '@nestjs/swagger';
import { IsJsonLamports } from '#src/common/input/fields.js';
import { IsPublicText } from '#src/common/input/public-text.js';

const TITLE_MAX = 80;

export class MilestoneParams {
  @ApiProperty({ maxLength: TITLE_MAX, description: 'Stored in NFC.' })
  @IsPublicText(TITLE_MAX)
  readonly title: string;

  @IsJsonLamports({ description: 'What the creator is paid for this milestone.' })
  readonly unlockLamports: number;
}
