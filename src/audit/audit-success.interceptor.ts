import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { endpointOf } from '../common/endpoint.js';
import { inRequestContext } from '../common/http/http-hooks.js';
import { currentContext } from '../common/request-context.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { subjectOf } from './audit-subject.js';

/**
 * Writes `<audit>_ok` for a request that succeeded, unless its service has done so in the transaction of the change: then the
 * row is there already, with more to tell. Reading is no event: a GET writes nothing.
 */
@Injectable()
export class AuditSuccessInterceptor implements NestInterceptor {
  constructor(private readonly outcomes: AuditOutcomes) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const base = endpointOf(request)?.audit;
    if (base === undefined || request.method === 'GET' || request.method === 'HEAD') return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await inRequestContext(request, () => this.record(`${base}_ok`, request, answer));
        return answer;
      }),
    );
  }

  private async record(event: string, request: FastifyRequest, answer: unknown): Promise<void> {
    if (currentContext()?.recorded?.has(event)) return;
    await this.outcomes.write({ event, ...subjectOf(request, answer), fields: { answered: true } });
  }
}
