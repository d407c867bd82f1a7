import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { awaitDatabase, StartupError } from '../config/await-database.js';
import { createDataSource } from '../config/data-source.js';
import { type Environment, EnvironmentError, parseEnvironment } from '../config/environment.js';
import { loadSource, type SettingsSource, wantsLocalWorld } from '../config/load.js';
import { migrateUp } from '../migrations/runner.js';
import { createApp } from './app.setup.js';
import { createLogger } from './common/http/logger.js';
import { Shutdown } from './common/shutdown.js';
import type { LocalWorld } from './local/world.js';

const CLOSE_LIMIT_MS = 25_000;
// npm passes a Ctrl-C on that the terminal has sent to this process as well: that is no second wish.
const ECHO_MS = 1_000;

/** What has been started, to be ended in the opposite order. */
interface Running {
  app?: NestFastifyApplication;
  world?: LocalWorld;
}

async function main(running: Running): Promise<void> {
  const source = loadSource();
  if (wantsLocalWorld(source)) running.world = await startLocalWorld(source);
  const environment = parseEnvironment(running.world?.env ?? source);
  const logger = createLogger(environment.LOG_LEVEL);
  endOnFatalErrors(logger, running);
  await prepareDatabase(environment, running.world !== undefined);
  running.app = await createApp(environment, { logger });
  await running.app.listen(environment.PORT, environment.HOST);
  if (running.world) await welcome(await running.app.getUrl(), running.world);
}

async function startLocalWorld(source: SettingsSource): Promise<LocalWorld> {
  const { startLocalWorld: start } = await import('./local/world.js');
  return start(source);
}

/** @throws StartupError */
async function prepareDatabase(environment: Environment, isLocalWorld: boolean): Promise<void> {
  if (environment.DATABASE_URL === undefined) {
    throw new StartupError(
      'DATABASE_URL is not set. Set it to a PostgreSQL database, or use `npm run dev`, which brings its own.',
    );
  }
  const pending = await awaitDatabase(environment);
  if (pending.length === 0) return;
  if (!isLocalWorld) {
    throw new StartupError(
      `The database lacks ${pending.length} migration(s): ${pending.join(', ')}. Apply them with \`npm run migrate\`.`,
    );
  }
  const dataSource = await createDataSource(environment).initialize();
  try {
    await migrateUp(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

async function welcome(apiUrl: string, world: LocalWorld): Promise<void> {
  const { banner } = world;
  const origin = apiUrl.replace('127.0.0.1', 'localhost');
  const lines = [
    ['API', `${origin}/api`],
    ['Docs', `${origin}/docs`],
    ['Solana RPC', banner.rpcUrl],
    ['WebSocket', banner.wsUrl],
    ['Database', banner.databaseUrl],
    ['Admin keypair', banner.adminKeypairFile ?? 'yours (ADMIN_WALLET_PUBKEYS is set)'],
  ].map(([name = '', value]) => `  ${name.padEnd(14)} ${value}`);
  const text = ['', 'Commit To Ship is running.', '', ...lines, '', 'Ctrl-C stops everything.', ''];
  process.stdout.write(`${text.join('\n')}\n`);
  if (!banner.embeddedDatabase) return;
  const { seed } = await import('./local/seed.js');
  void seed(apiUrl, world);
}

async function stop(running: Running): Promise<void> {
  running.app?.get(Shutdown).begin();
  await Promise.race([running.app?.close(), delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
  await running.world?.stop();
}

function endOnSignals(running: Running): void {
  let first: number | undefined;
  const onSignal = () => {
    const now = Date.now();
    if (first !== undefined) {
      if (now - first > ECHO_MS) process.exit(1);
      return;
    }
    first = now;
    void end(running);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

async function end(running: Running): Promise<never> {
  try {
    await stop(running);
  } catch (error) {
    await fail(running, error);
  }
  process.exit(0);
}

/** After an error that nobody caught, nothing that this process believes can be trusted. */
function endOnFatalErrors(logger: Logger, running: Running): void {
  const end = (error: unknown) => {
    logger.fatal({ err: error }, 'An error that nobody caught ends this process');
    void abandon(running);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

async function abandon({ world }: Running): Promise<never> {
  await Promise.race([world?.stop(), delay(3_000)]).catch(() => undefined);
  process.exit(1);
}

/** What the operator can put right is told in plain words, everything else with its stack. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // LocalWorldError is known by name: its module is loaded in mock mode only.
  const isPlain =
    error instanceof EnvironmentError ||
    error instanceof StartupError ||
    error.name === 'LocalWorldError' ||
    (error as { code?: unknown }).code === 'EADDRINUSE';
  return isPlain ? error.message : (error.stack ?? error.message);
}

async function fail(running: Running, error: unknown): Promise<never> {
  process.stderr.write(`${textOf(error)}\n`);
  await stop(running).catch(() => undefined);
  process.exit(1);
}

const running: Running = {};
endOnSignals(running);
main(running).catch((error: unknown) => fail(running, error));
