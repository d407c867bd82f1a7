import type { DestinationStream } from 'pino';

/** Something that can tell what happened in it when a test fails. */
export interface FailureReporter {
  /** Its log, what was asked of its chain, the history of its payouts: as text. */
  report(): Promise<string> | string;
}

/** Those that stand now; the test that one belongs to, or undefined for one that all tests of a file share. */
const reporters = new Map<FailureReporter, string | undefined>();

/** @returns what ends it */
export function reportsFailures(reporter: FailureReporter, testId?: string): () => void {
  reporters.set(reporter, testId);
  return () => void reporters.delete(reporter);
}

/** What there is to read about a test that has failed. */
export async function reportsFor(testId: string): Promise<string> {
  const concerned = [...reporters].filter(([, owner]) => owner === undefined || owner === testId);
  const told = await Promise.all(concerned.map(([reporter]) => reportOf(reporter)));
  return told.join('\n');
}

async function reportOf(reporter: FailureReporter): Promise<string> {
  try {
    return await reporter.report();
  } catch (error) {
    return `(this world can tell nothing any more: ${String(error)})`;
  }
}

/** The last lines of a log, for after a failure. */
export class LastLines implements DestinationStream {
  private readonly lines: string[] = [];

  constructor(private readonly most = 60) {}

  write(line: string): void {
    this.lines.push(line.trimEnd());
    if (this.lines.length > this.most) this.lines.shift();
  }

  text(): string {
    return this.lines.join('\n');
  }
}

type Query = (sql: string) => Promise<object[]>;

const HISTORY = [
  `SELECT 'payout' AS what, p.* FROM public.payouts p ORDER BY created_at DESC LIMIT 5`,
  `SELECT 'attempt' AS what, (to_jsonb(a) - 'message' - 'raw_transaction') AS attempt
     FROM public.payout_attempts a
    WHERE a.payout_id IN (SELECT id FROM public.payouts ORDER BY created_at DESC LIMIT 5) ORDER BY a.payout_id, a.number`,
  `SELECT 'audit' AS what, to_jsonb(l) AS entry FROM public.audit_logs l ORDER BY id DESC LIMIT 30`,
];

/** The newest payouts, their attempts and the last audit rows, as the database has them. */
export async function payoutHistory(query: Query): Promise<string> {
  const rows = await Promise.all(HISTORY.map((sql) => query(sql)));
  return rows
    .flat()
    .map((row) => JSON.stringify(row))
    .join('\n');
}
