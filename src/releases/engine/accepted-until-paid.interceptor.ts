import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { PaidDto } from '#src/releases/payouts/payouts.dto.js';

type Paid = Partial<Pick<PaidDto, 'payout' | 'signature'>> & {
  readonly commitment?: Pick<PaidDto['commitment'], 'status' | 'failureEffectiveAt'>;
};

/** 200 when the payout is confirmed or there is none to wait for, 202 while it is not, and for a failure that is to come. */
@Injectable()
export class AcceptedUntilPaidInterceptor<T extends Paid> implements NestInterceptor<T, T> {
  intercept(context: ExecutionContext, next: CallHandler<T>): Observable<T> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((paid) => {
        const { payout, signature, commitment } = paid;
        const isUndecided = commitment?.status === 'active' || commitment?.status === 'failing';
        const isToCome = payout === undefined && isUndecided && commitment.failureEffectiveAt !== undefined;
        const isOpen = (payout !== undefined && signature === undefined) || isToCome;
        void reply.status(isOpen ? 202 : 200);
        return paid;
      }),
    );
  }
}
