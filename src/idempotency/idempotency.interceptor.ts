import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  Logger,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, mergeMap, type Observable, of } from 'rxjs';
import { endpointOf } from '#src/common/endpoint.js';
import { inRequestContext } from '#src/common/http/http-hooks.js';
import { PROBLEM_CONTENT_TYPE, toFailure, toProblem } from '#src/common/http/problem.js';
import { currentContext } from '#src/common/request-context.js';
import { clientAddress } from '#src/common/http/client-address.js';
import { clientOf } from '#src/rate-limit/rate-window.js';
import { isFinal, parseKey } from './idempotency.js';
import { badKey } from './idempotency.errors.js';
import type { StoredAnswer } from './idempotency.repository.js';
import { type HeldKey, Idempotency } from './idempotency.service.js';

const JSON_TYPE = 'application/json; charset=utf-8';

interface Http {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Honours the header Idempotency-Key at routes with `idempotent: true`. It stands behind the guards: nothing is repeated to
 * somebody whom they would not admit. The first of all interceptors: what the others do belongs to the work that is not
 * done again.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly logger = new Logger(IdempotencyInterceptor.name);

  constructor(private readonly keys: Idempotency) {}

  /** @throws DomainError `request_in_progress`, `idempotency_key_reused`; ValidationError for the header */
  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const header = request.headers['idempotency-key'];
    if (header === undefined || endpointOf(request)?.idempotent !== true) return next.handle();
    const key = parseKey(header);
    if (key === null) throw badKey();
    const path = request.url.split('?', 1)[0] ?? '';
    const scope = { method: request.method, path, caller: callerOf(request), key };
    const begun = await this.keys.begin(scope, askedFor(request), request.id);
    if ('statusCode' in begun) return of(repeat(begun, reply));
    return this.watch(next, begun, { request, reply });
  }

  private watch(next: CallHandler, held: HeldKey, http: Http): Observable<unknown> {
    return next.handle().pipe(
      mergeMap(async (value: unknown) => {
        await this.keep(held, answerOf(value, http.reply));
        return value;
      }),
      catchError(async (error: unknown) => {
        await this.keep(held, refusalOf(error, http.request));
        throw error;
      }),
    );
  }

  /** The work is done whatever happens here: without its row a retry does it again, which the business keys make harmless. */
  private async keep(held: HeldKey, answer: StoredAnswer | null): Promise<void> {
    try {
      if (answer === null) await this.keys.release(held);
      else await this.keys.finish(held, answer);
    } catch (error) {
      this.logger.warn({ msg: 'An answer could not be kept under its Idempotency-Key', err: error });
    }
  }
}

/** The guard has verified an admin's signature already: a retry that is signed anew asks for the same. */
function askedFor(request: FastifyRequest): unknown {
  if (endpointOf(request)?.act === undefined) return request.body;
  const {
    wallet: _w,
    issuedAt: _i,
    signature: _s,
    ...rest
  } = (request.body ?? {}) as Record<string, unknown>;
  return rest;
}

/** Gives the answer again, to the byte. */
function repeat({ statusCode, contentType, body }: StoredAnswer, reply: FastifyReply): string {
  void reply.status(statusCode).headers({ 'content-type': contentType, 'idempotent-replayed': 'true' });
  return body;
}

function answerOf(value: unknown, { statusCode }: FastifyReply): StoredAnswer {
  return { statusCode, contentType: JSON_TYPE, body: JSON.stringify(value) };
}

/** The document that the problem filter is about to answer; null when it is not to be repeated. */
function refusalOf(error: unknown, request: FastifyRequest): StoredAnswer | null {
  const failure = toFailure(error);
  if (!isFinal(failure.code) || !isProven(request)) return null;
  const problem = toProblem(failure, request.originalUrl ?? request.url, request.id);
  return { statusCode: problem.status, contentType: PROBLEM_CONTENT_TYPE, body: JSON.stringify(problem) };
}

/** A wallet is named by anybody until its signature was verified: before that, nothing is kept under its name. */
function isProven(request: FastifyRequest): boolean {
  return endpointOf(request)?.access !== 'signed' || actorOf(request) !== undefined;
}

/** The wallet or cron that the guard or a verified signature has named by now. */
function actorOf(request: FastifyRequest): string | undefined {
  return inRequestContext(request, () => currentContext()?.actor);
}

/** Whose key it is: that of the admin or cron whom the guard has admitted, of the wallet that is to sign, or of an address. */
function callerOf(request: FastifyRequest): string {
  const actor = actorOf(request);
  if (actor !== undefined) return `actor:${actor}`;
  const { wallet } = (request.body ?? {}) as { wallet?: unknown };
  const isSigned = endpointOf(request)?.access === 'signed';
  return isSigned && typeof wallet === 'string'
    ? `wallet:${wallet}`
    : `address:${clientOf(clientAddress(request))}`;
}
