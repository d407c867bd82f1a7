import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** What an admin has signed about the launch of a coin. */
@Entity({ name: 'pump_launches', schema: 'public' })
export class LaunchRow {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  symbol: string;

  @Column({ type: 'text' })
  uri: string;

  /** Raw units of the coin; null where nothing is bought. */
  @Column({ name: 'buy_tokens', type: 'bigint', nullable: true, transformer: bigintColumn })
  buyTokens: bigint | null;

  /** What they may cost at most, in lamports. */
  @Column({ name: 'buy_most_lamports', type: 'bigint', nullable: true, transformer: bigintColumn })
  buyMostLamports: bigint | null;

  @Column({ name: 'requested_by', type: 'text' })
  requestedBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
