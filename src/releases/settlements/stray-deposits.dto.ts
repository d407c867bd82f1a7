import { ApiProperty } from '@nestjs/swagger';
import { FINAL_STATUSES, type Status } from '#src/commitments/commitment/commitment.js';

const LAMPORTS = { type: 'integer', format: 'int64' } as const;

export class StrayDepositDto {
  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ enum: FINAL_STATUSES })
  readonly status: Status;

  @ApiProperty()
  readonly escrow: string;

  @ApiProperty(LAMPORTS)
  readonly balanceLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'Still owed out of this escrow.' })
  readonly promisedLamports: number;

  @ApiProperty({ ...LAMPORTS, description: 'What nobody is promised.' })
  readonly strayLamports: number;

  @ApiProperty({ description: 'Where forwarding sends it: the wallet of the outcome.' })
  readonly destination: string;
}
