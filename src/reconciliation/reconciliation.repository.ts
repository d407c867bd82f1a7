import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { FROZEN_SHARES } from '#src/releases/payouts/frozen-shares.js';
import type { LineState, ReconciliationKind, ReconciliationLine, Totals } from './reconciliation.js';

export interface Scope {
  /** Everything, not only what may have changed. */
  readonly isFull: boolean;
  readonly commitmentId: string | null;
}

export interface RunRow extends Scope, Totals {
  readonly id: string;
  readonly kind: ReconciliationKind;
  readonly requestedBy: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
}

export interface EscrowRow {
  readonly commitmentId: string;
  readonly escrow: string;
  readonly isOpen: boolean;
  readonly promised: bigint;
}

// What settled escrows still hold for others: shares that nobody has claimed, and the reserve that outlasts them.
const ESCROWS = `
  SELECT e.commitment_id AS "commitmentId", e.address AS escrow,
         c.status NOT IN ('succeeded', 'failed', 'completed') AS "isOpen",
         (CASE WHEN c.status IN ('succeeded', 'failed', 'completed') THEN 0
               WHEN c.kind = 'personal' THEN c.amount_lamports
               ELSE coalesce((SELECT sum(m.unlock_lamports) FROM public.reward_milestones m
                               WHERE m.commitment_id = c.id AND m.status NOT IN ('released', 'forfeited')), 0) END
          + coalesce((SELECT sum(s.amount_lamports) FROM ${FROZEN_SHARES} AS s
                       WHERE s.commitment_id = c.id AND NOT EXISTS (
                         SELECT 1 FROM public.payouts p WHERE p.commitment_id = s.commitment_id
                            AND p.destination = s.wallet AND p.purpose = 'distribution_claim' AND p.part = s.round
                            AND p.status IN ('confirmed', 'finalized'))), 0)
          + coalesce((SELECT d.reserve_lamports
                        FROM public.failure_distributions d WHERE d.commitment_id = c.id AND NOT EXISTS (
                          SELECT 1 FROM public.payouts p WHERE p.commitment_id = c.id AND p.purpose = 'failure_remainder'
                             AND p.status IN ('confirmed', 'finalized'))), 0))::text AS promised
    FROM public.escrows e JOIN public.commitments c ON c.id = e.commitment_id
   WHERE ($1::uuid IS NULL OR c.id = $1)
     AND ($2 OR $1 IS NOT NULL OR c.status NOT IN ('succeeded', 'failed', 'completed')
          OR NOT EXISTS (SELECT 1 FROM public.escrow_histories h WHERE h.escrow = e.address)
          OR (SELECT coalesce(sum(t.balance_after - t.balance_before), 0) FROM public.escrow_transactions t
               WHERE t.escrow = e.address AND t.opened_at IS NOT NULL) <> 0)
   ORDER BY e.commitment_id`;

const BEFORE = `
  SELECT l.subject, l.state, l.ledger_lamports::text AS ledger, l.chain_lamports::text AS chain
    FROM public.reconciliation_lines l
   WHERE l.run_id = (SELECT id FROM public.reconciliation_runs
                      WHERE kind = $1 AND (commitment_id IS NULL OR commitment_id = $2) ORDER BY id DESC LIMIT 1)
     AND l.state IN ('drift', 'not_on_chain')`;

const SAVE_LINES = `
  INSERT INTO public.reconciliation_lines
    (run_id, number, commitment_id, subject, state, ledger_lamports, chain_lamports, is_finding, detail)
  SELECT $1, l.number, l."commitmentId", l.subject, l.state, l.ledger, l.chain, l."isFinding", l.detail
    FROM json_to_recordset($2) AS l(number int, "commitmentId" uuid, subject text, state text, ledger bigint, chain bigint,
                                    "isFinding" boolean, detail text)`;

const RUN_COLUMNS = `
  id, kind, is_full AS "isFull", commitment_id AS "commitmentId", requested_by AS "requestedBy", started_at AS "startedAt",
  ended_at AS "endedAt", lines, findings, ledger_lamports::text AS ledger, chain_lamports::text AS chain`;

