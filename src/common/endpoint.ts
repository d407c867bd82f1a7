import { applyDecorators, type Type } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiExtension } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { AuditedRoute } from './audit-events.js';
import type { AdminAction } from './admin-actions.js';
import type { ErrorCode } from '#src/common/errors/error-table.js';
import { SignedBody } from './input/fields.js';
import type { RateLimitName } from './rate-limits.js';

/**
 * Who may call a route.
 * - `public`: anyone.
 * - `signed`: anyone who sends a wallet's signature in the body; the service verifies it.
 * - `admin`: a signed-in, allow-listed wallet; state-changing methods also need the right Origin.
 * - `admin_or_cron`: such an admin, or who sends CRON_SECRET in the header x-cron-secret: for routes that start a job and do
 *   nothing that the scheduler would not do by itself. There may be no signed-in admin behind it.
 * - `admin_or_signed`: such an admin; without a session, a wallet's signature in the body, which the service verifies.
 */
export type Access = 'public' | 'signed' | 'admin' | 'admin_or_cron' | 'admin_or_signed';

/** Bytes that a body may have unless the route says otherwise: room for a signature and a few members. */
export const SMALL_BODY = 4 * 1024;
/** Bytes that a body may have at routes that take a whole commitment. */
export const LARGEST_BODY = 16 * 1024;

export interface EndpointOptions {
  readonly access: Access;
  readonly limit: RateLimitName;
  /** Base of the audit events: `<audit>_ok` (not for reading), a refusal as `<audit>_denied`, a failure as `<audit>_error`. */
  readonly audit?: AuditedRoute;
  /**
   * For admin sign-in, where nobody is signed in yet: the Origin must equal APP_ORIGIN, `always`, or `when_sent`, so that a
   * command line can learn the right one from the message that it is to sign.
   */
  readonly originChecked?: 'always' | 'when_sent';
  /** Bytes; where it is not SMALL_BODY. At most LARGEST_BODY. */
  readonly bodyLimit?: number;
  /**
   * For `admin` routes that move money or change who may: what the admin's wallet signs. The access guard verifies it, and
   * the handler gets it by `@CurrentAct()`.
   */
  readonly act?: AdminAction;
  /** Class of the body of a route with `act`: the signed body, and parameters that are not in the path. */
  readonly body?: Type<SignedBody>;
  /** True for what creates or pays: the header Idempotency-Key is honoured. */
  readonly idempotent?: boolean;
  /** Error codes of this route beyond those that every route has; for the OpenAPI document. */
  readonly errors?: readonly ErrorCode[];
}

/** The one decorator that every route carries. A route without it is closed, and a test that walks all routes fails. */
export function Endpoint(options: EndpointOptions): MethodDecorator {
  return applyDecorators(
    RouteConfig({ endpoint: options }),
    // openapi.ts turns it into the problem answers and the security of the operation.
    ApiExtension(ENDPOINT_EXTENSION, { ...options, errors: withChainTroubles(options.errors ?? []) }),
    ...(options.act === undefined ? [] : [ApiBody({ type: options.body ?? SignedBody })]),
  );
}

/** Whoever asks the chain may also meet voices that disagree, or one alone. */
function withChainTroubles(errors: readonly ErrorCode[]): readonly ErrorCode[] {
  return errors.includes('rpc_unavailable') ? [...errors, 'chain_disagrees', 'single_source'] : errors;
}

export const ENDPOINT_EXTENSION = 'x-endpoint';

declare module 'fastify' {
  interface FastifyContextConfig {
    endpoint?: EndpointOptions;
  }
}

/** The declaration of the route that a request has reached; undefined where it reached none. */
export function endpointOf(request: Pick<FastifyRequest, 'routeOptions'>): EndpointOptions | undefined {
  return request.routeOptions.config.endpoint;
}

/** True where an admin's session is asked for, with or without another way in. */
export function isForAdmins({ access }: EndpointOptions): boolean {
  return access === 'admin' || access === 'admin_or_cron' || access === 'admin_or_signed';
}
