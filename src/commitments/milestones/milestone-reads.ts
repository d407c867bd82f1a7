import { decimalOf, toDecimalString } from '#src/common/money/decimal.js';
import type { ShownMilestone } from './milestone.view.js';

/** A milestone as JSON out of the database: numbers that JavaScript would round are texts, and so are times. */
export interface MilestoneRow {
  readonly id: string;
  readonly title: string;
  readonly status: ShownMilestone['status'];
  readonly voters: number;
  readonly releaseSignature: string | null;
  readonly unlockLamports: string;
  readonly paidLamports: string | null;
  readonly thresholdUsd: string;
  readonly signalledUsd: string;
  readonly reweighedUsd: string | null;
  readonly approvedRaw: string | null;
  readonly seenSupply: string | null;
  readonly completedAt: string | null;
  readonly claimReadyAt: string | null;
  readonly claimableAt: string | null;
  readonly releasedAt: string | null;
}

/** SQL of an array of `MilestoneRow` in the creator's order. @param commitmentId SQL */
export const MILESTONES_OF = (commitmentId: string) => `
  SELECT json_agg(json_build_object(
      'id', m.id, 'title', m.title, 'status', m.status, 'voters', m.voters, 'releaseSignature', m.release_signature,
      'unlockLamports', m.unlock_lamports::text, 'paidLamports', m.paid_lamports::text,
      'thresholdUsd', m.threshold_usd::text, 'signalledUsd', m.signalled_usd::text,
      'reweighedUsd', m.reweighed_usd::text, 'approvedRaw', m.approved_raw::text, 'seenSupply', m.seen_supply::text,
      'completedAt', m.completed_at, 'claimReadyAt', m.claim_ready_at, 'claimableAt', m.claimable_at,
      'releasedAt', m.released_at) ORDER BY m.position)
    FROM public.reward_milestones AS m WHERE m.commitment_id = ${commitmentId}`;

export function shownMilestone(row: MilestoneRow): ShownMilestone {
  return {
    ...row,
    unlockLamports: BigInt(row.unlockLamports),
    paidLamports: row.paidLamports === null ? null : BigInt(row.paidLamports),
    thresholdUsd: plain(row.thresholdUsd),
    signalledUsd: plain(row.signalledUsd),
    reweighedUsd: row.reweighedUsd === null ? null : plain(row.reweighedUsd),
    completedAt: timeOf(row.completedAt),
    claimReadyAt: timeOf(row.claimReadyAt),
    claimableAt: timeOf(row.claimableAt),
    releasedAt: timeOf(row.releasedAt),
  };
}

function timeOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

/** Without the zeros that a column's scale may have kept. */
function plain(decimal: string): string {
  return toDecimalString(decimalOf(decimal));
}
