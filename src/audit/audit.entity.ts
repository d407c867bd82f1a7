import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ name: 'audit_logs', schema: 'public' })
export class AuditLog {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column({ type: 'timestamptz', default: () => 'clock_timestamp()' })
  ts: Date;

  @Column({ type: 'text' })
  event: string;

  @Column({ type: 'text' })
  actor: string;

  @Column({ name: 'request_id', type: 'text' })
  requestId: string;

  @Column({ name: 'commitment_id', type: 'uuid', nullable: true })
  commitmentId: string | null;

  @Column({ name: 'payout_id', type: 'uuid', nullable: true })
  payoutId: string | null;

  @Column({ type: 'text', nullable: true })
  signature: string | null;

  @Column({ type: 'jsonb', default: {} })
  fields: Record<string, unknown>;
}
