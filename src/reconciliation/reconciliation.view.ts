import { csvCell } from '#src/common/text/csv.js';
import { toJsonBalance } from '#src/common/money/lamports.js';
import { present } from '#src/common/present.js';
import type { ReconciliationLine } from './reconciliation.js';
import type { RunRow } from './reconciliation.repository.js';
import type { ReconciliationLineDto, ReconciliationRunDto } from './reconciliations.dto.js';

export function runView(run: RunRow): ReconciliationRunDto {
  const { id, kind, isFull: full, commitmentId, requestedBy, lines, findings } = run;
  return present({
    id,
    kind,
    full,
    commitmentId,
    requestedBy,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt.toISOString(),
    lines,
    findings,
    ledgerLamports: toJsonBalance(run.ledgerLamports),
    chainLamports: toJsonBalance(run.chainLamports),
  });
}

export function lineView(line: ReconciliationLine): ReconciliationLineDto {
  const { commitmentId, subject, state, isFinding: finding, detail } = line;
  return present({
    commitmentId,
    subject,
    state,
    ledgerLamports: toJsonBalance(line.ledgerLamports),
    chainLamports: toJsonBalance(line.chainLamports),
    finding,
    detail,
  });
}

const NAMES = 'commitmentId,subject,state,ledgerLamports,chainLamports,finding,detail';

/** RFC 4180, one row a line. */
export function linesCsv(lines: readonly ReconciliationLine[]): string {
  const rows = lines.map((line) =>
    [
      line.commitmentId ?? '',
      line.subject,
      line.state,
      `${line.ledgerLamports}`,
      `${line.chainLamports}`,
      `${line.isFinding}`,
      line.detail ?? '',
    ]
      .map(csvCell)
      .join(','),
  );
  return [NAMES, ...rows].map((row) => `${row}\r\n`).join('');
}
