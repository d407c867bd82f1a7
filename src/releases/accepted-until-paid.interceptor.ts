import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { PaidDto } from './releases.dto.js';

/** 200 when the payout is confirmed or there is nothing to pay, 202 while it is not. */
@Injectable()
export class AcceptedUntilPaid implements NestInterceptor<PaidDto, PaidDto> {
  intercept(context: ExecutionContext, next: CallHandler<PaidDto>): Observable<PaidDto> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((paid) => {
        void reply.status(paid.payout !== undefined && paid.signature === undefined ? 202 : 200);
        return paid;
      }),
    );
  }
}
