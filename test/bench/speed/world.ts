import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { type ApiProcess, startApi } from '#src/local/api-process.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { BenchChild, cpuMs, rssMb } from './child.js';
import { fill, type Filled } from './filling.js';
import type { LoadOrder, LoadReport } from './load.child.js';

/** Database, node, service, the bare stacks beside it and the load: each a process of its own on this machine. */
export interface SpeedWorld {
  readonly api: ApiProcess;
  readonly rpc: BenchChild;
  readonly fastify: BenchChild;
  readonly nest: BenchChild;
  readonly filled: Filled;
  readonly mint: string;
  readonly databaseUrl: string;
  /** Puts the load on and adds what it has cost whom. */
  load(order: LoadOrder, pid: number): Promise<Measured>;
  stop(): Promise<void>;
}

export interface Measured extends LoadReport {
  /** Processor time a request, in milliseconds, of the process that answered. */
  readonly cpuMs: number;
  readonly rssMb: number;
}

export async function startSpeedWorld(rowsEach: number, extra: Record<string, string>): Promise<SpeedWorld> {
  const postgres = await startPostgres();
  const mint = LocalWallet.generate().address;
  const source = await createDataSource(parseEnvironment({ DATABASE_URL: postgres.url })).initialize();
  await migrateUp(source);
  await source.destroy();
  const filled = await fill(postgres.url, rowsEach, mint);
  const rpc = await BenchChild.start('rpc.child.ts', { mint });
  const baseline = (kind: string) =>
    BenchChild.start('baseline.child.ts', { databaseUrl: postgres.url, kind });
  const [fastify, nest, loader] = [
    await baseline('fastify'),
    await baseline('nest'),
    await BenchChild.start('load.child.ts'),
  ];
  const api = await startApi({
    env: { ...settings(postgres.url, rpc.url), ...extra },
    readyWithinMs: 60_000,
  });
  return {
    api,
    rpc,
    fastify,
    nest,
    filled,
    mint,
    databaseUrl: postgres.url,
    async load(order, pid) {
      const before = cpuMs(pid);
      const report = await loader.ask<LoadReport>(order);
      return { ...report, cpuMs: (cpuMs(pid) - before) / Math.max(1, report.answers), rssMb: rssMb(pid) };
    },
    async stop() {
      await api.stop();
      for (const child of [rpc, fastify, nest, loader]) child.stop();
      await postgres.stop();
    },
  };
}

/** As in production: limits, log and audit are on. */
export function settings(databaseUrl: string, rpcUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    APP_ORIGIN: 'https://app.example.com',
    DATABASE_URL: databaseUrl,
    SOLANA_RPC_URL: rpcUrl,
    SOLANA_CLUSTER: 'localnet',
    JUPITER_PRICE_URL: rpcUrl,
    ESCROW_DB_SECRET: 's'.repeat(32),
    ADMIN_WALLET_PUBKEYS: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
    TRUST_PROXY: '1',
    JOBS_ENABLED: 'false',
  };
}
