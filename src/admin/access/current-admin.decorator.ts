import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AdmittedRequest } from '#src/admin/acts/current-act.decorator.js';
import { notSignedIn } from '#src/admin/sessions/admin.errors.js';
import type { SignedInAdmin } from '#src/admin/sessions/admin-sessions.service.js';

/** The signed-in admin of a route with `access: 'admin'`. */
export const CurrentAdmin = createParamDecorator((_: unknown, context: ExecutionContext): SignedInAdmin => {
  const { admin } = context.switchToHttp().getRequest<AdmittedRequest>();
  if (admin === undefined) throw notSignedIn();
  return admin;
});
