import { parseEnvironment } from '#config/environment.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import type { Verification } from '#src/audit/seals/findings.js';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { AuditDatabase } from '#src/cli/audit/audit-database.js';
import { pollUntil } from '../poll.js';
import type { AppWorld } from '../worlds/app-world.js';

/** Until every line of the world's log and journal is sealed. */
export async function sealAll(world: AppWorld, sealer = world.app.get(AuditSealer)): Promise<void> {
  await pollUntil('all rows to be sealed', async () => {
    await sealer.run();
    const [row] = await world.sql<{ open: number }>(
      `SELECT (SELECT count(*) FROM audit_logs)::int + (SELECT count(*) FROM audit_changes)::int
            - (SELECT coalesce(sum(row_count), 0) FROM audit_seals)::int AS open`,
    );
    return row?.open === 0 ? true : undefined;
  });
}

/** As the owner of the tables, with their guards switched off. */
export async function tamper(world: AppWorld, sql: string): Promise<void> {
  await world.sql(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`);
}

/** What `audit verify` would find in the database, trusting the world's own key. */
export async function verificationOf(world: AppWorld): Promise<Verification> {
  const database = await AuditDatabase.open(parseEnvironment({ DATABASE_URL: world.databaseUrl }));
  try {
    return await database.verify(world.app.get(SealSigner).publicKeys, [], () => undefined);
  } finally {
    await database.close();
  }
}
