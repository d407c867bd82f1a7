import { Controller, Delete, Get, Module, Post, type Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { parseEnvironment } from '#config/environment.js';
import { createApp } from '#src/app.setup.js';
import { Clock } from '#src/common/clock.js';
import { HandClock } from '#src/common/clock.fake.js';
import { Endpoint, type EndpointOptions } from '#src/common/endpoint.js';
import { currentContext } from '#src/common/request-context.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { madeUpRoute } from '../made-up-events.js';
import { PATIENT_POOL } from '../database.js';
import { asAppRole } from '../sql.js';

export const ORIGIN = 'https://app.example.com';

/** One route of every kind of rule, so that the guard is met as a client meets it. */
@Controller('probe')
class ProbeController {
  @Get('undeclared')
  undeclared() {
    return { reached: true };
  }

  @Get('public')
  @Endpoint({ access: 'public', limit: 'read' })
  open() {
    return { reached: true };
  }

  @Post('signed')
  @Endpoint({ access: 'signed', limit: 'act' })
  signed() {
    return { reached: true };
  }

  @Post('job')
  @Endpoint({ access: 'admin_or_cron', limit: 'admin', audit: madeUpRoute('admin_probe_job') })
  job() {
    return { actor: currentContext()?.actor };
  }

  @Delete('admin')
  @Endpoint({ access: 'admin', limit: 'admin', audit: madeUpRoute('admin_probe') })
  admin() {
    return { reached: true };
  }
}

@Module({ imports: [SignedMessagesModule], controllers: [ProbeController] })
class ProbeModule {}

export interface AdminAppRoute {
  readonly method: string;
  readonly path: string;
  readonly endpoint: EndpointOptions | undefined;
}

export interface AdminApp {
  readonly app: NestFastifyApplication;
  readonly clock: HandClock;
  readonly routes: readonly AdminAppRoute[];
}

/** The real application over a real database, with a clock of ours and routes that show what the guard lets through. */
export async function startAdminApp(
  databaseUrl: string,
  admins: readonly string[],
  overrides: Readonly<Record<string, string>> = {},
  extras: readonly Type<unknown>[] = [],
): Promise<AdminApp> {
  const environment = parseEnvironment({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    APP_ORIGIN: ORIGIN,
    DATABASE_URL: asAppRole(databaseUrl),
    ...PATIENT_POOL,
    ADMIN_WALLET_PUBKEYS: admins.join(','),
    SOLANA_CLUSTER: 'devnet',
    // Nothing here asks the chain.
    SOLANA_RPC_URL: 'http://127.0.0.1:1',
    ESCROW_DB_SECRET: 's'.repeat(32),
    JOBS_ENABLED: 'false',
    ...overrides,
  });
  const clock = new HandClock(Date.now());
  const app = await createApp(environment, {
    extras: [ProbeModule, ...extras],
    build: async (module, adapter, options) => {
      const built = await Test.createTestingModule({ imports: [module] })
        .overrideProvider(Clock)
        .useValue(clock)
        .compile();
      return built.createNestApplication<NestFastifyApplication>(adapter, options);
    },
  });
  const fastify = app.getHttpAdapter().getInstance();
  const routes: AdminAppRoute[] = [];
  fastify.addHook('onRoute', ({ method, url, config }) => {
    const methods = [method].flat().filter((name) => name !== 'HEAD' && name !== 'OPTIONS');
    for (const name of methods) routes.push({ method: name, path: url, endpoint: config?.endpoint });
  });
  await app.init();
  await fastify.ready();
  return { app, clock, routes };
}
