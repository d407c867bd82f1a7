import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { PaidDto } from './releases.dto.js';

type Paid = Partial<Pick<PaidDto, 'payout' | 'signature'>>;

/** 200 when the payout is confirmed or there is none to wait for, 202 while it is not. */
@Injectable()
export class AcceptedUntilPaid<T extends Paid> implements NestInterceptor<T, T> {
  intercept(context: ExecutionContext, next: CallHandler<T>): Observable<T> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((paid) => {
        const isOpen = paid.payout !== undefined && paid.signature === undefined;
        void reply.status(isOpen ? 202 : 200);
        return paid;
      }),
    );
  }
}
