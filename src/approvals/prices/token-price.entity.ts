import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last price that was fetched for a token. */
@Entity({ name: 'token_prices', schema: 'public' })
export class TokenPrice {
  @PrimaryColumn({ type: 'text' })
  mint: string;

  /** US dollars for one whole token. `numeric`, which the driver answers as text: every digit is kept. */
  @Column({ name: 'price_usd', type: 'numeric' })
  priceUsd: string;

  /** US dollars in the pools behind the price; null when the feed does not say. */
  @Column({ name: 'liquidity_usd', type: 'numeric', nullable: true })
  liquidityUsd: string | null;

  /** Decimals of the token as the feed knows it; null when the feed does not say. */
  @Column({ type: 'integer', nullable: true })
  decimals: number | null;

  @Column({ type: 'text' })
  source: string;

  /** When the feed was asked. */
  @Column({ name: 'fetched_at', type: 'timestamptz' })
  fetchedAt: Date;
}
