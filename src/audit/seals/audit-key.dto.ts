import { ApiProperty } from '@nestjs/swagger';

export class AuditKeyDto {
  @ApiProperty({ type: 'integer', description: 'From 1 on.' })
  readonly number: number;

  @ApiProperty({ description: 'Ed25519, base58.' })
  readonly publicKey: string;

  @ApiProperty({ description: 'The last seal of the key before it; `0` for the first key.' })
  readonly afterSeal: string;

  @ApiProperty({
    description:
      'By this key over `cts-audit-key:NUMBER:PUBLIC_KEY:PREVIOUS_PUBLIC_KEY or none:AFTER_SEAL`; base58.',
  })
  readonly ownSignature: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'By the key before it, over the same text; null for the first key.',
  })
  readonly previousSignature: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly madeAt: string;
}

export class AuditKeysDto {
  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'Signs new seals; null where ESCROW_DB_SECRET is not set.',
  })
  readonly publicKey: string | null;

  @ApiProperty({ type: [AuditKeyDto], description: 'Present and earlier keys, newest first.' })
  readonly keys: AuditKeyDto[];
}
