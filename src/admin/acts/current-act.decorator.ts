import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';
import type { AdminAct } from './admin-acts.service.js';

/** A request as the access guard leaves it. */
export interface AdmittedRequest extends FastifyRequest {
  admin?: SignedInAdmin;
  act?: AdminAct;
}

/** The same at a route of access `admin_or_signed`: null where a wallet has signed and no admin. */
export const ActOfAdmin = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<AdmittedRequest>().act ?? null,
);

/** The signed act of a route with `act`: `@CurrentAct() act: AdminAct<CommitmentParams>`. */
export const CurrentAct = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const { act } = context.switchToHttp().getRequest<AdmittedRequest>();
  if (act === undefined) throw new Error('this route declares no act in its @Endpoint');
  return act;
});
