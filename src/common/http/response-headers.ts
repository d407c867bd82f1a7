import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { FastifyReply, FastifyRequest } from 'fastify';

const DOCS = /^\/docs(\/|$|\?)/;
const NONE = ["'none'"];
const SELF = ["'self'"];
const API_POLICY = { defaultSrc: NONE, frameAncestors: NONE, baseUri: NONE, formAction: NONE };

// The reader's own files, the styles that stand in its page, and requests to this API.
const DOCS_POLICY = {
  ...API_POLICY,
  scriptSrc: SELF,
  styleSrc: [...SELF, "'unsafe-inline'"],
  imgSrc: [...SELF, 'data:'],
  connectSrc: SELF,
};

/** What helmet sets on every answer; a year of HTTPS is promised in production only. */
export function helmetOptions(production: boolean): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: API_POLICY },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  };
}

/** The options of the API's reader, which is a page with scripts and styles; undefined for every other route. */
export function docsHelmet(url: string): { contentSecurityPolicy: object } | undefined {
  if (!DOCS.test(url)) return undefined;
  return { contentSecurityPolicy: { useDefaults: false, directives: DOCS_POLICY } };
}

/** For answers to what never became a request that hooks see, and so no page either. */
export const BARE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** What helmet knows nothing of. */
export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply): void {
  const isDocs = DOCS.test(request.raw.url ?? '');
  void reply.headers({ 'x-request-id': request.id, ...(isDocs ? {} : { 'cache-control': 'no-store' }) });
}
