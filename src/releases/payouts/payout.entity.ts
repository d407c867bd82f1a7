import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { PayoutStatus } from './payout.js';
import type { Purpose } from './purpose.js';

/** One intended transfer out of an escrow. Written before anything is signed; never deleted. */
@Entity({ name: 'payouts', schema: 'public' })
export class Payout {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  purpose: Purpose;

  @Column({ name: 'business_key', type: 'text' })
  businessKey: string;

  /** The milestone that it pays, where it is not for the commitment as a whole. */
  @Column({ name: 'subject_id', type: 'uuid', nullable: true })
  subjectId: string | null;

  /** Tells payouts for the same thing from each other: 0; for stray money a running number. */
  @Column({ type: 'integer', default: 0 })
  part: number;

  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'text' })
  destination: string;

  @Column({ name: 'amount_lamports', type: 'bigint', transformer: bigintColumn })
  amountLamports: bigint;

  /** Pays all that the escrow holds, less the fee where the escrow pays it. */
  @Column({ type: 'boolean' })
  drain: boolean;

  /** What the source pays for the transaction, where that is part of the promise (0: the fee payer does); null: the market's price. */
  @Column({ name: 'fee_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  feeLamports: bigint | null;

  @Column({ type: 'text', default: 'pending' })
  status: PayoutStatus;

  @Column({ name: 'waiting_for', type: 'text', nullable: true })
  waitingFor: string | null;

  /** Confirmed by one voice, whose companions were silent: what it paid stays promised until it is finalized. */
  @Column({ name: 'confirmed_alone', type: 'boolean', default: false })
  confirmedAlone: boolean;

  /** When somebody was told that it takes long. */
  @Column({ name: 'alarmed_at', type: 'timestamptz', nullable: true })
  alarmedAt: Date | null;

  /** On-chain failures in a row. */
  @Column({ type: 'integer', default: 0 })
  failures: number;

  @Column({ name: 'next_run_at', type: 'timestamptz' })
  nextRunAt: Date;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'confirmed_at', type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;

  @Column({ name: 'finalized_at', type: 'timestamptz', nullable: true })
  finalizedAt: Date | null;
}
