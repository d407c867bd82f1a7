import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn } from 'class-validator';
import { IfGiven, IsId } from '#src/common/input/fields.js';
import {
  LINE_STATES,
  type LineState,
  RECONCILIATION_KINDS,
  type ReconciliationKind,
} from './reconciliation.js';

export class ReconciliationBody {
  @ApiProperty({
    enum: RECONCILIATION_KINDS,
    description: 'What is compared: balances of escrows, or actions of admins and their payouts.',
  })
  @IsIn(RECONCILIATION_KINDS)
  readonly kind: ReconciliationKind;

  @ApiProperty({
    type: Boolean,
    default: false,
    required: false,
    description: 'Everything is looked up again, not only what may have changed.',
  })
  @IfGiven()
  @IsBoolean()
  readonly full: boolean = false;

  @IsId({ optional: true, description: 'Of one commitment alone.' })
  readonly commitmentId?: string;
}

export class ReconciliationRunDto {
  @ApiProperty({ format: 'uuid' })
  readonly id: string;

  @ApiProperty({
    enum: RECONCILIATION_KINDS,
    description: 'What is compared: balances of escrows, or actions of admins and their payouts.',
  })
  readonly kind: ReconciliationKind;

  @ApiProperty({ description: 'Whether everything was looked up again, not only what may have changed.' })
  readonly full: boolean;

  @ApiProperty({ format: 'uuid', required: false })
  readonly commitmentId?: string;

  @ApiProperty({ description: 'A wallet, `cron` or `job:reconciliation`.' })
  readonly requestedBy: string;

  @ApiProperty({ format: 'date-time' })
  readonly startedAt: string;

  @ApiProperty({ format: 'date-time' })
  readonly endedAt: string;

  @ApiProperty({ type: 'integer', description: 'How many lines it has.' })
  readonly lines: number;

  @ApiProperty({ type: 'integer', description: 'How many of them somebody has to look at.' })
  readonly findings: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'The sum over all lines.' })
  readonly ledgerLamports: number;

  @ApiProperty({ type: 'integer', format: 'int64', description: 'The sum over all lines.' })
  readonly chainLamports: number;
}

export class ReconciliationLineDto {
  @ApiProperty({ format: 'uuid', required: false })
  readonly commitmentId?: string;

  @ApiProperty({ description: 'The escrow, the payout or the transaction that was compared.' })
  readonly subject: string;

  @ApiProperty({
    enum: LINE_STATES,
    description:
      'funded, underfunded, overfunded: beside what was promised. stray: a settled escrow holds money. wrapped: SOL that is wrapped. drift: the balance does not ' +
      'follow from its transactions. unknown_outflow: signed with its key, and not known to the ledger. under_way: not paid yet. ' +
      'payout_missing, altered: the log tells of another payout. unauthorised: decided by nobody. ' +
      'not_on_chain, mismatch: not there, or pays otherwise.',
  })
  readonly state: LineState;

  @ApiProperty({
    type: 'integer',
    format: 'int64',
    description: 'Below zero where more went out than is known to have come in.',
  })
  readonly ledgerLamports: number;

  @ApiProperty({ type: 'integer', format: 'int64' })
  readonly chainLamports: number;

  @ApiProperty({ description: 'Unexplained, and so for two runs where waiting may heal it.' })
  readonly finding: boolean;

  @ApiProperty({ required: false })
  readonly detail?: string;
}

export class ReconciliationDto extends ReconciliationRunDto {
  @ApiProperty({ type: [ReconciliationLineDto] })
  readonly items: readonly ReconciliationLineDto[];
}
