import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A sign-in message that was issued and not used yet. */
@Entity({ name: 'admin_nonces', schema: 'public' })
export class AdminNonce {
  @PrimaryColumn({ type: 'text' })
  nonce: string;

  @Column({ type: 'text' })
  wallet: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
