import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import type { AuditEvent } from '#src/common/audit-events.js';
import { endpointOf } from '#src/common/endpoint.js';
import { inRequestContext } from '#src/common/http/http-hooks.js';
import { currentContext } from '#src/common/request-context.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { subjectOf } from './audit-subject.js';

/**
 * Writes `<audit>_ok` for a request that succeeded, unless its service has done so in the transaction of the change: then the
 * row is there already, with more to tell. Reading is no event: a GET writes nothing. Nor does asking for a sign-in nonce: whoever
 * has proved nothing yet fills neither the log nor the webhook.
 */
@Injectable()
export class AuditSuccessInterceptor implements NestInterceptor {
  constructor(private readonly outcomes: AuditOutcomes) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const { audit: base, access } = endpointOf(request) ?? {};
    const isReading = request.method === 'GET' || request.method === 'HEAD';
    if (base === undefined || isReading || access === 'public') return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await inRequestContext(request, () => this.record(`${base}_ok`, request, answer));
        return answer;
      }),
    );
  }

  private async record(event: AuditEvent, request: FastifyRequest, answer: unknown): Promise<void> {
    if (currentContext()?.recorded?.has(event)) return;
    await this.outcomes.write({ event, ...subjectOf(request, answer), fields: { answered: true } });
  }
}
