import { ApiProperty } from '@nestjs/swagger';
import { toJsonLamports } from '#src/common/money/lamports.js';
import {
  OPERATION_KINDS,
  type OperationKind,
  OPERATION_STATUSES,
  type OperationStatus,
} from './operation.js';
import type { ListedOperation } from './operation.repository.js';

export class PumpOperationDto {
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

export function operationView(operation: ListedOperation): PumpOperationDto {
  const { id, kind, status, signature, gainedLamports, waitingFor, createdAt, endedAt } = operation;
  return {
    id,
    kind,
    status,
    signature,
    gainedLamports: gainedLamports === null ? null : toJsonLamports(gainedLamports),
    waitingFor,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}
