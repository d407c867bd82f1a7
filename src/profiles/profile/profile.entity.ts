import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a wallet has published about itself by its last signed message. */
@Entity({ name: 'profiles', schema: 'public' })
export class Profile {
  @PrimaryColumn({ type: 'text' })
  wallet: string;

  @Column({ type: 'text', nullable: true })
  name: string | null;

  @Column({ type: 'text', nullable: true })
  bio: string | null;

  /** An image elsewhere; null where one was uploaded, or none is shown. */
  @Column({ name: 'avatar_url', type: 'text', nullable: true })
  avatarUrl: string | null;

  /** An examined object in the bucket of avatars. */
  @Column({ name: 'avatar_path', type: 'text', nullable: true })
  avatarPath: string | null;

  /** Of the signed message. */
  @Column({ name: 'issued_at', type: 'timestamptz' })
  issuedAt: Date;
}
