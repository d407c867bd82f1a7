import { Injectable } from '@nestjs/common';
import type { NamedStatement } from '#src/common/database/pipeline.js';
import { ReadDatabase } from '#src/common/database/read-database.js';
import { type CommitmentFilter, commitmentPage } from '#src/commitments/commitment/commitment.repository.js';
import type { FeeRoutingReading } from '#src/commitments/fee-routing/fee-routing-reading.entity.js';
import {
  type MilestoneRow,
  MILESTONES_OF,
  shownMilestone,
} from '#src/commitments/milestones/milestone-reads.js';
import type { ShownMilestone } from '#src/commitments/milestones/milestone.view.js';
import type { EscrowView } from '#src/escrow/escrows.service.js';
import type { ShownCommitment } from './commitment.view.js';

/** All that an answer about a commitment needs of the database. */
export interface CommitmentRecord {
  readonly commitment: ShownCommitment;
  readonly escrow: Pick<EscrowView, 'address' | 'custody'>;
  readonly milestones: readonly ShownMilestone[];
  readonly routing: FeeRoutingSummary | undefined;
}

type FeeRoutingSummary = Pick<FeeRoutingReading, 'answer' | 'bps' | 'locked' | 'readAt'>;

interface Row extends Omit<ShownCommitment, 'fundedLamports'>, Pick<EscrowView, 'address' | 'custody'> {
  readonly fundedLamports: string | null;
  readonly answer: FeeRoutingSummary['answer'] | null;
  readonly bps: number;
  readonly locked: boolean;
  readonly readAt: Date;
  readonly milestones: readonly MilestoneRow[] | null;
}

const FIELDS = `
  c.id, c.kind, c.status, c.wallet, c.destination_on_fail AS "destinationOnFail", c.statement, c.terms,
  c.terms_hash AS "termsHash", c.attested_at AS "attestedAt", c.decision_ends_at AS "decisionEndsAt",
  c.failure_filed_at AS "failureFiledAt", c.failure_effective_at AS "failureEffectiveAt",
  c.failure_reason AS "failureReason", c.funded_lamports AS "fundedLamports", c.created_at AS "createdAt",
  c.resolved_at AS "resolvedAt", e.address, e.custody, r.answer, r.bps, r.locked, r.read_at AS "readAt",
  CASE c.kind WHEN 'creator_reward' THEN (${MILESTONES_OF('c.id')}) END AS milestones`;

// LIMIT keeps each a look-up of its own: joined freely, a page of a small table is answered by reading the whole of it.
const JOINED = `
  CROSS JOIN LATERAL (SELECT address, custody FROM public.escrows WHERE commitment_id = c.id LIMIT 1) AS e
  LEFT JOIN LATERAL (SELECT answer, bps, locked, read_at FROM public.fee_routings
                      WHERE commitment_id = c.id AND c.creator_fee_mode = 'managed' LIMIT 1) AS r ON true`;

const ONE: NamedStatement = {
  name: 'commitment',
  text: `SELECT ${FIELDS} FROM public.commitments AS c ${JOINED} WHERE c.id = $1`,
};

/** Whole answers by one statement each. The pages are not named: each combination of filters is planned for its values. */
@Injectable()
export class CommitmentReadsRepository {
  constructor(private readonly database: ReadDatabase) {}

  /** As it is now. */
  async find(id: string): Promise<CommitmentRecord | null> {
    return recordOf(await this.database.one<Row>(ONE, [id]));
  }

  /** For the public: where there is a copy of the database, as that has it. */
  async findPublic(id: string): Promise<CommitmentRecord | null> {
    return recordOf(await this.database.publicOne<Row>(ONE, [id]));
  }

  /** For the public, newest first; `after` is the last id of the page before. */
  async findPage(
    filter: CommitmentFilter,
    limit: number,
    after: string | undefined,
  ): Promise<CommitmentRecord[]> {
    // Only rewards have a token.
    if (filter.tokenMint !== undefined && filter.kind === 'personal') return [];
    const { sql: page, values } = commitmentPage(filter, limit, after);
    const text = `SELECT ${FIELDS} FROM (${page}) AS c ${JOINED} ORDER BY c.id DESC`;
    return (await this.database.publicMany<Row>(text, values)).map((row) => recordOf(row));
  }
}

function recordOf(row: Row): CommitmentRecord;
function recordOf(row: Row | null): CommitmentRecord | null;
function recordOf(row: Row | null): CommitmentRecord | null {
  if (row === null) return null;
  const { answer, bps, locked, readAt, fundedLamports, milestones } = row;
  return {
    commitment: Object.assign(row, {
      fundedLamports: fundedLamports === null ? null : BigInt(fundedLamports),
    }),
    escrow: row,
    milestones: (milestones ?? []).map(shownMilestone),
    routing: answer === null ? undefined : { answer, bps, locked, readAt },
  };
}
