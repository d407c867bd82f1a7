import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the watch has said last of one fee payer. */
@Entity({ name: 'fee_payers', schema: 'public' })
export class FeePayerRow {
  @PrimaryColumn({ type: 'text' })
  address: string;

  @Column({ type: 'boolean', default: false })
  low: boolean;

  @Column({ name: 'changed_at', type: 'timestamptz' })
  changedAt: Date;
}
