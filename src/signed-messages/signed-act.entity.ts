import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a wallet has signed and the server has accepted. Never changed, never deleted. */
@Entity({ name: 'signed_acts', schema: 'public' })
export class SignedAct {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  wallet: string;

  /** Null for what belongs to no commitment. */
  @Column({ name: 'commitment_id', type: 'uuid', nullable: true })
  commitmentId: string | null;

  /** As the text names them, for people; evidence is read from the text. */
  @Column({ type: 'jsonb' })
  params: Readonly<Record<string, unknown>>;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'text' })
  envelope: string;

  /** Base58. */
  @Column({ type: 'text' })
  signature: string;

  /** SHA-256 of the text, hex. */
  @Column({ name: 'message_hash', type: 'text' })
  messageHash: string;

  @Column({ name: 'issued_at', type: 'timestamptz' })
  issuedAt: Date;

  /** By our own clock. */
  @Column({ name: 'accepted_at', type: 'timestamptz' })
  acceptedAt: Date;

  /** By the chain's, where the rules go by it. */
  @Column({ name: 'chain_time', type: 'timestamptz', nullable: true })
  chainTime: Date | null;
}
