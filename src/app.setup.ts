import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import type { DynamicModule, NestApplicationOptions, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import type { Logger } from 'pino';
import { v7 } from 'uuid';
import type { Environment } from '../config/environment.js';
import { Settings } from '../config/settings.js';
import { AppModule } from './app.module.js';
import { SMALL_BODY } from './common/endpoint.js';
import { clientErrorHandler } from './common/http/client-errors.js';
import {
  installAnswerHooks,
  installBodyParser,
  installRequestHooks,
  installRouteOptions,
  MAX_URL_LENGTH,
} from './common/http/http-hooks.js';
import { createLogger, NestLogger } from './common/http/logger.js';
import { serveOpenApi } from './common/http/openapi.js';
import { toFailure } from './common/http/problem.js';
import { replyProblem } from './common/http/problem-reply.js';
import { BARE_HEADERS, helmetOptions } from './common/http/response-headers.js';
import { Shutdown } from './common/shutdown.js';
import { Metrics } from './health/metrics.service.js';
import { RequestCounter } from './rate-limit/request-counter.service.js';

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
    // A client has 15 s to send its request; the answer of a payout may take PAYOUT_WAIT_SECONDS in silence.
    requestTimeout: 15_000,
    connectionTimeout: (environment.PAYOUT_WAIT_SECONDS + 30) * 1_000,
    keepAliveTimeout: 65_000,
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 10_000 },
    requestIdHeader: false,
    genReqId: () => v7(),
    routerOptions: { maxParamLength: MAX_URL_LENGTH },
    // The hooks answer during a shutdown, with a problem document.
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
  // First of all, so that what the hooks refuse has these headers as well.
  await app.register(fastifyHelmet, helmetOptions(settings.isProduction));
  const counter = app.get(RequestCounter, { strict: false });
  const metrics = app.get(Metrics, { strict: false });
  installAnswerHooks(fastify, logger, {
    headersOf: (request) => counter.headersOf(request),
    observe: (...answer) => metrics.observe(...answer),
  });
  installRouteOptions(fastify);
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
  app.setGlobalPrefix('api', { exclude: UNPREFIXED });
  serveOpenApi(app);
}
