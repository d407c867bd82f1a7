import { Injectable, StreamableFile } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { Clock } from '#src/common/clock.js';
import { Ids } from '#src/common/ids.js';
import { toJsonBalance } from '#src/common/money/lamports.js';
import { decodeCursor, type Page, type PageQuery, toPage } from '#src/common/pages.js';
import { actor } from '#src/common/request-context.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { ActionComparison } from './action-comparison.service.js';
import { EscrowComparison } from './escrow-comparison.service.js';
import {
  type ReconciliationKind,
  type ReconciliationLine,
  RECONCILIATION_KINDS,
  totalsOf,
} from './reconciliation.js';
import { reconciliationNotFound } from './reconciliation.errors.js';
import { ReconciliationRepository, type RunRow, type Scope } from './reconciliation.repository.js';
import { lineView, linesCsv, runView } from './reconciliation.view.js';
import type { ReconciliationBody, ReconciliationDto, ReconciliationRunDto } from './reconciliations.dto.js';

/** Is every lamport where the ledger says it is? Runs that compare ledger and chain, and are kept. */
@Injectable()
export class Reconciliations {
  constructor(
    private readonly rows: ReconciliationRepository,
    private readonly escrows: EscrowComparison,
    private readonly actions: ActionComparison,
    private readonly commitments: Commitments,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * A run that an admin or an outside scheduler asks for.
   * @throws DomainError `commitment_not_found`, `rpc_unavailable`, `single_source`, `history_incomplete`
   */
  async start({ kind, full, commitmentId }: ReconciliationBody): Promise<ReconciliationDto> {
    if (commitmentId !== undefined) await this.commitments.get(commitmentId);
    const { run, lines } = await this.run(kind, { isFull: full, commitmentId: commitmentId ?? null });
    const { id, findings } = run;
    await this.audit.recordAlone({
      event: 'admin_reconcile_ok',
      ...(commitmentId === undefined ? {} : { commitmentId }),
      fields: { run: id, kind, full, lines: run.lines, findings },
    });
    return { ...runView(run), items: lines.map(lineView) };
  }

  /** Both kinds, one after the other: what the scheduler does. */
  async runAll(): Promise<{ lines: number; findings: number }> {
    let [lines, findings] = [0, 0];
    for (const kind of RECONCILIATION_KINDS) {
      const { run } = await this.run(kind, { isFull: false, commitmentId: null });
      lines += run.lines;
      findings += run.findings;
    }
    return { lines, findings };
  }

  async list(query: PageQuery): Promise<Page<ReconciliationRunDto>> {
    const { manager } = this.transactions;
    const rows = await this.rows.runs(manager, query.limit + 1, decodeCursor(query.cursor));
    const { items, nextCursor } = toPage(rows, query.limit);
    return { items: items.map(runView), nextCursor };
  }

  /** @throws DomainError `reconciliation_not_found` */
  async show(id: string): Promise<ReconciliationDto> {
    const { run, lines } = await this.stored(id);
    return { ...runView(run), items: lines.map(lineView) };
  }

  /** @throws DomainError `reconciliation_not_found` */
  async csv(id: string): Promise<StreamableFile> {
    const { lines } = await this.stored(id);
    const disposition = `attachment; filename="reconciliation-${id}.csv"`;
    return new StreamableFile(Buffer.from(linesCsv(lines)), { type: 'text/csv; charset=utf-8', disposition });
  }

  private async stored(id: string): Promise<{ run: RunRow; lines: ReconciliationLine[] }> {
    const { manager } = this.transactions;
    const run = await this.rows.run(manager, id);
    if (run === null) throw reconciliationNotFound(id);
    return { run, lines: await this.rows.lines(manager, id) };
  }

  private async run(
    kind: ReconciliationKind,
    scope: Scope,
  ): Promise<{ run: RunRow; lines: readonly ReconciliationLine[] }> {
    const startedAt = this.clock.now();
    const before = await this.rows.before(this.transactions.manager, kind, scope);
    const comparison = kind === 'escrow_balances' ? this.escrows : this.actions;
    const lines = await comparison.run(scope, before);
    const run = {
      id: this.ids.uuid(),
      kind,
      ...scope,
      requestedBy: actor(),
      startedAt,
      endedAt: this.clock.now(),
      ...totalsOf(lines),
    };
    await this.transactions.run((manager) => this.rows.save(manager, run, lines));
    for (const line of lines) if (line.isFinding) await this.report(kind, line);
    return { run, lines };
  }

  /** Once for each difference, however many runs find it. */
  private async report(kind: ReconciliationKind, line: ReconciliationLine): Promise<void> {
    const { commitmentId, subject, state, ledgerLamports, chainLamports } = line;
    await this.audit.recordOnce({
      event: 'reconciliation_discrepancy_error',
      ...(commitmentId === null ? {} : { commitmentId }),
      fields: {
        kind,
        subject,
        state,
        ledgerLamports: toJsonBalance(ledgerLamports),
        chainLamports: toJsonBalance(chainLamports),
      },
    });
  }
}
