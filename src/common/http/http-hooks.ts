import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { DomainError } from '#src/common/errors/errors.js';
import { currentContext, type RequestContext, runInContext } from '#src/common/request-context.js';
import type { Shutdown } from '#src/common/shutdown.js';
import { clientAddress } from './client-address.js';
import { KnownRoutes } from './known-routes.js';
import { type SafetyHeaders, setResponseHeaders } from './response-headers.js';
import { parseStrictJson } from './strict-json.js';

export const MAX_URL_LENGTH = 8_192;
const JSON_IN_UTF8 = /^application\/json(\s*;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

const contexts = new WeakMap<FastifyRequest, RequestContext>();

/** Runs `work` with the context of the request, also where the asynchronous context was lost. */
export function inRequestContext<T>(request: FastifyRequest, work: () => T): T {
  const context = contexts.get(request) ?? { requestId: request.id, ip: clientAddress(request), request };
  contexts.set(request, context);
  return runInContext(context, work);
}

/** Notes every route from now on, and lets requests enter their context before anything else sees them. */
export function installRequestHooks(fastify: FastifyInstance, shutdown: Shutdown): void {
  const routes = new KnownRoutes();
  fastify.addHook('onRoute', ({ method, url }) => routes.add(method, url));
  fastify.addHook('onRequest', (request, reply, done) => {
    repairContentType(request.raw.headers);
    inRequestContext(request, () => done(refusalOf(request, reply, routes)));
  });
  fastify.addHook('preValidation', (request, _reply, done) => {
    // A body that had to be waited for has lost it.
    if (currentContext()?.request === request) done();
    else inRequestContext(request, done);
  });
  // The next request finds another replica, and no connection holds up the end of this process.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (shutdown.isDraining) void reply.header('connection', 'close');
    done(null, payload);
  });
}

/** Some clients end the header with a separator, which the framework takes for no media type at all. */
function repairContentType(headers: FastifyRequest['raw']['headers']): void {
  const type = headers['content-type'];
  if (type !== undefined) headers['content-type'] = type.replace(/[;\s]+$/, '');
}

function refusalOf(
  request: FastifyRequest,
  reply: FastifyReply,
  routes: KnownRoutes,
): DomainError | undefined {
  const url = request.raw.url ?? '';
  if (url.length > MAX_URL_LENGTH) {
    return new DomainError('uri_too_long', `The URL is longer than ${MAX_URL_LENGTH} characters.`);
  }
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && !/^\s*(identity)?\s*$/i.test(encoding)) {
    return new DomainError('unsupported_media_type', 'Send the body as it is, without content-encoding.');
  }
  return request.is404 ? wrongMethod(request, reply, routes.methodsOf(url)) : undefined;
}

function wrongMethod(
  request: FastifyRequest,
  reply: FastifyReply,
  allowed: readonly string[],
): DomainError | undefined {
  if (allowed.length === 0) return undefined;
  void reply.header('allow', allowed.join(', '));
  const detail = `This path does not answer to ${request.method}, but to ${allowed.join(', ')}.`;
  return new DomainError('method_not_allowed', detail, { allow: allowed });
}

/** What other parts have to do with an answer. */
export interface AnswerParts {
  /** What else is known of a request when its answer goes out. */
  readonly headersOf: (request: FastifyRequest) => Record<string, string>;
  readonly safety: SafetyHeaders;
  /** Counts the answer; see the metrics of health/. */
  readonly observe: (request: FastifyRequest, reply: FastifyReply) => void;
}

/** Headers of every answer, one log line for it, and its place in the metrics. */
export function installAnswerHooks(
  fastify: FastifyInstance,
  logger: Logger,
  { headersOf, observe, safety }: AnswerParts,
): void {
  // The line has no member of a client or of a secret: there is nothing in it to redact.
  const lines = logger.child({}, { redact: [] });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    setResponseHeaders(request, reply, safety);
    void reply.headers(headersOf(request));
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    logAnswer(lines, request, reply);
    observe(request, reply);
    done();
  });
}

function logAnswer(logger: Logger, request: FastifyRequest, reply: FastifyReply): void {
  const actor = contexts.get(request)?.actor;
  logger.info(
    {
      requestId: request.id,
      ...(actor === undefined ? {} : { actor }),
      method: request.method,
      // The pattern, not the path: what stands in a path or a query is the client's own.
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    },
    'answered',
  );
}

/** What a route declares in `@Endpoint` and Fastify has to know. */
export function installRouteOptions(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const limit = route.config?.endpoint?.bodyLimit;
    if (limit !== undefined) route.bodyLimit = limit;
  });
}

/** JSON is the only body; every other content type is answered with 415. */
export function installBodyParser(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      if (!JSON_IN_UTF8.test(request.headers['content-type'] ?? '')) {
        throw new DomainError('unsupported_media_type', 'Send JSON as UTF-8: content-type application/json.');
      }
      done(null, parseStrictJson(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}
