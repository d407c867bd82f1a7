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

/** Our own pages, which run in a browser that holds an admin's session. */
const PAGES = /^\/(console|public|c|new)(\/|$|\?)/;
// No script but our files, and no text ever becomes markup or code. Wallets bring their icons as data: URLs.
const PAGE_POLICY = {
  ...API_POLICY,
  scriptSrc: SELF,
  styleSrc: SELF,
  imgSrc: [...SELF, 'data:'],
  connectSrc: SELF,
  requireTrustedTypesFor: ["'script'"],
  trustedTypes: NONE,
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

/** The options of what is shown in a browser, with scripts and styles; undefined for every other route. */
export function pageHelmet(url: string): { contentSecurityPolicy: object } | undefined {
  const directives = PAGES.test(url) ? PAGE_POLICY : DOCS_POLICY;
  return isPage(url) ? { contentSecurityPolicy: { useDefaults: false, directives } } : undefined;
}

function isPage(url: string): boolean {
  return PAGES.test(url) || DOCS.test(url);
}

/** For answers to what never became a request that hooks see, and so no page either. */
export const BARE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** What helmet knows nothing of. */
export function setResponseHeaders(request: FastifyRequest, reply: FastifyReply): void {
  // Its files say themselves how long they may be kept; what is refused there is no file.
  const isFile = isPage(request.raw.url ?? '') && reply.statusCode < 400;
  void reply.headers({ 'x-request-id': request.id, ...(isFile ? {} : { 'cache-control': 'no-store' }) });
}
