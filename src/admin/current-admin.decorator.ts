import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notSignedIn } from './admin.errors.js';
import type { SignedInAdmin } from './admin-sessions.service.js';

/** A request as the access guard leaves it. */
export interface AdmittedRequest extends FastifyRequest {
  admin?: SignedInAdmin;
}

/** The signed-in admin of a route with `access: 'admin'`. */
export const CurrentAdmin = createParamDecorator((_: unknown, context: ExecutionContext): SignedInAdmin => {
  const { admin } = context.switchToHttp().getRequest<AdmittedRequest>();
  if (admin === undefined) throw notSignedIn();
  return admin;
});
