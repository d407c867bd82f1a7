import fastifyCookie from '@fastify/cookie';
import type { DynamicModule, INestApplication, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { Environment } from '#config/environment.js';
import { Settings } from '#config/settings.js';
import { AppModule } from './app.module.js';
import { SMALL_BODY } from '#src/common/endpoint.js';
import { clientErrorHandler } from '#src/common/http/client-errors.js';
import {
  installAnswerHooks,
  installBodyParser,
  installRequestHooks,
  installRouteOptions,
  MAX_URL_LENGTH,
} from '#src/common/http/http-hooks.js';
import { createLogger, NestLogger } from '#src/common/http/logger.js';
import { serveOpenApi } from '#src/common/openapi/document.js';
import { keepDeadlines } from './common/http/request-deadlines.js';
import { toFailure } from '#src/common/http/problem.js';
import { replyProblem } from '#src/common/http/problem-reply.js';
import { BARE_HEADERS, safetyHeaders } from '#src/common/http/response-headers.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Metrics } from '#src/health/metrics.service.js';
import { servePages } from '#src/pages/pages.js';
import { LimitedRoutes } from '#src/rate-limit/limited-routes.service.js';
import { RequestCounter } from '#src/rate-limit/request-counter.service.js';

const MAX_HEADER_BYTES = 32 * 1024;
const UNPREFIXED = ['health/live', 'health/ready', 'metrics', 'openapi.json', 'docs'];

/** What a test may put in the place of ours. */
export interface AppOptions {
  readonly logger?: Logger;
  /** Modules beside ours. */
  readonly extras?: readonly (Type<unknown> | DynamicModule)[];
  /** Builds the application, for example with @nestjs/testing and overridden providers. */
  readonly build?: (
    module: DynamicModule,
    adapter: FastifyAdapter,
    options: NestApplicationOptions,
  ) => Promise<NestFastifyApplication>;
}

/**
 * The application, ready for `listen()` or `init()`.
 * @throws when the database cannot be reached
 */
export async function createApp(
  environment: Environment,
  { logger = createLogger(environment.LOG_LEVEL), extras = [], build = buildApp }: AppOptions = {},
): Promise<NestFastifyApplication> {
  const module = AppModule.forRoot(environment, extras);
  const options = { bodyParser: false, logger: new NestLogger(logger), abortOnError: false };
  const app = await build(module, createAdapter(environment, logger), options);
  await configure(app, logger);
  return app;
}

function buildApp(module: DynamicModule, adapter: FastifyAdapter, options: NestApplicationOptions) {
  return NestFactory.create<NestFastifyApplication>(module, adapter, options);
}

function createAdapter(environment: Environment, logger: Logger): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    // The hooks write one line for each answer.
    logController: new LogController({ disableRequestLogging: true }),
    // Hop 0 is the peer itself: with no trusted hop, what X-Forwarded-For says is never looked at.
    trustProxy: (_address: string, hop: number) => hop < environment.TRUST_PROXY,
    bodyLimit: SMALL_BODY,
    // 0: `keepDeadlines` measures them.
    requestTimeout: 0,
    keepAliveTimeout: environment.KEEP_ALIVE_SECONDS * 1_000,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 0 },
    requestIdHeader: false,
    genReqId: () => v7(),
    // Some probes and clients end a path with a slash.
    routerOptions: { maxParamLength: MAX_URL_LENGTH, ignoreTrailingSlash: true },
    // What has arrived is served, also during a shutdown.
    return503OnClosing: false,
    clientErrorHandler: clientErrorHandler(v7),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      void reply.headers({ ...BARE_HEADERS, 'x-request-id': request.id });
      replyProblem(request, reply, toFailure(error));
    },
  });
}

async function configure(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  const settings = app.get(Settings);
  const counter = app.get(RequestCounter, { strict: false });
  const metrics = app.get(Metrics, { strict: false });
  installAnswerHooks(fastify, logger, {
    safety: await safetyHeaders(settings.isProduction),
    headersOf: (request) => counter.headersOf(request),
    observe: (...answer) => metrics.observe(...answer),
  });
  installRouteOptions(fastify);
  const limited = app.get(LimitedRoutes, { strict: false });
  fastify.addHook('onRoute', ({ method, url, config }) => {
    if (config?.endpoint !== undefined) limited.note([method].flat(), url, config.endpoint.limit);
  });
  keepDeadlines(fastify.server, {
    headersMs: 10_000,
    requestMs: 15_000,
    firstByteMs: settings.env.KEEP_ALIVE_SECONDS * 1_000,
    // The answer of a payout may take that long in silence.
    silenceMs: (settings.env.PAYOUT_WAIT_SECONDS + 30) * 1_000,
  });
  installRequestHooks(fastify, app.get(Shutdown));
  installBodyParser(fastify);
  await app.register(fastifyCookie);
  app.enableCors({
    origin: [settings.appOrigin],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    allowedHeaders: ['content-type', 'idempotency-key'],
    exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after', 'idempotent-replayed'],
    strictPreflight: false,
    maxAge: 600,
  });
  setPrefix(app);
  serveOpenApi(app);
  await servePages(app);
}

/** Every route is below /api but for those that operators and readers of the API ask for. */
export function setPrefix(app: INestApplication): void {
  app.setGlobalPrefix('api', { exclude: UNPREFIXED });
}
