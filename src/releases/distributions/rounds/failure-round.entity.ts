import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** One distribution of what reached the escrow of a failed commitment later. Frozen before its first transfer, and never changed. */
@Entity({ name: 'failure_rounds', schema: 'public' })
export class FailureRound {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  /** From 1; 0 is the distribution of the failure itself. */
  @PrimaryColumn({ type: 'integer' })
  round: number;

  @Column({ name: 'escrow_balance_lamports', type: 'bigint', transformer: bigintColumn })
  escrowBalanceLamports: bigint;

  /** What is no part of the round: the promises of earlier ones, and a rent minimum that stays. */
  @Column({ name: 'kept_lamports', type: 'bigint', transformer: bigintColumn })
  keptLamports: bigint;

  @Column({ name: 'treasury_lamports', type: 'bigint', transformer: bigintColumn })
  treasuryLamports: bigint;

  /** The sum of the shares. */
  @Column({ name: 'pot_lamports', type: 'bigint', transformer: bigintColumn })
  potLamports: bigint;

  /** What the escrow pays for each transfer; 0 where a fee payer pays. */
  @Column({ name: 'leg_fee_lamports', type: 'bigint', transformer: bigintColumn })
  legFeeLamports: bigint;

  @Column({ name: 'fee_total_lamports', type: 'bigint', transformer: bigintColumn })
  feeTotalLamports: bigint;

  @Column({ name: 'frozen_at', type: 'timestamptz' })
  frozenAt: Date;
}
