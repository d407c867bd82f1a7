import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PauseScope } from './pause.js';
import type { Purpose } from './purpose.js';

/** Payouts that an admin has stopped until the pause is ended. Never deleted: it is evidence. */
@Entity({ name: 'payout_pauses', schema: 'public' })
export class PayoutPause {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  scope: PauseScope;

  @Column({ name: 'commitment_id', type: 'uuid', nullable: true })
  commitmentId: string | null;

  @Column({ type: 'text', nullable: true })
  purpose: Purpose | null;

  @Column({ type: 'text' })
  reason: string;

  @Column({ name: 'created_by', type: 'text' })
  createdBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'ended_by', type: 'text', nullable: true })
  endedBy: string | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
