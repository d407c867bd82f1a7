import 'reflect-metadata';
import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';
import { Controller, Get, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createDataSource, createQuickPool } from '#config/database/data-source.js';
import { parseEnvironment, type Environment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { Endpoint } from '#src/common/endpoint.js';
import { QuickDatabase } from '#src/common/database/quick-database.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { PostgresCounter } from '#src/rate-limit/postgres-counter.service.js';
import type { RateWindow } from '#src/rate-limit/rate-window.js';
import { execute } from '../support/sql.js';

const REQUESTS = 10_000;
const WARM_UP = 1_000;
const AT_ONCE = 100;
const CLIENTS = 500;
const LIMIT_MS = 10_000;

/** A route that costs nothing but its rate limit. */
@Controller('bench')
class BenchController {
  @Get()
  @Endpoint({ access: 'public', limit: 'read' })
  nothing() {
    return { admitted: true };
  }
}

@Module({ controllers: [BenchController] })
class BenchModule {}

/** Counts the statements that count. */
class CountedDatabase extends QuickDatabase {
  statements = 0;

  override query<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]> {
    this.statements += 1;
    return super.query(sql, parameters);
  }
}

/** A statement for every hit: what grouping is measured against. */
class UngroupedCounter extends PostgresCounter {
  override async hit(key: string, windowSeconds: number): Promise<RateWindow> {
    const windows = await this.count([{ key, windowSeconds, count: 1 }]);
    const window = windows.get(key);
    if (window === undefined) throw new Error('the upsert returned no row');
    return window;
  }
}

type Mode = 'grouped' | 'one by one';

async function start(environment: Environment, database: CountedDatabase, mode: Mode) {
  const counter = mode === 'grouped' ? new PostgresCounter(database) : new UngroupedCounter(database);
  const app = await createApp(environment, {
    extras: [BenchModule],
    build: async (module, adapter, options) => {
      const built = await Test.createTestingModule({ imports: [module] })
        .overrideProvider(PostgresCounter)
        .useValue(counter)
        .compile();
      return built.createNestApplication<NestFastifyApplication>(adapter, options);
    },
  });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** Answers the milliseconds that each request took. */
async function load(url: string, requests: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const times: number[] = [];
  let next = 0;
  const client = async () => {
    while (next < requests) {
      const number = next;
      next += 1;
      const started = performance.now();
      const headers = { 'x-forwarded-for': `10.0.${Math.floor((number % CLIENTS) / 250)}.${number % 250}` };
      const [answer] = (await once(request(url, { agent, headers }).end(), 'response')) as [IncomingMessage];
      await answer.resume().toArray();
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
      times.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  agent.destroy();
  return times.toSorted((a, b) => a - b);
}

async function measure(environment: Environment, mode: Mode) {
  const database = new CountedDatabase(createQuickPool(environment, LIMIT_MS), LIMIT_MS);
  const app = await start(environment, database, mode);
  try {
    const url = `${await app.getUrl()}/api/bench`;
    await load(url, WARM_UP);
    database.statements = 0;
    const started = performance.now();
    const times = await load(url, REQUESTS);
    const seconds = (performance.now() - started) / 1_000;
    const at = (share: number) => Number((times[Math.floor(times.length * share)] ?? 0).toFixed(1));
    return {
      counting: mode,
      'requests/s': Math.round(REQUESTS / seconds),
      'statements per 1000 hits': Math.round((database.statements * 1_000) / REQUESTS),
      'median ms': at(0.5),
      'p99 ms': at(0.99),
    };
  } finally {
    await app.close();
    await database.onApplicationShutdown();
  }
}

async function main(): Promise<void> {
  const postgres = await startPostgres();
  try {
    const environment = parseEnvironment({
      NODE_ENV: 'production',
      LOG_LEVEL: 'silent',
      APP_ORIGIN: 'https://app.example.com',
      DATABASE_URL: postgres.url,
      SOLANA_RPC_URL: 'http://127.0.0.1:1',
      ESCROW_DB_SECRET: 's'.repeat(32),
      ADMIN_WALLET_PUBKEYS: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
      TRUST_PROXY: '1',
      JOBS_ENABLED: 'false',
    });
    const dataSource = await createDataSource(environment).initialize();
    await dataSource.runMigrations();
    await dataSource.destroy();
    process.stdout.write(`${REQUESTS} requests of ${CLIENTS} clients, ${AT_ONCE} at once\n`);
    const results = [];
    for (const mode of ['one by one', 'grouped'] as const) {
      results.push(await measure(environment, mode));
      await execute(postgres.url, 'TRUNCATE public.rate_limits');
    }
    // eslint-disable-next-line no-console
    console.table(results);
  } finally {
    await postgres.stop();
  }
}

await main();
