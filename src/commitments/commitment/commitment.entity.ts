import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { Kind, Resolution, Status } from './commitment.js';
import type { CreatorFeeMode, Terms } from './terms.js';

@Entity({ name: 'commitments', schema: 'public' })
export class Commitment {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  kind: Kind;

  @Column({ type: 'text', default: 'active' })
  status: Status;

  @Column({ type: 'text', nullable: true })
  resolution: Resolution | null;

  /** The chain's clock by which the resolution was decided, where the rules go by it. */
  @Column({ name: 'resolution_chain_time', type: 'timestamptz', nullable: true })
  resolutionChainTime: Date | null;

  /** The authority of a personal commitment, the creator of a reward commitment. */
  @Column({ type: 'text' })
  wallet: string;

  @Column({ name: 'destination_on_fail', type: 'text' })
  destinationOnFail: string;

  @Column({ type: 'text', nullable: true })
  statement: string | null;

  @Column({ name: 'amount_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  amountLamports: bigint | null;

  @Column({ type: 'timestamptz', nullable: true })
  deadline: Date | null;

  /** Chain time of the attestation. */
  @Column({ name: 'attested_at', type: 'timestamptz', nullable: true })
  attestedAt: Date | null;

  /** Until when a decision about it may come once it is attested; chain time, of a personal commitment. */
  @Column({ name: 'decision_ends_at', type: 'timestamptz', nullable: true })
  decisionEndsAt: Date | null;

  /** Chain time at which an admin filed a failure of the attested commitment, or announced it; null where none stands. */
  @Column({ name: 'failure_filed_at', type: 'timestamptz', nullable: true })
  failureFiledAt: Date | null;

  /** Of an announced one: when it takes effect, by the chain's clock. */
  @Column({ name: 'failure_effective_at', type: 'timestamptz', nullable: true })
  failureEffectiveAt: Date | null;

  @Column({ name: 'failure_reason', type: 'text', nullable: true })
  failureReason: string | null;

  /** What the escrow of a personal commitment held when its end was decided. */
  @Column({ name: 'funded_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  fundedLamports: bigint | null;

  /** Chain time of the last sweep that took it up. */
  @Column({ name: 'sweep_tried_at', type: 'timestamptz', nullable: true })
  sweepTriedAt: Date | null;

  /** Of a reward commitment, as the next two. */
  @Column({ name: 'token_mint', type: 'text', nullable: true })
  tokenMint: string | null;

  @Column({ name: 'creator_fee_mode', type: 'text', nullable: true })
  creatorFeeMode: CreatorFeeMode | null;

  /** Creator, escrow and the token's authorities at creation: they cannot approve. */
  @Column({ name: 'excluded_wallets', type: 'text', array: true, default: '{}' })
  excludedWallets: string[];

  @Column({ type: 'jsonb' })
  terms: Terms;

  @Column({ name: 'terms_hash', type: 'text' })
  termsHash: string;

  @Column({ name: 'message_hash', type: 'text' })
  messageHash: string;

  @Column({ type: 'text' })
  signature: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'resolved_at', type: 'timestamptz', nullable: true })
  resolvedAt: Date | null;
}
