import { Body, Controller, Get, HttpCode, Module, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsOptional, IsUUID } from 'class-validator';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { AuditOutcomes } from '#src/audit/log/audit-outcomes.service.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { Endpoint } from '#src/common/endpoint.js';
import { DomainError } from '#src/common/errors/errors.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { Transactions } from '#src/common/database/transactions.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { execute } from '../../support/sql.js';
import { madeUpEvent, madeUpRoute } from '../../support/made-up-events.js';

const ID = '0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f';
const PAYOUT = '0198d5a2-7f6e-7c3a-9d4e-000000000001';
const OK = madeUpEvent('thing_ok');
const audited = { access: 'signed', limit: 'probe', audit: madeUpRoute('thing') } as const;

class ThingBody {
  @IsOptional()
  @IsUUID()
  readonly commitmentId?: string;
}

/** Every way in which a service may or may not have written its own row. */
@Controller('things')
class ThingController {
  constructor(
    private readonly audit: Audit,
    private readonly transactions: Transactions,
  ) {}

  @Post('plain')
  @HttpCode(200)
  @Endpoint(audited)
  @ApiOkResponse({ type: Object })
  plain(@Body() _body: ThingBody) {
    return { payout: { id: PAYOUT } };
  }

  @Post('own')
  @Endpoint(audited)
  async own() {
    await this.transactions.run((manager) =>
      this.audit.record(manager, { event: OK, fields: { own: true } }),
    );
    return {};
  }

  @Post('retried')
  @Endpoint(audited)
  async retried() {
    let attempts = 0;
    await this.transactions.run(async (manager) => {
      attempts += 1;
      await this.audit.record(manager, { event: OK, fields: { attempts } });
      if (attempts < 3) await manager.query(`DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`);
    });
    return {};
  }

  @Post('rolled-back')
  @Endpoint(audited)
  async rolledBack() {
    const failed = this.transactions.run(async (manager) => {
      await this.audit.record(manager, { event: OK, fields: { own: true } });
      throw new Error('rolled back');
    });
    await failed.catch(() => undefined);
    return {};
  }

  @Post('done-then-failed')
  @Endpoint(audited)
  async doneThenFailed() {
    await this.own();
    throw new Error('broken after the fact');
  }

  @Post('refused/:commitmentId')
  @Endpoint(audited)
  refused(@Param('commitmentId', UuidPipe) id: string) {
    throw new DomainError('not_attested', `${id} is not attested.`, { payoutId: PAYOUT });
  }

  @Post('broken')
  @Endpoint(audited)
  broken() {
    throw new Error('broken');
  }

  @Get('read')
  @Endpoint(audited)
  read() {
    return {};
  }
}

@Module({ imports: [AuditModule], controllers: [ThingController] })
class ThingModule {}

let database: TestDatabase;
let app: NestFastifyApplication;

beforeAll(async () => {
  database = await createTestDatabase();
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    SOLANA_RPC_URL: 'http://127.0.0.1:1',
    ESCROW_DB_SECRET: 's'.repeat(32),
    JOBS_ENABLED: 'false',
  });
  app = await createApp(environment, { extras: [ThingModule] });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

interface Row {
  readonly event: string;
  readonly actor: string;
  readonly commitment: string | null;
  readonly payout: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Status of the answer, and what the request has left in the log. */
async function send(path: string, method: 'POST' | 'GET' = 'POST', payload?: object) {
  const sent = { method, url: `/api/things/${path}`, ...(payload === undefined ? {} : { payload }) };
  const answer = await app.inject(sent);
  const rows = await execute<Row>(
    database.url,
    `SELECT event, actor, commitment_id AS commitment, payout_id AS payout, fields FROM audit_logs
      WHERE request_id = $1 ORDER BY id`,
    [answer.headers['x-request-id']],
  );
  return { status: answer.statusCode, rows };
}

describe('D8: every outcome of an audited route is one row', () => {
  it('of a service that writes none of its own', async () => {
    const { status, rows } = await send('plain', 'POST', { commitmentId: ID });
    expect(status).toBe(200);
    const row = { event: OK, actor: 'anonymous', commitment: ID, payout: PAYOUT, fields: { answered: true } };
    expect(rows).toEqual([row]);
  });

  it('of a service that writes it in the transaction of the change', async () => {
    expect(await send('own')).toMatchObject({ status: 201, rows: [{ event: OK, fields: { own: true } }] });
  });

  it('of a transaction that is run again after a serialization failure', async () => {
    const { rows } = await send('retried');
    expect(rows).toMatchObject([{ event: OK, fields: { attempts: 3 } }]);
    expect(rows).toHaveLength(1);
  });

  it('of a success whose own row was rolled back', async () => {
    const { rows } = await send('rolled-back');
    expect(rows).toMatchObject([{ event: OK, fields: { answered: true } }]);
    expect(rows).toHaveLength(1);
  });

  it('of an act that was done before its answer failed', async () => {
    const { status, rows } = await send('done-then-failed');
    expect([status, rows.map(({ event }) => event)]).toEqual([500, [OK]]);
  });

  it('of a refusal, with what it was about', async () => {
    const { status, rows } = await send(`refused/${ID.toUpperCase()}`);
    expect(status).toBe(409);
    expect(rows).toMatchObject([{ event: 'thing_denied', commitment: ID, payout: PAYOUT }]);
    const invalid = await send('plain', 'POST', { commitmentId: '\u0000' });
    expect(invalid).toMatchObject({ status: 400, rows: [{ event: 'thing_denied', commitment: null }] });
    expect(rows.length + invalid.rows.length).toBe(2);
  });

  it('of a failure', async () => {
    const { status, rows } = await send('broken');
    expect([status, rows.map(({ event }) => event)]).toEqual([500, ['thing_error']]);
  });

  it('and none for reading', async () => {
    expect(await send('read', 'GET')).toEqual({ status: 200, rows: [] });
  });

  it('a success stays one when its row alone cannot be written, and the loss is counted', async () => {
    await execute(database.url, 'ALTER TABLE audit_logs RENAME TO audit_logs_away');
    try {
      const before = app.get(AuditOutcomes).lost;
      expect((await app.inject({ method: 'POST', url: '/api/things/plain' })).statusCode).toBe(200);
      expect(app.get(AuditOutcomes).lost).toBe(before + 1);
    } finally {
      await execute(database.url, 'ALTER TABLE audit_logs_away RENAME TO audit_logs');
    }
  });
});
