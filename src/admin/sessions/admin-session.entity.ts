import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'admin_sessions', schema: 'public' })
export class AdminSession {
  /** HMAC of the session id, hex. The id itself is known to the browser alone. */
  @PrimaryColumn({ name: 'id_hash', type: 'text' })
  idHash: string;

  @Column({ type: 'text' })
  wallet: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;

  /** HMAC over the other columns, hex: a row that somebody has written or changed by hand is no session. */
  @Column({ type: 'text' })
  mac: string;
}
