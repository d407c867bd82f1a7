import { ApiProperty } from '@nestjs/swagger';

export class ReleaseLockDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ format: 'uuid' })
  readonly milestoneId: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Signature of the newest attempt; null before one is signed.',
  })
  readonly txSig: string | null;

  @ApiProperty({ format: 'uuid' })
  readonly payoutId: string;

  @ApiProperty({
    description: 'Whether nothing of the release can land any more, so that it may be cleared.',
  })
  readonly clearable: boolean;

  @ApiProperty({ description: 'Why it may or may not be cleared.' })
  readonly reason: string;
}
