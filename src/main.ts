import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { awaitDatabase, StartupError } from '#config/database/await-database.js';
import { createDataSource } from '#config/database/data-source.js';
import { type Environment, EnvironmentError, parseEnvironment } from '#config/environment.js';
import { asOwner, loadSource, type SettingsSource, wantsLocalWorld } from '#config/load.js';
import { VERSION } from '#config/version.js';
import { appUserOf } from '#migrations/roles/app-user.js';
import { runsAsOwner } from '#migrations/roles/role-check.js';
import { setUpRole } from '#migrations/roles/role-setup.js';
import { migrateUp } from '#migrations/runner.js';
import { createApp } from './app.setup.js';
import { createLogger } from '#src/common/http/logger.js';
import { Shutdown } from '#src/common/shutdown.js';
import type { LocalWorld } from '#src/local/world.js';

const CLOSE_LIMIT_MS = 25_000;
// npm passes a Ctrl-C on that the terminal has sent to this process as well: that is no second wish.
const ECHO_MS = 1_000;

/** What has been started, to be ended in the opposite order. */
interface Running {
  app?: NestFastifyApplication;
  world?: LocalWorld;
  /** How long to serve on after SIGTERM. */
  drainMs?: number;
}

async function main(running: Running): Promise<void> {
  const source = loadSource();
  if (wantsLocalWorld(source)) running.world = await startLocalWorld(source);
  const environment = parseEnvironment(running.world?.env ?? source);
  const logger = createLogger(environment.LOG_LEVEL);
  endOnFatalErrors(logger, running);
  logger.info({ version: VERSION, node: process.version }, `Commit To Ship ${VERSION} starts`);
  await prepareDatabase(environment, logger, running.world !== undefined);
  running.app = await createApp(environment, { logger });
  await running.app.listen(environment.PORT, environment.HOST);
  // Nobody balances a local world.
  running.drainMs = running.world === undefined ? environment.SHUTDOWN_DELAY_SECONDS * 1_000 : 0;
  if (running.world) await welcome(await running.app.getUrl(), running.world);
}

async function startLocalWorld(source: SettingsSource): Promise<LocalWorld> {
  const { startLocalWorld: start } = await import('#src/local/world.js');
  return start(source);
}

/** @throws StartupError */
async function prepareDatabase(
  environment: Environment,
  logger: Logger,
  isLocalWorld: boolean,
): Promise<void> {
  const { DATABASE_URL: url } = environment;
  if (url === undefined) {
    throw new StartupError(
      'DATABASE_URL is not set. Set it to a PostgreSQL database, or use `npm run dev`, which brings its own.',
    );
  }
  if (isLocalWorld) await migrateLocally(environment, url);
  const { pending, role } = await awaitDatabase(environment);
  if (pending.length > 0) {
    throw new StartupError(
      `The database lacks ${pending.length} migration(s): ${pending.join(', ')}. Apply them with \`npm run migrate\`.`,
    );
  }
  if (role.isOwner)
    logger.warn({ role: role.role }, `${runsAsOwner(role.role)} See RUNBOOK.md, "Least privilege".`);
}

async function migrateLocally(environment: Environment, url: string): Promise<void> {
  const owner = asOwner(environment);
  await awaitDatabase(owner);
  const dataSource = await createDataSource(owner).initialize();
  try {
    await migrateUp(dataSource);
    await setUpRole(dataSource, appUserOf(url));
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
    ['Token prices', banner.embeddedPrices ? 'every token costs $1' : banner.priceUrl],
    ['Avatars', banner.embeddedStorage ? 'in the memory of this process' : banner.storageUrl],
    ['Admin keypair', banner.adminKeypairFile ?? 'yours (ADMIN_WALLET_PUBKEYS is set)'],
  ].map(([name = '', value]) => `  ${name.padEnd(14)} ${value}`);
  const text = ['', 'Commit To Ship is running.', '', ...lines, '', 'Ctrl-C stops everything.', ''];
  process.stdout.write(`${text.join('\n')}\n`);
  if (!banner.embeddedDatabase) return;
  const { seed, tourOf } = await import('#src/local/seed.js');
  const tour = seed(apiUrl, world).then((seeded) => tourOf(seeded, banner));
  void tour.then((lines) => process.stdout.write(lines.map((line) => `${line}\n`).join('')));
}

/** SIGTERM comes from a supervisor with a balancer before it; Ctrl-C from a person who waits. */
async function drain(running: Running, signal: NodeJS.Signals): Promise<void> {
  if (signal !== 'SIGTERM' || !running.drainMs) return;
  running.app?.get(Shutdown).drain();
  await delay(running.drainMs);
}

async function stop(running: Running): Promise<void> {
  // Closing begins with Shutdown and the jobs; the server listens until they have settled.
  await Promise.race([running.app?.close(), delay(CLOSE_LIMIT_MS, undefined, { ref: false })]);
  await running.world?.stop();
}

function endOnSignals(running: Running): void {
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    const now = Date.now();
    if (first !== undefined) {
      if (now - first > ECHO_MS) process.exit(1);
      return;
    }
    first = now;
    void end(running, signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
}

async function end(running: Running, signal: NodeJS.Signals): Promise<never> {
  try {
    await drain(running, signal);
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
