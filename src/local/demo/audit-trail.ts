import { Client } from 'pg';
import type { Stage } from './stage.js';
import type { Telling } from './telling.js';

interface AuditRow {
  readonly ts: Date;
  readonly event: string;
  readonly actor: string;
}

/** Prints what the audit log testifies about this run. */
export async function tellAuditTrail(stage: Stage, telling: Telling): Promise<void> {
  telling.title('The audit trail (public.audit_logs)');
  const client = new Client({ connectionString: stage.databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<AuditRow>(
      'SELECT ts, event, actor FROM public.audit_logs ORDER BY id',
    );
    for (const { ts, event, actor } of rows) telling.fact(event, `${ts.toISOString()} ${actor}`);
  } finally {
    await client.end();
  }
}
