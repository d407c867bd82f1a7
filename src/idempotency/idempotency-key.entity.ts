import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A request that was sent with an Idempotency-Key, and its answer once it has one. */
@Entity({ name: 'idempotency_keys', schema: 'public' })
export class IdempotencyKey {
  /** SHA-256 of method, path, caller and key, hex. */
  @PrimaryColumn({ name: 'scope_hash', type: 'text' })
  scopeHash: string;

  /** SHA-256 of the canonical body, hex. */
  @Column({ name: 'request_hash', type: 'text' })
  requestHash: string;

  @Column({ type: 'text' })
  state: 'in_progress' | 'finished';

  /** The request that works on it. */
  @Column({ name: 'request_id', type: 'text' })
  requestId: string;

  @Column({ name: 'status_code', type: 'integer', nullable: true })
  statusCode: number | null;

  @Column({ name: 'content_type', type: 'text', nullable: true })
  contentType: string | null;

  @Column({ type: 'text', nullable: true })
  body: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
