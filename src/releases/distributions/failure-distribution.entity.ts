import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** What becomes of a failed reward commitment's escrow. Frozen before the first transfer, and never changed. */
@Entity({ name: 'failure_distributions', schema: 'public' })
export class FailureDistribution {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  escrow: string;

  /** destinationOnFail of the commitment. */
  @Column({ type: 'text' })
  destination: string;

  @Column({ name: 'escrow_balance_lamports', type: 'bigint', transformer: bigintColumn })
  escrowBalanceLamports: bigint;

  @Column({ name: 'rent_exempt_minimum', type: 'bigint', transformer: bigintColumn })
  rentExemptMinimum: bigint;

  @Column({ name: 'treasury_share_bps', type: 'integer' })
  treasuryShareBps: number;

  @Column({ type: 'text', nullable: true })
  treasury: string | null;

  @Column({ name: 'treasury_lamports', type: 'bigint', transformer: bigintColumn })
  treasuryLamports: bigint;

  /** Wallets with a weight, whether or not it came to a share: with none, later money is destinationOnFail's. */
  @Column({ name: 'eligible_wallets', type: 'integer' })
  eligibleWallets: number;

  /** The sum of the shares. */
  @Column({ name: 'pot_lamports', type: 'bigint', transformer: bigintColumn })
  potLamports: bigint;

  /** For destinationOnFail, where nobody has earned a share. */
  @Column({ name: 'destination_lamports', type: 'bigint', transformer: bigintColumn })
  destinationLamports: bigint;

  /** For milestones that were earned before. */
  @Column({ name: 'earned_lamports', type: 'bigint', transformer: bigintColumn })
  earnedLamports: bigint;

  /** What the escrow pays for each transfer; 0 where a fee payer pays. */
  @Column({ name: 'leg_fee_lamports', type: 'bigint', transformer: bigintColumn })
  legFeeLamports: bigint;

  @Column({ name: 'fee_total_lamports', type: 'bigint', transformer: bigintColumn })
  feeTotalLamports: bigint;

  /** Keeps the escrow rent-exempt until the last of the other transfers; then destinationOnFail gets it. */
  @Column({ name: 'reserve_lamports', type: 'bigint', transformer: bigintColumn })
  reserveLamports: bigint;

  /** Too little to be moved by the escrow itself. */
  @Column({ name: 'stranded_lamports', type: 'bigint', transformer: bigintColumn })
  strandedLamports: bigint;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy: string;

  @Column({ name: 'frozen_at', type: 'timestamptz' })
  frozenAt: Date;
}
