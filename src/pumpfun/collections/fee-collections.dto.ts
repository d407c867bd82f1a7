import { ApiProperty } from '@nestjs/swagger';
import {
  OPERATION_KINDS,
  OPERATION_STATUSES,
  type OperationKind,
  type OperationStatus,
} from '#src/pumpfun/operations/operation.js';

export class FeeCollectionDto {
  @ApiProperty({ format: 'uuid', description: 'Stands in the memo of its transactions.' })
  readonly id: string;

  @ApiProperty({ enum: OPERATION_KINDS })
  readonly kind: OperationKind;

  @ApiProperty({ enum: OPERATION_STATUSES })
  readonly status: OperationStatus;

  @ApiProperty({ type: 'string', nullable: true, description: 'Of its newest transaction that was signed.' })
  readonly signature: string | null;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    nullable: true,
    description: 'Lamports that this transaction has brought the escrow, by its own record on chain.',
  })
  readonly gainedLamports: number | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Why it is not done yet, or what ended it.' })
  readonly waitingFor: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;

  @ApiProperty({ type: 'string', format: 'date-time', nullable: true })
  readonly endedAt: string | null;
}
