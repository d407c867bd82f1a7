import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { OperationKind, OperationStatus } from './operation.js';

/** One thing to do with pump.fun's programs, by one transaction that succeeds. */
@Entity({ name: 'pump_operations', schema: 'public' })
export class Operation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  kind: OperationKind;

  @Column({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  /** Which of its kind it is for the commitment, from 0. */
  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text', default: 'pending' })
  status: OperationStatus;

  @Column({ name: 'waiting_for', type: 'text', nullable: true })
  waitingFor: string | null;

  @Column({ type: 'integer', default: 0 })
  failures: number;

  @Column({ name: 'next_run_at', type: 'timestamptz' })
  nextRunAt: Date;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'alarmed_at', type: 'timestamptz', nullable: true })
  alarmedAt: Date | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** Lamports by which its transaction has changed the escrow's balance; null until it is done. */
  @Column({ name: 'gained_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  gainedLamports: bigint | null;
}
