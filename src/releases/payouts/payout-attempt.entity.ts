import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { AttemptStatus } from './payout.js';

/** One transaction made for a payout. Its bytes are stored before they are sent, and are the only ones ever sent. */
@Entity({ name: 'payout_attempts', schema: 'public' })
export class PayoutAttempt {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'payout_id', type: 'uuid' })
  payoutId: string;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text', default: 'prepared' })
  status: AttemptStatus;

  @Column({ name: 'amount_lamports', type: 'bigint', transformer: bigintColumn })
  amountLamports: bigint;

  @Column({ name: 'fee_lamports', type: 'bigint', transformer: bigintColumn })
  feeLamports: bigint;

  @Column({ name: 'fee_payer', type: 'text' })
  feePayer: string;

  /** What the source held when this was planned; null in attempts of an older version. */
  @Column({ name: 'source_balance_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  sourceBalanceLamports: bigint | null;

  @Column({ type: 'bytea' })
  message: Buffer;

  @Column({ type: 'text' })
  blockhash: string;

  @Column({ name: 'last_valid_block_height', type: 'bigint', transformer: bigintColumn })
  lastValidBlockHeight: bigint;

  /** The block height that each voice counted when it knew the blockhash: the bound above follows from the highest. */
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

  /** First time that the stored bytes were handed to an endpoint. */
  @Column({ name: 'broadcast_at', type: 'timestamptz', nullable: true })
  broadcastAt: Date | null;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  @Column({ name: 'landed_slot', type: 'bigint', nullable: true, transformer: bigintColumn })
  landedSlot: bigint | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  error: string | null;
}

/** @throws Error for an attempt that was never signed: the caller knows that this one was. */
export function signatureOf({ id, signature }: PayoutAttempt): string {
  if (signature === null) throw new Error(`attempt ${id} has no signature`);
  return signature;
}
