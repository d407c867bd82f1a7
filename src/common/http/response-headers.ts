import type { FastifyReply, FastifyRequest } from 'fastify';

const DOCS = /^\/docs(\/|$|\?)/;

/** The headers that every answer carries, whatever it is. */
export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply, production: boolean): void {
  const isDocs = DOCS.test(request.raw.url ?? '');
  void reply.headers({
    'x-request-id': request.id,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': isDocs
      ? "frame-ancestors 'none'"
      : "default-src 'none'; frame-ancestors 'none'",
    ...(isDocs ? {} : { 'cache-control': 'no-store' }),
    ...(production ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
  });
}
