import { Body, Controller, Get, HttpCode, Module, Param, Post } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsArray, IsInt, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import type { DestinationStream } from 'pino';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { Endpoint, LARGEST_BODY } from '#src/common/endpoint.js';
import { DomainError } from '#src/common/errors/errors.js';
import { createLogger } from '#src/common/http/logger.js';
import { UuidPipe } from '#src/common/input/uuid.pipe.js';
import { Transactions } from '#src/common/database/transactions.js';
import { madeUpRoute } from '../made-up-events.js';
import { PATIENT_POOL } from '../database.js';
import { asAppRole } from '../sql.js';

class PartDto {
  @IsString()
  @MaxLength(5)
  readonly title: string;
}

class EchoDto {
  @IsOptional()
  @IsInt()
  readonly amount?: number;

  @IsOptional()
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PartDto)
  readonly parts?: PartDto[];
}

/** One route for each thing that the HTTP shell does for all of them. */
@Controller('shell')
class ShellController {
  constructor(private readonly transactions: Transactions) {}

  @Post('echo')
  @HttpCode(200)
  @Endpoint({ access: 'public', limit: 'probe', bodyLimit: LARGEST_BODY })
  @ApiOkResponse({ type: Object })
  echo(@Body() body: EchoDto) {
    return { body };
  }

  @Post('nothing')
  @HttpCode(200)
  @Endpoint({ access: 'public', limit: 'probe' })
  nothing() {
    return { done: true };
  }

  /** Counted where all replicas count. */
  @Get('limited')
  @Endpoint({ access: 'public', limit: 'create' })
  limited() {
    return { admitted: true };
  }

  @Get('now')
  @Endpoint({ access: 'public', limit: 'read' })
  async now() {
    return this.transactions.run((manager) => manager.query('SELECT 1 AS one'));
  }

  @Get('unlimited-now')
  @Endpoint({ access: 'public', limit: 'probe' })
  async unlimitedNow() {
    return this.transactions.run((manager) => manager.query('SELECT 1 AS one'));
  }

  @Get('sleep')
  @Endpoint({ access: 'public', limit: 'probe' })
  async sleep() {
    return this.transactions.run((manager) => manager.query('SELECT pg_sleep(60)'));
  }

  @Get('fails/:how')
  @Endpoint({ access: 'public', limit: 'probe' })
  async fails(@Param('how') how: string) {
    if (how === 'rpc') throw new DomainError('rpc_unavailable', 'The RPC had a timeout.');
    if (how === 'sql') await this.transactions.manager.query('SELECT secret_column FROM nowhere');
    throw new TypeError('password of /srv/secret is undefined, timeout');
  }
}

/** Audited like the payout routes, at paths like theirs. */
@Controller('commitments/:id')
class AuditedController {
  @Post('audited')
  @Endpoint({ access: 'public', limit: 'act', audit: madeUpRoute('audited_thing') })
  audited(@Param('id', UuidPipe) id: string, @Body() body: EchoDto) {
    if (body.amount === 1) throw new DomainError('not_attested', `Commitment ${id} is not attested.`);
    throw new Error('broken');
  }
}

@Module({ controllers: [ShellController, AuditedController] })
class ShellModule {}

/** The real application with the routes above, listening on a free port. */
export async function startHttpApp(
  databaseUrl: string,
  overrides: Readonly<Record<string, string>> = {},
  log?: DestinationStream,
): Promise<{ readonly app: NestFastifyApplication; readonly url: string }> {
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: log ? 'info' : 'silent',
    APP_ORIGIN: 'https://app.example.com',
    DATABASE_URL: asAppRole(databaseUrl),
    ...PATIENT_POOL,
    SOLANA_RPC_URL: 'http://127.0.0.1:1',
    ESCROW_DB_SECRET: 's'.repeat(32),
    ADMIN_WALLET_PUBKEYS: '7EcDhSYGxXyscszYEp35KHN8vvw3svAuLKTzXwCFLtV',
    JOBS_ENABLED: 'false',
    ...overrides,
  });
  const app = await createApp(environment, {
    extras: [ShellModule],
    logger: createLogger(environment.LOG_LEVEL, log),
  });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl() };
}
