import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The address of a coin that is to be, kept for one creator, with its sealed key. */
@Entity({ name: 'pump_mints', schema: 'public' })
export class PumpMint {
  @PrimaryColumn({ type: 'text' })
  mint: string;

  /** Who may make a commitment for it while it does not exist. */
  @Column({ type: 'text' })
  creator: string;

  @Column({ name: 'key_id', type: 'text' })
  keyId: string;

  @Column({ type: 'bytea' })
  ciphertext: Buffer;

  @Column({ name: 'reserved_by', type: 'text' })
  reservedBy: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  /** For which commitment it was launched; null until then. */
  @Column({ name: 'commitment_id', type: 'uuid', nullable: true })
  commitmentId: string | null;
}
