import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn, decimalColumn } from '#src/common/database/columns.js';

/** One wallet's approval of one milestone. US dollars are exact decimal texts. */
@Entity({ name: 'reward_signals', schema: 'public' })
export class Signal {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'milestone_id', type: 'uuid' })
  milestoneId: string;

  @Column({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  wallet: string;

  /** Chain time. */
  @Column({ name: 'signalled_at', type: 'timestamptz' })
  signalledAt: Date;

  /** Then it also earns a share of a failure. */
  @Column({ name: 'in_vote_window', type: 'boolean' })
  inVoteWindow: boolean;

  /** Smallest units of the token, over `tokenAccounts`. */
  @Column({ name: 'raw_amount', type: 'numeric', precision: 20, scale: 0, transformer: bigintColumn })
  rawAmount: bigint;

  @Column({ type: 'integer' })
  decimals: number;

  /** Of one whole token. */
  @Column({ name: 'price_usd', type: 'numeric', transformer: decimalColumn })
  priceUsd: string;

  @Column({ name: 'weight_usd', type: 'numeric', transformer: decimalColumn })
  weightUsd: string;

  /** The wallet's accounts that held it, the fullest first. */
  @Column({ name: 'token_accounts', type: 'text', array: true })
  tokenAccounts: string[];

  /** What the wallet still held at the last re-weighing; null before the first one. */
  @Column({
    name: 'reweighed_raw',
    type: 'numeric',
    precision: 20,
    scale: 0,
    nullable: true,
    transformer: bigintColumn,
  })
  reweighedRaw: bigint | null;

  /** min(weight when signalled, present amount x price when signalled), at the last re-weighing. */
  @Column({ name: 'reweighed_usd', type: 'numeric', nullable: true, transformer: decimalColumn })
  reweighedUsd: string | null;

  /** Base58, of the signed message. */
  @Column({ type: 'text' })
  signature: string;
}
