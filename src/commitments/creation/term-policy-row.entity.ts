import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TermPolicy } from '#src/commitments/commitment/terms.js';

/** One set of configured terms that was in force at some time. */
@Entity({ name: 'term_policies', schema: 'public' })
export class TermPolicyRow {
  @PrimaryColumn({ type: 'text' })
  hash: string;

  @Column({ type: 'jsonb' })
  policy: TermPolicy;

  @Column({ name: 'last_in_force', type: 'timestamptz' })
  lastInForce: Date;
}
