import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '#src/common/database/columns.js';

/** A wallet that is to share in an announced failure. */
@Entity({ name: 'failure_enrollments', schema: 'public' })
export class FailureEnrollment {
  @PrimaryColumn({ name: 'announcement_id', type: 'uuid' })
  announcementId: string;

  @PrimaryColumn({ type: 'text' })
  wallet: string;

  /** Looked at beside those that it owns when it is weighed. */
  @Column({ name: 'token_accounts', type: 'text', array: true })
  tokenAccounts: string[];

  /** Chain time. */
  @Column({ name: 'enrolled_at', type: 'timestamptz' })
  enrolledAt: Date;

  /** Smallest units of the token at the announcement slot; null until it is weighed. */
  @Column({
    name: 'weight_raw',
    type: 'numeric',
    precision: 20,
    scale: 0,
    nullable: true,
    transformer: bigintColumn,
  })
  weightRaw: bigint | null;
}
