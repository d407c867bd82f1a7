import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The page of a token's project, as an admin has written it. */
@Entity({ name: 'projects', schema: 'public' })
export class Project {
  @PrimaryColumn({ type: 'text' })
  mint: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ name: 'image_url', type: 'text', nullable: true })
  imageUrl: string | null;

  @Column({ name: 'website_url', type: 'text', nullable: true })
  websiteUrl: string | null;

  @Column({ name: 'x_url', type: 'text', nullable: true })
  xUrl: string | null;

  @Column({ name: 'telegram_url', type: 'text', nullable: true })
  telegramUrl: string | null;

  /** The admin's wallet. */
  @Column({ name: 'updated_by', type: 'text' })
  updatedBy: string;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}
