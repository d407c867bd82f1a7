import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { startPostgres } from '#src/local/postgres/postgres.js';
import { pollUntil } from '#src/local/support/poll.js';
import { freePort } from '#src/local/support/ports.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { BenchChild, cpuMs, rssMb } from './speed/child.js';
import { settings } from './speed/world.js';

/**
 * What a start costs until /health/ready answers 200: seconds, processor time, memory. The builds take turns, so that a machine
 * that slows down does so for all. `npm run bench:start -- --rounds 5 ../another-checkout`
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});

interface Start {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

function median(figures: readonly number[]): number {
  return figures.toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;
}

async function start(folder: string, env: Record<string, string>): Promise<Start> {
  const port = await freePort();
  const begun = performance.now();
  const child = spawn(process.execPath, [join(folder, 'dist/src/main.js')], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], ...env, PORT: String(port), SHUTDOWN_DELAY_SECONDS: '0' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const isReady = async () => {
    if (child.exitCode !== null) throw new Error(`${folder} ended with ${child.exitCode}`);
    return (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok || undefined;
  };
  await pollUntil(`${folder} to be ready`, isReady, { everyMs: 5 });
  const { pid = -1 } = child;
  const figures = { ms: Math.round(performance.now() - begun), cpuMs: cpuMs(pid), rssMb: rssMb(pid) };
  child.kill();
  await ended;
  return figures;
}

async function main(): Promise<void> {
  const postgres = await startPostgres();
  const rpc = await BenchChild.start('rpc.child.ts', { mint: '1'.repeat(32) });
  const source = await createDataSource(parseEnvironment({ DATABASE_URL: postgres.url })).initialize();
  await migrateUp(source);
  await source.destroy();
  const folders = [projectFolder(), ...positionals.map((path) => resolve(path))];
  const starts = new Map<string, Start[]>(folders.map((folder) => [folder, []]));
  try {
    for (let round = 0; round < Number(values.rounds); round += 1) {
      for (const folder of folders)
        starts.get(folder)?.push(await start(folder, settings(postgres.url, rpc.url)));
    }
  } finally {
    rpc.stop();
    await postgres.stop();
  }
  const of = (folder: string, key: keyof Start) => median((starts.get(folder) ?? []).map((one) => one[key]));
  const line = (folder: string) => ({
    ms: of(folder, 'ms'),
    cpuMs: of(folder, 'cpuMs'),
    rssMb: of(folder, 'rssMb'),
  });
  // oxlint-disable-next-line no-console
  console.table(Object.fromEntries(folders.map((folder) => [folder, line(folder)])));
}

await main();
process.exit(0);
