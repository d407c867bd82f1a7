/** Pure rules of a proof: which rows are evidence, how much of it a page holds, and what its signature is over. */
import { createHash } from 'node:crypto';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';

export const PROOF_VERSION = 1;

/** A seal names up to 1,000 lines, so seals and not rows make a page large. */
export const MAX_SEALS_A_PAGE = 16;

export const TOPICS = ['acts', 'milestones', 'approvals', 'decisions', 'payouts', 'transactions'] as const;
export type Topic = (typeof TOPICS)[number];

interface EvidenceTable {
  readonly table: string;
  readonly topic: Topic;
  /** Which of its rows belong to the commitment `$1`. */
  readonly where: string;
}

const OWN = 't.commitment_id = $1';

/** All of them are journaled, and none of them has a column that is not public. */
export const EVIDENCE_TABLES: readonly EvidenceTable[] = [
  { table: 'commitments', topic: 'decisions', where: 't.id = $1' },
  { table: 'signed_acts', topic: 'acts', where: OWN },
  { table: 'reward_milestones', topic: 'milestones', where: OWN },
  { table: 'reward_signals', topic: 'approvals', where: OWN },
  { table: 'failure_announcements', topic: 'decisions', where: OWN },
  {
    table: 'failure_enrollments',
    topic: 'approvals',
    where:
      't.announcement_id IN (SELECT a.id FROM public.failure_announcements a WHERE a.commitment_id = $1)',
  },
  { table: 'failure_distributions', topic: 'decisions', where: OWN },
  { table: 'failure_earned', topic: 'decisions', where: OWN },
  { table: 'failure_shares', topic: 'decisions', where: OWN },
  { table: 'failure_rounds', topic: 'decisions', where: OWN },
  { table: 'failure_round_shares', topic: 'decisions', where: OWN },
  { table: 'payout_pauses', topic: 'decisions', where: OWN },
  { table: 'payouts', topic: 'payouts', where: OWN },
  {
    table: 'payout_attempts',
    topic: 'transactions',
    where: 't.payout_id IN (SELECT p.id FROM public.payouts p WHERE p.commitment_id = $1)',
  },
];

/** Where the newest state of a row stands in the journal of changes. */
export interface JournalLine {
  /** Decimal digits. */
  readonly id: string;
  /** UTC with microseconds. */
  readonly ts: string;
  readonly txid: string;
  readonly table: string;
  readonly key: string;
}

/** A row as PostgreSQL prints it: its SHA-256 is what the journal holds and the seals cover. */
export interface ProofRecord {
  readonly table: string;
  readonly key: string;
  readonly row: string;
  readonly line: { readonly id: string; readonly ts: string; readonly txid: string };
  /** Null: not sealed yet. */
  readonly sealId: string | null;
}

/** The first lines that the limits allow; they share seals, because they are in the order of their ids. */
export function fitting(
  lines: readonly JournalLine[],
  limit: number,
  holders: ReadonlyMap<string, string>,
): JournalLine[] {
  const seals = new Set<string>();
  const found: JournalLine[] = [];
  for (const line of lines) {
    const seal = holders.get(line.id);
    if (seal !== undefined) seals.add(seal);
    if (found.length === limit || seals.size > MAX_SEALS_A_PAGE) break;
    found.push(line);
  }
  return found;
}

export function byTopic(records: readonly ProofRecord[]): Record<Topic, ProofRecord[]> {
  const topics: Record<Topic, ProofRecord[]> = {
    acts: [],
    milestones: [],
    approvals: [],
    decisions: [],
    payouts: [],
    transactions: [],
  };
  for (const record of records) {
    const evidence = EVIDENCE_TABLES.find(({ table }) => table === record.table);
    if (evidence !== undefined) topics[evidence.topic].push(record);
  }
  return topics;
}

/** SHA-256 of the canonical JSON of everything else in the page, hex. */
export function proofHash(content: CanonicalValue): string {
  return createHash('sha256').update(canonicalJson(content), 'utf8').digest('hex');
}

/** What the signature of a page is over. */
export function proofStatement(hash: string): string {
  return `cts-proof:${PROOF_VERSION}:${hash}`;
}
