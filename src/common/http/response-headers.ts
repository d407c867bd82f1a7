import fastifyHelmet, { type FastifyHelmetOptions } from '@fastify/helmet';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';

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
function helmetOptions(production: boolean, directives: Directives): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: production ? { maxAge: 31_536_000, includeSubDomains: true } : false,
  };
}

function isPage(url: string): boolean {
  return PAGES.test(url) || DOCS.test(url);
}

type Directives = Record<string, readonly string[]>;
type Headers = Readonly<Record<string, string>>;

/** What helmet sets on answers of each kind. */
export interface SafetyHeaders {
  readonly api: Headers;
  readonly docs: Headers;
  readonly pages: Headers;
}

/** Asked of helmet once: they never change, and to build them anew for each answer costs more than the rest of its headers. */
export async function safetyHeaders(production: boolean): Promise<SafetyHeaders> {
  const without = await headersWith();
  const of = async (directives: Directives) => {
    const added = Object.entries(await headersWith(helmetOptions(production, directives))).filter(
      ([name]) => !(name in without),
    );
    return Object.fromEntries(added.map(([name, value]) => [name, String(value)]));
  };
  const [api, docs, pages] = await Promise.all([of(API_POLICY), of(DOCS_POLICY), of(PAGE_POLICY)]);
  return { api, docs, pages };
}

/** Of an answer that has nothing else; without options, none of helmet's. */
async function headersWith(options?: FastifyHelmetOptions): Promise<object> {
  const bare = fastify();
  if (options !== undefined) await bare.register(fastifyHelmet, options);
  const { headers } = await bare.inject('/');
  await bare.close();
  return headers;
}

/** Of a route that was found; whatever is not there has the strictest. */
function safetyOf({ api, docs, pages }: SafetyHeaders, route: string | undefined): Headers {
  if (route === undefined || !isPage(route)) return api;
  return PAGES.test(route) ? pages : docs;
}

/** For answers to what never became a request that hooks see, and so no page either. */
export const BARE_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
} as const;

/** Every header that an answer has whatever it says. */
export function setResponseHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  safety: SafetyHeaders,
): void {
  // Its files say themselves how long they may be kept; what is refused there is no file.
  const isFile = isPage(request.raw.url ?? '') && reply.statusCode < 400;
  void reply.headers(safetyOf(safety, request.routeOptions.url));
  void reply.header('x-request-id', request.id);
  if (!isFile) void reply.header('cache-control', 'no-store');
}
