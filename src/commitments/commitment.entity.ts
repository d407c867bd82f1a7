import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../common/columns.js';
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
