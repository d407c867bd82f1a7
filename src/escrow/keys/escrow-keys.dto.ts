import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';

export class EscrowKeyDto {
  @ApiProperty({ description: 'Names a secret and reveals nothing about it.' })
  readonly keyId: string;

  @ApiProperty({ type: 'integer', description: 'Escrow keys that it has sealed.' })
  readonly rows: number;

  @ApiProperty({ description: 'Whether this process has the secret.' })
  readonly configured: boolean;
}

export class KeyRotationDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({ enum: ['running', 'finished'] })
  readonly status: 'running' | 'finished';

  @ApiProperty({ type: 'integer' })
  readonly rotated: number;

  @ApiProperty({ type: 'integer', description: 'Rows that did not open; each is an `escrow_key_error`.' })
  readonly failed: number;

  @ApiProperty({ type: 'integer', description: 'Rows that are still to be looked at.' })
  readonly remaining: number;

  @ApiProperty({ description: 'Wallet of the admin.' })
  readonly requestedBy: string;

  @ApiProperty({ format: 'date-time' })
  readonly requestedAt: string;

  @ApiPropertyOptional({ format: 'date-time' })
  readonly finishedAt?: string;
}

@ApiExtraModels(KeyRotationDto)
export class EscrowKeysDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Seals new keys; null without ESCROW_DB_SECRET.',
  })
  readonly currentKeyId: string | null;

  @ApiProperty({
    type: [EscrowKeyDto],
    description: 'Every configured secret, and every one that a row names.',
  })
  readonly keys: readonly EscrowKeyDto[];

  @ApiProperty({
    type: 'integer',
    description:
      'Marks that older secrets have made: while there are any, those secrets must stay configured.',
  })
  readonly olderMarks: number;

  @ApiProperty({
    oneOf: [{ $ref: getSchemaPath(KeyRotationDto) }, { type: 'null' }],
    description: 'The open rotation, else the last one.',
  })
  readonly rotation: KeyRotationDto | null;
}

export class CustodyFailureDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty()
  readonly address: string;

  @ApiProperty()
  readonly reason: string;
}

export class CustodyReportDto {
  @ApiProperty({ type: 'integer' })
  readonly checked: number;

  @ApiProperty({ type: 'integer' })
  readonly failed: number;

  @ApiProperty({ type: [CustodyFailureDto], description: 'The first 100.' })
  readonly failures: readonly CustodyFailureDto[];
}
