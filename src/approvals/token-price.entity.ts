import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last price that was fetched for a token. */
@Entity({ name: 'token_prices', schema: 'public' })
export class TokenPrice {
  @PrimaryColumn({ type: 'text' })
  mint: string;

  /** US dollars for one whole token. `numeric`, which the driver answers as text: every digit is kept. */
  @Column({ name: 'price_usd', type: 'numeric' })
  priceUsd: string;

  @Column({ type: 'text' })
  source: string;

  /** When the feed was asked. */
  @Column({ name: 'fetched_at', type: 'timestamptz' })
  fetchedAt: Date;
}
