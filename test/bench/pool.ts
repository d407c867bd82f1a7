import 'reflect-metadata';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { startApi } from '#src/local/api-process.js';
import { type LocalChain, startLocalChain } from '#src/local/chain/chain.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { transferSol } from '#src/local/chain/transfer-sol.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { type CommitmentAnswer, RestClient } from '#src/local/rest-client.js';
import { pollUntil } from '#src/local/support/poll.js';
import { startPgBouncer } from '../support/processes/pgbouncer.js';
import { atDatabase, execute } from '../support/sql.js';

/**
 * How many server connections of PgBouncer in transaction mode a replica needs: payments side by side, jobs on, beside a pool
 * of each size. `npm run bench:pool`
 */
const POOLS = [4, 6, 15];
const PAYMENTS = 16;
const SLOT_MS = 100;
const ORIGIN = 'http://localhost:3000';
const SOL = 1_000_000_000n;

/** Each caller has an address, and so rate limits, of its own. */
let callers = 0;
function client(url: string): RestClient {
  callers += 1;
  return new RestClient(url, ORIGIN, { 'x-forwarded-for': `198.51.${callers >> 8}.${callers & 255}` });
}

async function migrate(url: string): Promise<void> {
  const source = await createDataSource(parseEnvironment({ DATABASE_URL: url })).initialize();
  await migrateUp(source);
  await source.destroy();
}

/** Created, funded and attested. @returns its id */
async function attested(url: string, chain: LocalChain): Promise<string> {
  const wallet = LocalWallet.generate();
  await chain.cheats.fundSol(wallet.address, 2n * SOL);
  const terms = {
    kind: 'personal',
    destinationOnFail: LocalWallet.generate().address,
    amountLamports: Number(SOL),
    deadline: new Date(Date.now() + 86_400_000).toISOString(),
  };
  const { body } = await client(url).signAction<CommitmentAnswer>(
    wallet,
    'commitment.create',
    terms,
    '/commitments',
  );
  await transferSol(chain.rpcUrl, wallet, body.escrow.address, SOL);
  const path = '/commitments/:commitmentId/attest';
  await client(url).signAction(wallet, 'commitment.attest', { commitmentId: body.id }, path);
  return body.id;
}

/** Seconds from the first request until the ledger has confirmed all, and how often the service said 503. */
async function pay(url: string, database: string, chain: LocalChain, admin: LocalWallet) {
  const ids = await Promise.all(Array.from({ length: PAYMENTS }, () => attested(url, chain)));
  const session = client(url);
  await session.adminLogin(admin);
  let refused = 0;
  const begun = performance.now();
  await Promise.all(
    ids.map((commitmentId) =>
      session.act('admin.commitment.success', { commitmentId }).catch(() => void (refused += 1)),
    ),
  );
  await pollUntil('all payments to be confirmed', async () => {
    const [row] = await execute<{ paid: number }>(
      database,
      `SELECT count(*)::int AS paid FROM public.payouts WHERE status IN ('confirmed', 'finalized')`,
    );
    return row !== undefined && row.paid + refused >= PAYMENTS;
  });
  return { seconds: (performance.now() - begun) / 1_000, refused };
}

async function measure(server: string, chain: LocalChain, poolSize: number): Promise<string> {
  const name = `pool_${poolSize}`;
  await execute(server, `CREATE DATABASE ${name}`);
  const database = atDatabase(server, name);
  await migrate(database);
  const pooler = await startPgBouncer(database, poolSize);
  const admin = LocalWallet.generate();
  const env = {
    NODE_ENV: 'test',
    LOG_LEVEL: 'fatal',
    APP_ORIGIN: ORIGIN,
    DATABASE_URL: pooler.url,
    SOLANA_RPC_URL: chain.rpcUrl,
    SOLANA_CLUSTER: 'localnet',
    ESCROW_DB_SECRET: 'p'.repeat(32),
    ADMIN_WALLET_PUBKEYS: admin.address,
    TRUST_PROXY: '1',
  };
  const api = await startApi({ env, readyWithinMs: 120_000 });
  try {
    const { seconds, refused } = await pay(api.url, database, chain, admin);
    return `${String(poolSize).padStart(12)}${seconds.toFixed(1).padStart(10)}${String(refused).padStart(10)}`;
  } finally {
    await api.stop();
    await pooler.stop();
  }
}

const postgres = await startPostgres();
const chain = await startLocalChain({ slotMs: SLOT_MS });
try {
  process.stdout.write(`${PAYMENTS} payments side by side\n connections   seconds   refused\n`);
  for (const size of POOLS) process.stdout.write(`${await measure(postgres.url, chain, size)}\n`);
} finally {
  await chain.stop();
  await postgres.stop();
}