type StoredRun = Omit<RunRow, 'ledgerLamports' | 'chainLamports'> & {
  readonly ledger: string;
  readonly chain: string;
};
type StoredLine = Omit<ReconciliationLine, 'ledgerLamports' | 'chainLamports'> & {
  readonly ledger: string;
  readonly chain: string;
};
/** What of an earlier line says whether a difference has lasted. */
export type Before = Pick<ReconciliationLine, 'state' | 'ledgerLamports' | 'chainLamports'>;

@Injectable()
export class ReconciliationRepository {
  async escrows(manager: EntityManager, { commitmentId, isFull }: Scope): Promise<EscrowRow[]> {
    const rows = await manager.query<(Omit<EscrowRow, 'promised'> & { promised: string })[]>(ESCROWS, [
      commitmentId,
      isFull,
    ]);
    return rows.map((row) => Object.assign(row, { promised: BigInt(row.promised) }));
  }

  /** Differences of the run before, by subject. */
  async before(
    manager: EntityManager,
    kind: ReconciliationKind,
    { commitmentId }: Scope,
  ): Promise<Map<string, Before>> {
    const rows = await manager.query<{ subject: string; state: LineState; ledger: string; chain: string }[]>(
      BEFORE,
      [kind, commitmentId],
    );
    return new Map(
      rows.map(({ subject, state, ledger, chain }) => [
        subject,
        { state, ledgerLamports: BigInt(ledger), chainLamports: BigInt(chain) },
      ]),
    );
  }

  /** The run with its lines: the database refuses totals that are not their sum. */
  async save(manager: EntityManager, run: RunRow, lines: readonly ReconciliationLine[]): Promise<void> {
    await manager.query(
      `INSERT INTO public.reconciliation_runs (id, kind, is_full, commitment_id, requested_by, started_at, ended_at, lines, findings,
         ledger_lamports, chain_lamports) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        run.id,
        run.kind,
        run.isFull,
        run.commitmentId,
        run.requestedBy,
        run.startedAt,
        run.endedAt,
        run.lines,
        run.findings,
        run.ledgerLamports.toString(),
        run.chainLamports.toString(),
      ],
    );
    const rows = lines.map(({ ledgerLamports, chainLamports, ...line }, index) => ({
      ...line,
      number: index + 1,
      ledger: ledgerLamports.toString(),
      chain: chainLamports.toString(),
    }));
    await manager.query(SAVE_LINES, [run.id, JSON.stringify(rows)]);
  }

  /** Newest first; `before` is the last id of the page before. */
  async runs(manager: EntityManager, limit: number, before: string | undefined): Promise<RunRow[]> {
    const rows = await manager.query<StoredRun[]>(
      `SELECT ${RUN_COLUMNS} FROM public.reconciliation_runs WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [before ?? null, limit],
    );
    return rows.map(toRun);
  }

  async run(manager: EntityManager, id: string): Promise<RunRow | null> {
    const sql = `SELECT ${RUN_COLUMNS} FROM public.reconciliation_runs WHERE id = $1`;
    const [row] = await manager.query<StoredRun[]>(sql, [id]);
    return row === undefined ? null : toRun(row);
  }

  async lines(manager: EntityManager, runId: string): Promise<ReconciliationLine[]> {
    const rows = await manager.query<StoredLine[]>(
      `SELECT commitment_id AS "commitmentId", subject, state, ledger_lamports::text AS ledger, chain_lamports::text AS chain,
              is_finding AS "isFinding", detail FROM public.reconciliation_lines WHERE run_id = $1 ORDER BY number`,
      [runId],
    );
    return rows.map(({ ledger, chain, ...line }) =>
      Object.assign(line, { ledgerLamports: BigInt(ledger), chainLamports: BigInt(chain) }),
    );
  }
}

function toRun({ ledger, chain, ...run }: StoredRun): RunRow {
  return { ...run, ledgerLamports: BigInt(ledger), chainLamports: BigInt(chain) };
}
