import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PauseScope } from './pause.js';
import type { Purpose } from '#src/releases/payouts/purpose.js';

/** Payouts that an admin has stopped until the pause is ended, or ends. Never deleted: it is evidence. */
@Entity({ name: 'payout_pauses', schema: 'public' })
export class Pause {
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

  @Column({ name: 'ends_at', type: 'timestamptz', default: () => `(now() + '30 days')` })
  endsAt: Date;

  /** Which of this server's pauses it is, from 1 on; null for one that a person has made by SQL. */
  @Column({ type: 'integer', nullable: true })
  number: number | null;
}
