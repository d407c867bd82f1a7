import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';

export class LimitsQuery {
  @ApiProperty({ required: false, description: 'An IP address or a wallet, whose open windows are shown.' })
  @IsOptional()
  @IsString()
  @MaxLength(64)
  readonly client?: string;
}

export class LimitWindowDto {
  @ApiProperty({ example: 'POST /api/commitments' })
  readonly route: string;

  @ApiProperty({ description: 'Name of the limit, as `ratelimit-policy` shows it.', example: 'create' })
  readonly name: string;

  @ApiProperty({ type: 'integer', description: 'Requests counted in this window.' })
  readonly hits: number;

  @ApiProperty({ type: 'integer', description: 'Beyond this it answers 429.' })
  readonly limit: number;

  @ApiProperty({ format: 'date-time', description: 'When the window ends.' })
  readonly endsAt: string;
}

export class LimitRefusalDto {
  @ApiProperty({ example: 'commitment_create_denied' })
  readonly event: string;

  @ApiProperty({ description: 'A wallet, or `anonymous`.' })
  readonly actor: string;

  @ApiProperty({ type: 'integer', description: 'Rows of the audit log: one for each window.' })
  readonly count: number;

  @ApiProperty({ format: 'date-time' })
  readonly lastAt: string;
}

export class LimitsDto {
  @ApiProperty({ type: String, nullable: true, description: 'As it is counted: an IPv6 address as its /64.' })
  readonly client: string | null;

  @ApiProperty({ type: [LimitWindowDto], description: 'Open windows of the client, the fullest first.' })
  readonly windows: LimitWindowDto[];

  @ApiProperty({ type: [LimitRefusalDto], description: 'Who was refused in the last hour, by route.' })
  readonly refusals: LimitRefusalDto[];
}

export class ForgivenDto {
  @ApiProperty({ type: 'integer', description: 'How many windows were deleted.' })
  readonly forgiven: number;
}
