import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A wallet that an admin has shut out. Never changed and never deleted: it is evidence. */
@Entity({ name: 'admin_revocations', schema: 'public' })
export class AdminRevocation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  admin: string;

  @Column({ name: 'void_from', type: 'timestamptz', nullable: true })
  voidFrom: Date | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** What the revoking admin has signed: without it the row is worth nothing. */
  @Column({ name: 'act_id', type: 'uuid' })
  actId: string;

  @Column({ name: 'revoked_by', type: 'text' })
  revokedBy: string;

  @Column({ name: 'revoked_at', type: 'timestamptz' })
  revokedAt: Date;
}
