import { Client } from 'pg';
import type { AuditRow } from '#src/audit/journal/audit-row.js';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

/** Prints what the audit log has of this run. */
export async function tellAuditTrail(stage: Stage, telling: Telling): Promise<void> {
  telling.title('The audit trail (public.audit_logs)');
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Pick<AuditRow, 'ts' | 'event' | 'actor'>>(
      'SELECT ts, event, actor FROM public.audit_logs ORDER BY id',
    );
    for (const { ts, event, actor } of rows) telling.fact(event, `${ts.toISOString()} ${actor}`);
  } finally {
    await client.end();
  }
}
