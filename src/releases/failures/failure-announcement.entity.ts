import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** An announced failure of a reward commitment. Times are the chain's, but for `frozenAt`. */
@Entity({ name: 'failure_announcements', schema: 'public' })
export class FailureAnnouncement {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  /** Finalized: what a wallet held at its end is its weight. */
  @Column({ type: 'bigint', transformer: bigintColumn })
  slot: bigint;

  @Column({ name: 'announced_at', type: 'timestamptz' })
  announcedAt: Date;

  @Column({ name: 'effective_at', type: 'timestamptz' })
  effectiveAt: Date;

  @Column({ name: 'announced_by', type: 'text' })
  announcedBy: string;

  /** Tokens had been printed since the terms were signed: only what approvals recorded counts. */
  @Column({ name: 'supply_grown', type: 'boolean' })
  supplyGrown: boolean;

  /** Another admin, in place of an announcer who is none any more. */
  @Column({ name: 'confirmed_by', type: 'text', nullable: true })
  confirmedBy: string | null;

  @Column({ name: 'called_off_at', type: 'timestamptz', nullable: true })
  calledOffAt: Date | null;

  @Column({ name: 'called_off_by', type: 'text', nullable: true })
  calledOffBy: string | null;

  @Column({ name: 'frozen_at', type: 'timestamptz', nullable: true })
  frozenAt: Date | null;

  /** Of the next look. */
  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  /** Why the last look could not freeze anything; null where nothing is in the way. */
  @Column({ name: 'waiting_for', type: 'text', nullable: true })
  waitingFor: string | null;
}
