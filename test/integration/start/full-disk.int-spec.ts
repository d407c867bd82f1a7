import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabaseOn, type TestDatabase } from '../../support/database.js';
import { pollUntil } from '../../support/poll.js';
import { diskNote, SmallDisk } from '../../support/processes/small-disk.js';
import { execute } from '../../support/sql.js';
import { TestWallet } from '../../support/builders/wallets.js';
import { startHttpApp } from '../../support/worlds/http-app.js';

describe.skipIf(diskNote)(`a database whose disk is full${diskNote}`, () => {
  let disk: SmallDisk;
  let database: TestDatabase;
  let app: NestFastifyApplication | undefined;
  let url: string;
  let sent = 0;

  beforeAll(async () => {
    disk = SmallDisk.mount(128);
    database = await createTestDatabaseOn(disk.path);
    ({ app, url } = await startHttpApp(database.url, {
      NODE_ENV: 'production',
      DATABASE_SSL: 'disable',
      TRUST_PROXY: '1',
    }));
  });
  afterAll(async () => {
    disk?.free();
    await app?.close();
    await database?.drop();
    disk?.remove();
  });

  const ready = async () =>
    (await (await fetch(`${url}/health/ready`)).json()) as { checks: { database: unknown } };
  const isUp = async () => /^cts_database_up 1$/m.test(await (await fetch(`${url}/metrics`)).text());

  /** A request that writes a row. */
  async function write(): Promise<{ readonly status: number; readonly nonce: string }> {
    const answer = await fetch(`${url}/api/admin/nonce`, {
      method: 'POST',
      // Each from an address of its own: no limit is met.
      headers: {
        'content-type': 'application/json',
        origin: 'https://app.example.com',
        'x-forwarded-for': `198.51.100.${(sent += 1)}`,
      },
      body: JSON.stringify({ wallet: TestWallet.generate().address }),
    });
    return { status: answer.status, ...((await answer.json()) as { nonce: string }) };
  }

  it('is said by readiness and metrics, loses nothing that was answered, and is served again with space', async () => {
    const first = await write();
    expect(first.status).toBe(200);
    expect(await isUp()).toBe(true);
    // Room inside the probes' table, and on the page of the nonces: a probe that fits proves nothing.
    await execute(
      database.url,
      `INSERT INTO public.database_probes (filler, probed_at)
      SELECT decode(repeat('00', 7000), 'hex'), now() - interval '1 hour' FROM generate_series(1, 60)`,
    );
    await execute(database.url, `DELETE FROM public.database_probes`);
    await execute(database.url, 'VACUUM (TRUNCATE off) public.database_probes');
    disk.fill();

    const written = [first];
    await pollUntil('a write that finds no room', async () => {
      const answer = await write();
      if (answer.status === 200) written.push(answer);
      return answer.status === 503;
    });
    await pollUntil('readiness says it', async () => {
      const { database: check } = (await ready()).checks;
      return JSON.stringify(check).includes('The database has no disk space left');
    });
    expect(await isUp()).toBe(false);

    disk.free();
    await pollUntil('the metrics say that all is well', isUp);
    written.push(
      await pollUntil('a write', async () => {
        const answer = await write();
        return answer.status === 200 ? answer : undefined;
      }),
    );
    const rows = await execute<{ nonce: string }>(
      database.url,
      'SELECT count(*)::int AS count FROM public.admin_nonces',
    );
    expect(rows).toEqual([{ count: written.length }]);
  });
});
