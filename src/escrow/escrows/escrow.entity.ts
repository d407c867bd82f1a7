import { Column, Entity, PrimaryColumn } from 'typeorm';

export type Custody = 'local' | 'privy';

/** The one wallet that belongs to a commitment. Its key stands here only as ciphertext, or not at all. */
@Entity({ name: 'escrows', schema: 'public' })
export class Escrow {
  @PrimaryColumn({ name: 'commitment_id', type: 'uuid' })
  commitmentId: string;

  @Column({ type: 'text' })
  address: string;

  @Column({ type: 'text' })
  custody: Custody;

  /** Names the secret that encrypted the key. */
  @Column({ name: 'key_id', type: 'text', nullable: true })
  keyId: string | null;

  @Column({ type: 'bytea', nullable: true })
  ciphertext: Buffer | null;

  @Column({ name: 'privy_wallet_id', type: 'text', nullable: true })
  privyWalletId: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;
}
