import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { startApi } from '#src/local/api-process.js';
import { LocalWallet } from '#src/local/chain/local-wallet.js';
import { ApiError, type CommitmentAnswer, RestClient } from '#src/local/rest-client.js';
import { projectFolder } from '#src/local/support/project-folder.js';
import { createTestDatabase } from '../support/database.js';
import { LONG } from '../support/long.js';
import { pollUntil } from '../support/poll.js';
import { freePort } from '../support/ports.js';
import { follow } from '../support/processes/child.js';
import { startPostgresPair } from '../support/processes/postgres-pair.js';
import { programPath, skipNote } from '../support/processes/system-programs.js';
import { TcpProxy } from '../support/proxies/tcp-proxy.js';
import { execute } from '../support/sql.js';
import { startTestChain } from '../support/worlds/localnet.js';

const ORIGIN = 'https://app.example.com';
const TRAFFIC_MS = 90_000;
const OUTAGE_MS = 5_000;
const WORKERS = 4;

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const settings = (databaseUrl: string, rpcUrl: string) => ({
  NODE_ENV: 'production',
  LOG_LEVEL: 'warn',
  DATABASE_URL: databaseUrl,
  SOLANA_RPC_URL: rpcUrl,
  SOLANA_CLUSTER: 'localnet',
  APP_ORIGIN: ORIGIN,
  ESCROW_DB_SECRET: 'd'.repeat(32),
  ADMIN_WALLET_PUBKEYS: LocalWallet.generate().address,
});

const switchOver = skipNote('initdb', 'postgres', 'pg_basebackup');

describe.skipIf(!LONG || switchOver)(`traffic over a switch-over${switchOver}`, { timeout: 600_000 }, () => {
  it('fails for 5 s at most, and nothing that was answered is lost', async () => {
    const pair = await startPostgresPair();
    ends.push(() => pair.end());
    const source = await createDataSource(parseEnvironment({ DATABASE_URL: pair.first.url })).initialize();
    await migrateUp(source);
    await source.destroy();
    const proxy = await TcpProxy.before(pair.first.url);
    ends.push(() => proxy.close());
    const chain = await startTestChain();
    ends.push(() => chain.stop());
    const api = await startApi({ env: { ...settings(proxy.url, chain.rpcUrl), TRUST_PROXY: '1' } });
    ends.push(() => api.kill());

    const made: string[] = [];
    const failedAt: number[] = [];
    const until = performance.now() + TRAFFIC_MS;
    const traffic = Array.from({ length: WORKERS }, async () => {
      while (performance.now() < until) {
        const client = new RestClient(api.url, ORIGIN);
        try {
          made.push(await create(client));
        } catch (error) {
          // One address makes all of this traffic: what its limit refuses is no outage.
          if (!(error instanceof ApiError && error.status === 429)) failedAt.push(performance.now());
        }
        await delay(400);
      }
    });
    await delay(TRAFFIC_MS / 3);
    const before = made.length;
    await pair.first.stop();
    await pair.second.promote();
    proxy.retarget(pair.second.url);
    await Promise.all(traffic);

    const outage = Math.max(...failedAt) - Math.min(...failedAt);
    process.stderr.write(
      `created ${made.length}, failed ${failedAt.length} within ${Math.round(outage)} ms\n`,
    );
    expect(before).toBeGreaterThan(0);
    expect(made.length).toBeGreaterThan(before);
    expect(outage).toBeLessThan(OUTAGE_MS);
    const rows = await execute<{ id: string }>(pair.second.url, 'SELECT id FROM public.commitments');
    const known = new Set(rows.map(({ id }) => id));
    expect(made.filter((id) => !known.has(id))).toEqual([]);
  });
});

async function create(client: RestClient): Promise<string> {
  const { body } = await client.signAction<CommitmentAnswer>(
    LocalWallet.generate(),
    'commitment.create',
    {
      kind: 'personal',
      destinationOnFail: LocalWallet.generate().address,
      amountLamports: 1_000_000_000,
      deadline: new Date(Date.now() + 86_400_000).toISOString(),
      statement: 'Ship it',
    },
    '/commitments',
  );
  return body.id;
}

const proxied = skipNote('haproxy');

describe.skipIf(!LONG || proxied)(`a rolling restart behind a proxy${proxied}`, { timeout: 600_000 }, () => {
  it('two replicas are replaced one after the other, and no request fails', async () => {
    const database = await createTestDatabase();
    ends.push(() => database.drop());
    const ports = [await freePort(), await freePort()] as const;
    const env = {
      ...settings(database.url, 'http://127.0.0.1:1'),
      // The client's own entry and the proxy's: each request below is another client.
      TRUST_PROXY: '2',
      SHUTDOWN_DELAY_SECONDS: '3',
    };
    const replicas = await Promise.all(ports.map((port) => startApi({ env, port })));
    ends.push(() => Promise.all(replicas.map((replica) => replica.kill())));
    const url = await startProxy(ports);

    const statuses: (number | string)[] = [];
    const over = new AbortController();
    const traffic = Array.from({ length: WORKERS }, async (_, worker) => {
      for (let sent = 0; !over.signal.aborted; sent += 1) {
        const headers = { 'x-forwarded-for': `198.51.${worker}.${sent % 250}` };
        const answer = sent % 2 === 0 ? read(url, headers) : ask(url, headers);
        statuses.push(await answer.catch((error: unknown) => String((error as Error).cause ?? error)));
        await delay(50);
      }
    });
    for (const [index, port] of ports.entries()) {
      expect(await replicas[index]?.stop()).toBe(0);
      replicas[index] = await startApi({ env, port });
      await pollUntil('it is ready', async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok);
    }
    over.abort();
    await Promise.all(traffic);
    process.stderr.write(`${statuses.length} requests over two restarts\n`);
    expect(statuses.length).toBeGreaterThan(50);
    expect(statuses.filter((status) => status !== 200)).toEqual([]);
  });
});

async function read(url: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(`${url}/api/commitments?limit=1`, { headers });
  await answer.arrayBuffer();
  return answer.status;
}

async function ask(url: string, headers: Record<string, string>): Promise<number> {
  const answer = await fetch(`${url}/api/admin/nonce`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', origin: ORIGIN },
    body: JSON.stringify({ wallet: LocalWallet.generate().address }),
  });
  await answer.arrayBuffer();
  return answer.status;
}

/** HAProxy with the configuration that compose.yaml uses, but for addresses. */
async function startProxy([first, second]: readonly [number, number]): Promise<string> {
  const port = await freePort();
  const folder = mkdtempSync('/tmp/cts-haproxy-');
  const shipped = readFileSync(join(projectFolder(), 'deploy/proxy/haproxy.cfg'), 'utf8');
  const configuration = shipped
    .replace('api-1:3000', `127.0.0.1:${first}`)
    .replace('api-2:3000', `127.0.0.1:${second}`)
    .replace('bind :8080', `bind 127.0.0.1:${port}`)
    .replace(' resolvers docker init-addr libc,none', '');
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, configuration);
  const child = follow(spawn(programPath('haproxy') ?? 'haproxy', ['-db', '-f', file]));
  ends.push(() => child.kill());
  const url = `http://127.0.0.1:${port}`;
  await pollUntil('the proxy answers', async () => (await fetch(`${url}/health/live`)).ok);
  return url;
}
