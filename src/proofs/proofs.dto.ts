import { ApiProperty } from '@nestjs/swagger';
import { AuditKeyDto } from '#src/audit/seals/audit-key.dto.js';
import { PROOF_VERSION } from './proof.js';

class ProofLineDto {
  @ApiProperty({ description: 'Decimal digits; the audit log and the journal are numbered together.' })
  readonly id: string;

  @ApiProperty({ description: 'UTC with microseconds.' })
  readonly ts: string;

  @ApiProperty({ description: 'The number of the transaction that wrote it.' })
  readonly txid: string;
}

export class ProofRecordDto {
  @ApiProperty({ description: 'The table that the row stands in.' })
  readonly table: string;

  @ApiProperty({ description: 'Its primary key; several columns are joined by colons.' })
  readonly key: string;

  @ApiProperty({
    description:
      'The row as JSON text, without members that are null. The SHA-256 of this text is the digest that the journal holds.',
  })
  readonly row: string;

  @ApiProperty({ type: ProofLineDto, description: 'Where the journal of changes has noted it.' })
  readonly line: ProofLineDto;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The seal that holds the line; null for at most a minute, until it is sealed.',
  })
  readonly sealId: string | null;
}

export class ProofSealDto {
  @ApiProperty({ description: 'Decimal digits.' })
  readonly id: string;

  @ApiProperty({ description: 'Hash of the seal before it, hex.' })
  readonly prevHash: string;

  @ApiProperty({ type: 'integer', description: 'Of the key in `sealKeys` that has signed it.' })
  readonly keyNumber: number;

  @ApiProperty({ description: 'Its round begins with this transaction.' })
  readonly fromTxid: string;

  @ApiProperty({ description: 'Its round ends before this transaction.' })
  readonly toTxid: string;

  @ApiProperty({ description: 'Above the numbers of all transactions when the round was opened.' })
  readonly nextTxid: string;

  @ApiProperty({ description: 'All lines up to this id were sealed before.' })
  readonly fromId: string;

  @ApiProperty({ description: 'Where the lines of an earlier database end.' })
  readonly floorId: string;

  @ApiProperty({ description: 'The highest id that is sealed so far.' })
  readonly maxId: string;

  @ApiProperty({ description: 'Whether it is the last seal of its round.' })
  readonly drained: boolean;

  @ApiProperty({ description: 'When its round was opened: UTC with microseconds.' })
  readonly openedAt: string;

  @ApiProperty({ description: 'When it was made: UTC with microseconds.' })
  readonly sealedAt: string;

  @ApiProperty({ type: [String], description: 'Ids of its lines, ascending; at most 1,000.' })
  readonly rowIds: string[];

  @ApiProperty({ type: [String], description: 'Those that no transaction of the service has made.' })
  readonly foreignIds: string[];

  @ApiProperty({ description: '32 bytes for each line, in their order; base64.' })
  readonly digests: string;

  @ApiProperty({ description: 'SHA-256 over its head, its ids and its digests; hex.' })
  readonly hash: string;

  @ApiProperty({ description: 'Ed25519 over `cts-audit-seal:ID:HASH`; base58.' })
  readonly signature: string;
}

const RECORDS = { type: () => [ProofRecordDto] };

/** One page of a proof. Pages are in the order in which rows were last changed. */
export class ProofDto {
  @ApiProperty({ enum: [PROOF_VERSION], description: 'Of this shape.' })
  readonly version: 1;

  @ApiProperty({ format: 'uuid' })
  readonly commitmentId: string;

  @ApiProperty({ type: 'string', nullable: true, description: 'Where this page begins; null for the first.' })
  readonly cursor: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly readAt: string;

  @ApiProperty({ description: 'The wallet that holds its money.' })
  readonly escrow: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The frozen terms that its creator has signed.',
  })
  readonly terms: object;

  @ApiProperty({ description: 'SHA-256 of their canonical JSON, hex.' })
  readonly termsHash: string;

  @ApiProperty({ ...RECORDS, description: 'Signed texts with their signatures and times of acceptance.' })
  readonly acts: ProofRecordDto[];

  @ApiProperty({ ...RECORDS, description: 'Milestones with their sums and times.' })
  readonly milestones: ProofRecordDto[];

  @ApiProperty({ ...RECORDS, description: 'Approvals and enrollments, with balances and weights as read.' })
  readonly approvals: ProofRecordDto[];

  @ApiProperty({
    ...RECORDS,
    description: 'The state of the commitment, announced failures, frozen distributions, shares, pauses.',
  })
  readonly decisions: ProofRecordDto[];

  @ApiProperty({ ...RECORDS, description: 'Intended transfers.' })
  readonly payouts: ProofRecordDto[];

  @ApiProperty({ ...RECORDS, description: 'Transactions made for payouts, with their bytes.' })
  readonly transactions: ProofRecordDto[];

  @ApiProperty({
    type: [ProofSealDto],
    description: 'Seals of the audit log that the records name; at most 16 a page.',
  })
  readonly seals: ProofSealDto[];

  @ApiProperty({ type: [AuditKeyDto], description: 'The public keys of the seals, newest first.' })
  readonly sealKeys: AuditKeyDto[];

  @ApiProperty({ type: 'string', nullable: true, description: 'Where the next page begins.' })
  readonly nextCursor: string | null;

  @ApiProperty({
    description: 'SHA-256 over the canonical JSON of all members but `hash`, `signedBy`, `signature`; hex.',
  })
  readonly hash: string;

  @ApiProperty({
    type: 'string',
    nullable: true,
    description: 'The newest seal key; null without ESCROW_DB_SECRET.',
  })
  readonly signedBy: string | null;

  @ApiProperty({ type: 'string', nullable: true, description: 'Ed25519 over `cts-proof:1:HASH`; base58.' })
  readonly signature: string | null;
}
