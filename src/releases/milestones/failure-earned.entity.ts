import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** A milestone that was earned and not released when the failure of its commitment took effect. */
@Entity({ name: 'failure_earned', schema: 'public' })
export class FailureEarned {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  /** From 1, in the order in which they are covered. */
  @PrimaryColumn({ type: 'integer' })
  position: number;

  @Column({ name: 'milestone_id', type: 'uuid' })
  milestoneId: string;

  /** 0 where the escrow did not cover it. */
  @Column({ name: 'amount_lamports', type: 'bigint', transformer: bigintColumn })
  amountLamports: bigint;
}
