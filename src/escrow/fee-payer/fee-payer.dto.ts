import { ApiProperty } from '@nestjs/swagger';

export class FeePayerDto {
  @ApiProperty({ type: String, nullable: true, description: 'null: each escrow pays its own fees.' })
  readonly address: string | null;

  @ApiProperty({ type: 'integer', format: 'int64', nullable: true, description: 'null without a fee payer.' })
  readonly balanceLamports: number | null;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'FEE_PAYER_FLOOR_LAMPORTS.' })
  readonly floorLamports: number;

  @ApiProperty({ description: 'False below the floor.' })
  readonly ok: boolean;
}
