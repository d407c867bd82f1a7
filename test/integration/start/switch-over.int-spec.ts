import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createDataSource } from '#config/database/data-source.js';
import { parseEnvironment } from '#config/environment.js';
import { migrateUp } from '#migrations/runner.js';
import { pollUntil } from '../../support/poll.js';
import { startProgram } from '../../support/processes/child.js';
import { type PostgresPair, startPostgresPair } from '../../support/processes/postgres-pair.js';
import { skipNote } from '../../support/processes/system-programs.js';
import { TcpProxy } from '../../support/proxies/tcp-proxy.js';
import { execute } from '../../support/sql.js';
import { startHttpApp } from '../../support/worlds/http-app.js';

const note = skipNote('initdb', 'postgres', 'pg_basebackup');

describe.skipIf(note)(`a database with a standby${note}`, () => {
  let pair: PostgresPair;
  let proxy: TcpProxy;
  let app: NestFastifyApplication | undefined;
  let url: string;

  beforeAll(async () => {
    pair = await startPostgresPair();
    const source = await createDataSource(parseEnvironment({ DATABASE_URL: pair.first.url })).initialize();
    await migrateUp(source);
    await source.destroy();
    proxy = await TcpProxy.before(pair.first.url);
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    await proxy?.close();
    await pair?.end();
  });

  const get = async (path: string) => {
    const response = await fetch(`${url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  const start = async () => {
    ({ app, url } = await startHttpApp(proxy.url, {
      NODE_ENV: 'production',
      DATABASE_URL: proxy.url,
      PG_POOL_MAX: '3',
    }));
    expect((await get('/api/shell/limited')).status).toBe(200);
  };
  const expectReadOnly = async () => {
    const ready = await pollUntil('readiness tells', async () => {
      const answer = await get('/health/ready');
      return answer.text.includes('read-only') ? answer : undefined;
    });
    expect(ready.status).toBe(503);
    expect((await get('/metrics')).text).toMatch(/^cts_database_up 0$/m);
    // Neither a write nor a read that may be stale.
    expect((await get('/api/shell/limited')).text).toContain('database_unavailable');
    expect((await get('/api/shell/unlimited-now')).text).toContain('database_unavailable');
  };
  const expectWrites = () =>
    pollUntil('it writes again', async () => (await get('/api/shell/limited')).status === 200);

  it('that is made read-only under open connections is left by all of them, and used again', async () => {
    await start();
    await execute(pair.first.url, `ALTER SYSTEM SET default_transaction_read_only = on`);
    await execute(pair.first.url, 'SELECT pg_reload_conf()');
    await expectReadOnly();
    await execute(pair.first.url, 'ALTER SYSTEM RESET default_transaction_read_only');
    await execute(pair.first.url, 'SELECT pg_reload_conf()');
    await expectWrites();
  });

  it('is not started upon, in one sentence', async () => {
    const child = startProgram('src/main.ts', {
      env: { DATABASE_URL: pair.second.url, SOLANA_RPC_URL: 'http://127.0.0.1:1' },
    });
    expect(await child.ended).toBe(1);
    expect(child.stderr().trim().split('\n')).toHaveLength(1);
    expect(child.stderr()).toContain('it is read-only: a standby');
  });

  it('a switch-over: refused while the address leads to the old primary, writes after its move', async () => {
    await start();
    await pair.switchOver();
    await expectReadOnly();
    proxy.retarget(pair.second.url);
    await expectWrites();
    await pollUntil('readiness tells', async () => !(await get('/health/ready')).text.includes('read-only'));
  });
});
