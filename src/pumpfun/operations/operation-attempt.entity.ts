import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { OperationAttemptStatus } from './operation.js';

/** One transaction made for an operation. Its bytes are stored before they are sent, and are the only ones ever sent. */
@Entity({ name: 'pump_attempts', schema: 'public' })
export class OperationAttempt {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'operation_id', type: 'uuid' })
  operationId: string;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text', default: 'prepared' })
  status: OperationAttemptStatus;

  @Column({ name: 'fee_payer', type: 'text' })
  feePayer: string;

  /** What the message was compiled from, beside the evidence. */
  @Column({ type: 'jsonb' })
  plan: unknown;

  @Column({ type: 'bytea' })
  message: Buffer;

  @Column({ type: 'text' })
  blockhash: string;

  @Column({ name: 'last_valid_block_height', type: 'bigint', transformer: bigintColumn })
  lastValidBlockHeight: bigint;

  @Column({ name: 'lease_heights', type: 'jsonb' })
  leaseHeights: readonly { readonly voice: string; readonly height: number }[];

  @Column({ name: 'blockhash_slot', type: 'bigint', transformer: bigintColumn })
  blockhashSlot: bigint;

  @Column({ type: 'text', nullable: true })
  signature: string | null;

  @Column({ name: 'raw_transaction', type: 'bytea', nullable: true })
  rawTransaction: Buffer | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'signed_at', type: 'timestamptz', nullable: true })
  signedAt: Date | null;

  @Column({ name: 'broadcast_at', type: 'timestamptz', nullable: true })
  broadcastAt: Date | null;

  @Column({ name: 'landed_slot', type: 'bigint', nullable: true, transformer: bigintColumn })
  landedSlot: bigint | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  error: string | null;
}
