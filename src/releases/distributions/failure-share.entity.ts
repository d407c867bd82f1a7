import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** One voter's part of a failed reward commitment. Its claim is the payout of its business key. */
@Entity({ name: 'failure_shares', schema: 'public' })
export class FailureShare {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @PrimaryColumn({ type: 'text' })
  wallet: string;

  /** Smallest units of the token. */
  @Column({ name: 'weight_raw', type: 'numeric', precision: 20, scale: 0, transformer: bigintColumn })
  weightRaw: bigint;

  @Column({ name: 'amount_lamports', type: 'bigint', transformer: bigintColumn })
  amountLamports: bigint;
}
