import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, decimalColumn } from '#src/common/database/columns.js';
import type { MilestoneStatus } from './milestone.js';

/** One milestone of a reward commitment. US dollars are exact decimal texts. */
@Entity({ name: 'reward_milestones', schema: 'public' })
export class Milestone {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  /** From 1, in the order that the creator gave. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text' })
  title: string;

  @Column({ name: 'unlock_lamports', type: 'bigint', transformer: bigintColumn })
  unlockLamports: bigint;

  @Column({ type: 'text', default: 'locked' })
  status: MilestoneStatus;

  /** Chain time of the creator's attestation. */
  @Column({ name: 'completed_at', type: 'timestamptz', nullable: true })
  completedAt: Date | null;

  /** Chain time at which the claim delay ends. */
  @Column({ name: 'claim_ready_at', type: 'timestamptz', nullable: true })
  claimReadyAt: Date | null;

  /** Chain time until which an approval also earns a share of a failure. */
  @Column({ name: 'vote_ends_at', type: 'timestamptz', nullable: true })
  voteEndsAt: Date | null;

  /** Frozen with the terms. */
  @Column({ name: 'threshold_usd', type: 'numeric', transformer: decimalColumn })
  thresholdUsd: string;

  /** Sum of the approvals' weights as they were when signalled. */
  @Column({ name: 'signalled_usd', type: 'numeric', default: 0, transformer: decimalColumn })
  signalledUsd: string;

  @Column({ type: 'integer', default: 0 })
  voters: number;

  /** What was left of it at the last re-weighing. */
  @Column({ name: 'reweighed_usd', type: 'numeric', nullable: true, transformer: decimalColumn })
  reweighedUsd: string | null;

  /** Raw units that its approvals still held together then, and the supply of the token; decimal integers. */
  @Column({
    name: 'approved_raw',
    type: 'numeric',
    precision: 20,
    scale: 0,
    nullable: true,
    transformer: decimalColumn,
  })
  approvedRaw: string | null;

  @Column({
    name: 'seen_supply',
    type: 'numeric',
    precision: 20,
    scale: 0,
    nullable: true,
    transformer: decimalColumn,
  })
  seenSupply: string | null;

  @Column({ name: 'reweighed_at', type: 'timestamptz', nullable: true })
  reweighedAt: Date | null;

  /** Chain time from which unlocking is worth looking at again. */
  @Column({ name: 'next_check_at', type: 'timestamptz', nullable: true })
  nextCheckAt: Date | null;

  /** Chain time. */
  @Column({ name: 'claimable_at', type: 'timestamptz', nullable: true })
  claimableAt: Date | null;

  @Column({ name: 'released_at', type: 'timestamptz', nullable: true })
  releasedAt: Date | null;

  /** Signature of the payment. */
  @Column({ name: 'release_signature', type: 'text', nullable: true })
  releaseSignature: string | null;

  /** What it was paid, where a failed escrow could not cover all that was earned; null where that is unlockLamports. */
  @Column({ name: 'paid_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  paidLamports: bigint | null;
}
