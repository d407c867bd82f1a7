import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';
import type { FeeRouting, RoutingAnswer, RoutingReason } from './fee-routing.js';

/** What was read last of a managed commitment. */
@Entity({ name: 'fee_routings', schema: 'public' })
export class FeeRoutingReading implements FeeRouting {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  answer: RoutingAnswer;

  @Column({ type: 'text' })
  reason: RoutingReason;

  @Column({ type: 'integer' })
  bps: number;

  @Column({ type: 'text', nullable: true })
  earner: string | null;

  @Column({ type: 'boolean' })
  locked: boolean;

  @Column({ type: 'text', nullable: true })
  admin: string | null;

  @Column({ type: 'bigint', transformer: bigintColumn })
  slot: bigint;

  @Column({ name: 'read_at', type: 'timestamptz' })
  readAt: Date;
}
