import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Held by a milestone's release while it is under way. */
@Entity({ name: 'reward_release_locks', schema: 'public' })
export class ReleaseLock {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @PrimaryColumn({ name: 'milestone_id', type: 'uuid' })
  milestoneId: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** Signature of the newest attempt, set the moment it is signed. */
  @Column({ name: 'tx_sig', type: 'text', nullable: true })
  txSig: string | null;

  @Column({ name: 'payout_id', type: 'uuid' })
  payoutId: string;
}
