import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { payoutFact } from '#src/escrow/door/facts/facts.js';
import type { Purpose } from '#src/escrow/door/facts/purpose.js';
import type { MarkedFact } from '#src/marks/mark.js';
import type { ComparedAction } from './reconciliation.js';
import type { Scope } from './reconciliation.repository.js';

export interface ActionRow extends Omit<ComparedAction, 'payout'> {
  readonly auditId: string;
  readonly event: string;
  readonly commitmentId: string | null;
  readonly payoutId: string;
  readonly payout: (NonNullable<ComparedAction['payout']> & { readonly fact: MarkedFact }) | null;
}

export interface UntoldPayout {
  readonly id: string;
  readonly commitmentId: string;
  /** What it claims to have paid. */
  readonly lamports: bigint;
  readonly fact: MarkedFact;
}

const ACTIONS = `
  SELECT l.id::text AS "auditId", l.event, l.commitment_id AS "commitmentId", l.payout_id AS "payoutId",
         coalesce(r.destination, l.fields->>'destination') AS "toldDestination", l.fields->>'amountLamports' AS "toldLamports",
         CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object(
           'id', p.id, 'commitmentId', p.commitment_id, 'purpose', p.purpose, 'subjectId', p.subject_id, 'part', p.part,
           'source', p.source, 'destination', p.destination, 'drain', p.drain, 'lamports', p.amount_lamports::text,
           'fee', p.fee_lamports::text,
           -- What is confirmed for long and not final was rolled back.
           'isPaid', p.status = 'finalized' OR (p.status = 'confirmed' AND p.confirmed_at < now() - interval '5 minutes'))
         END AS payout,
         CASE WHEN t.signature IS NULL THEN NULL ELSE json_build_object(
           'payoutId', t.payout_id, 'destination', t.destination, 'lamports', t.amount_lamports::text, 'failed', t.failed)
         END AS transaction
    FROM public.audit_logs l
    LEFT JOIN public.payouts p ON p.id = l.payout_id
    -- Where it was sent instead, because two admins have signed that.
    LEFT JOIN LATERAL (SELECT x.fields->>'destination' AS destination FROM public.audit_logs x
                        WHERE x.event = 'payout_redirected' AND x.commitment_id = l.commitment_id AND x.payout_id = l.payout_id
                        ORDER BY x.id DESC LIMIT 1) AS r ON true
    LEFT JOIN public.payout_attempts a ON a.payout_id = p.id AND a.status IN ('confirmed', 'finalized')
    LEFT JOIN public.escrow_transactions t ON t.escrow = p.source AND t.signature = a.signature AND t.opened_at IS NOT NULL
   WHERE l.payout_id IS NOT NULL AND ($1::uuid IS NULL OR l.commitment_id = $1)
     AND (l.event IN ('admin_commitment_success_ok', 'admin_commitment_failure_ok', 'admin_reward_milestone_release_ok',
                      'admin_stray_forward_ok'))
   ORDER BY l.id`;

// The service writes no payout of which its log never says a word.
const UNTOLD = `
  SELECT p.id, p.commitment_id AS "commitmentId", p.purpose, p.subject_id AS "subjectId", p.part, p.source, p.destination,
         p.drain, p.amount_lamports::text AS lamports, p.fee_lamports::text AS fee, p.status = 'finalized' AS "isPaid"
    FROM public.payouts p
   WHERE ($1::uuid IS NULL OR p.commitment_id = $1)
     AND NOT EXISTS (SELECT 1 FROM public.audit_logs l WHERE l.payout_id = p.id)
   ORDER BY p.id`;

const UNREAD = `
  SELECT DISTINCT p.source AS escrow
    FROM public.payouts p JOIN public.payout_attempts a ON a.payout_id = p.id AND a.status IN ('confirmed', 'finalized')
   WHERE ($1::uuid IS NULL OR p.commitment_id = $1) AND ($2 OR NOT EXISTS (
     SELECT 1 FROM public.escrow_transactions t
      WHERE t.escrow = p.source AND t.signature = a.signature AND t.opened_at IS NOT NULL))`;

interface StoredPayout {
  readonly id: string;
  readonly commitmentId: string;
  readonly purpose: Purpose;
  readonly subjectId: string | null;
  readonly part: number;
  readonly source: string;
  readonly destination: string;
  readonly drain: boolean;
  readonly lamports: string;
  readonly fee: string | null;
  readonly isPaid: boolean;
}
interface StoredAction {
  readonly auditId: string;
  readonly event: string;
  readonly commitmentId: string | null;
  readonly payoutId: string;
  readonly toldDestination: string | null;
  readonly toldLamports: string | null;
  readonly payout: StoredPayout | null;
  readonly transaction: {
    readonly payoutId: string | null;
    readonly destination: string | null;
    readonly lamports: string | null;
    readonly failed: boolean;
  } | null;
}

@Injectable()
export class ComparedActionRepository {
  /** Admins' decisions with a payout, oldest first. */
  async actions(manager: EntityManager, { commitmentId }: Scope): Promise<ActionRow[]> {
    return (await manager.query<StoredAction[]>(ACTIONS, [commitmentId])).map(toAction);
  }

  /** Payouts of which the log never says a word. */
  async untold(manager: EntityManager, { commitmentId }: Scope): Promise<UntoldPayout[]> {
    const rows = await manager.query<StoredPayout[]>(UNTOLD, [commitmentId]);
    return rows.map((row) => ({
      id: row.id,
      commitmentId: row.commitmentId,
      lamports: row.isPaid ? BigInt(row.lamports) : 0n,
      fact: factOf(row),
    }));
  }

  /** Escrows with payments that are not looked up yet. */
  async unread(manager: EntityManager, { commitmentId, isFull }: Scope): Promise<string[]> {
    const rows = await manager.query<{ escrow: string }[]>(UNREAD, [commitmentId, isFull]);
    return rows.map(({ escrow }) => escrow);
  }
}

function factOf(payout: StoredPayout): MarkedFact {
  const feeLamports = lamportsOf(payout.fee);
  return payoutFact({ ...payout, amountLamports: BigInt(payout.lamports), feeLamports });
}

function lamportsOf(text: string | null): bigint | null {
  return text === null ? null : BigInt(text);
}

function toAction({ toldDestination, toldLamports, payout, transaction, ...row }: StoredAction): ActionRow {
  return {
    ...row,
    told: { destination: toldDestination, lamports: lamportsOf(toldLamports) },
    payout: payout && {
      id: payout.id,
      destination: payout.destination,
      lamports: BigInt(payout.lamports),
      drain: payout.drain,
      isPaid: payout.isPaid,
      isProven: true,
      fact: factOf(payout),
    },
    transaction: transaction && { ...transaction, lamports: lamportsOf(transaction.lamports) },
  };
}
