/** `npm run bench:audit [ROWS]`: seals, exports and verifies a large audit log, and prints rows per second and peak memory. */
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Logger } from '@nestjs/common';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { AuditExport } from '#src/audit/search/audit-export.service.js';
import { AuditSealRepository } from '#src/audit/seals/audit-seal.repository.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import { SealKeyRepository } from '#src/audit/seals/seal-key.repository.js';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { AuditSearchRepository } from '#src/audit/search/audit-search.repository.js';
import { AuditDatabase } from '#src/cli/audit/audit-database.js';
import { verifyFile } from '#src/cli/audit/audit-file.js';
import { ServerTickets } from '#src/marks/server-tickets.service.js';
import { ServerKeys } from '#src/marks/server-keys.service.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { startPostgres } from '#src/local/postgres/postgres.js';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const FILL = `
  INSERT INTO public.audit_logs (event, actor, request_id, commitment_id, payout_id, signature, fields)
  SELECT CASE WHEN n % 100 = 0 THEN 'admin_commitment_success_ok' ELSE 'payout_confirmed' END, 'job:payout-driver',
         gen_random_uuid()::text, gen_random_uuid(), gen_random_uuid(), repeat('5', 87),
         jsonb_build_object('purpose', 'milestone_release', 'amountLamports', n, 'destination', repeat('7', 44), 'attempt', 1)
    FROM generate_series(1, ${ROWS}) AS n`;

// A line for every seal would hide the figures.
Logger.overrideLogger(false);

const print = (line: string) => void process.stdout.write(`${line}\n`);

async function timed(name: string, work: () => Promise<unknown>, rows = ROWS): Promise<void> {
  let peak = 0;
  const sample = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 50);
  const start = performance.now();
  await work().finally(() => clearInterval(sample));
  const seconds = (performance.now() - start) / 1_000;
  const speed = Math.round(rows / seconds).toLocaleString('en');
  print(
    `${name.padEnd(18)}${seconds.toFixed(1).padStart(8)} s ${speed.padStart(10)} rows/s   peak RSS ${mib(peak)}`,
  );
}

const mib = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MiB`;
const quiet = () => undefined;
const unexpected = () => Promise.reject(new Error('an alarm'));

const postgres = await startPostgres();
const folder = mkdtempSync(join(tmpdir(), 'cts-bench-'));
const settings = parseEnvironment({
  DATABASE_URL: postgres.url,
  PG_STATEMENT_TIMEOUT_MS: '120000',
  ESCROW_DB_SECRET: 'bench'.repeat(8),
});
const dataSource = await createDataSource(settings).initialize();
try {
  await dataSource.runMigrations();
  const serverKeys = new ServerKeys(new Settings(settings));
  const tickets = new ServerTickets(serverKeys);
  const transactions = new Transactions(dataSource, tickets);
  const seals = new AuditSealRepository();
  const keys = new SealKeyRepository();
  const signer = new SealSigner(serverKeys, keys);
  const trusted = signer.publicKeys;
  const alarms = { foreignChanges: unexpected, wentBackwards: unexpected };
  const sealer = new AuditSealer(seals, signer, tickets, alarms, transactions, new Shutdown());
  const exports = new AuditExport(new AuditSearchRepository(), seals, keys, transactions);
  const file = join(folder, 'audit.ndjson');
  const save = async (stream: Readable, path: string) => pipeline(stream, createWriteStream(path));
  await timed('insert', () => dataSource.query(FILL));
  await timed('seal', () => sealer.run(Infinity));
  await timed('export csv', async () => save(await exports.csv({}), join(folder, 'audit.csv')));
  const admins = async () => save(await exports.csv({ event: 'admin_*' }), join(folder, 'admin.csv'));
  await timed('export admin_*', admins, Math.floor(ROWS / 100));
  await timed('export ndjson', async () => save(await exports.ndjson({}), file));
  await timed('verify database', async () => {
    const database = await AuditDatabase.open(settings);
    print(JSON.stringify(await database.verify(trusted, [], quiet)));
    await database.close();
  });
  await timed('verify file', async () => print(JSON.stringify(await verifyFile(file, { trusted }, quiet))));
  print(`the file has ${mib(statSync(file).size)}`);
} finally {
  await dataSource.destroy();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
