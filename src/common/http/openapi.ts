import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { ENDPOINT_EXTENSION, type EndpointOptions, isForAdmins } from '../endpoint.js';
import { ERROR_TABLE, type ErrorCode } from '../error-table.js';
import { PROBLEM_CONTENT_TYPE } from './problem.js';

type PathItem = NonNullable<OpenAPIObject['paths'][string]>;
type Operation = NonNullable<PathItem['get']>;
type Answer = Record<string, unknown> & { headers?: Record<string, unknown>; content?: object };

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const ALWAYS: readonly ErrorCode[] = [
  'bad_request',
  'too_many_requests',
  'internal_error',
  'database_unavailable',
  'shutting_down',
];
const WITH_BODY: readonly ErrorCode[] = [
  'malformed_json',
  'validation_failed',
  'payload_too_large',
  'unsupported_media_type',
];
const ADMIN: readonly ErrorCode[] = ['not_signed_in', 'not_an_admin'];
const IDEMPOTENT: readonly ErrorCode[] = ['request_in_progress', 'idempotency_key_reused'];
const SESSION_COOKIE = 'cts_admin_session';

/** Serves the document at /openapi.json and its reader at /docs. */
export function serveOpenApi(app: INestApplication): OpenAPIObject {
  const document = createOpenApiDocument(app);
  SwaggerModule.setup('docs', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Commit To Ship API',
  });
  return document;
}

/** Every route with its body, answers, errors and headers; the errors come from `@Endpoint`. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Commit To Ship')
    .setDescription(
      'Public commitments on Solana: money is locked in an escrow and leaves it only by the terms that were signed. ' +
        'Times are RFC 3339 in UTC, lamports are JSON integers, errors are RFC 9457 problem documents with a stable code.',
    )
    .setVersion('1')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'adminSession')
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'x-cron-secret',
        description: 'CRON_SECRET; starts jobs and nothing else.',
      },
      'cronSecret',
    )
    .build();
  const document = SwaggerModule.createDocument(app, config);
  document.components = { ...document.components, schemas: { ...document.components?.schemas, Problem } };
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) if (item[method]) complete(item[method], method);
  }
  return document;
}

function complete(operation: Operation, method: string): void {
  const extended = operation as Operation & { [ENDPOINT_EXTENSION]?: EndpointOptions };
  const endpoint = extended[ENDPOINT_EXTENSION];
  delete extended[ENDPOINT_EXTENSION];
  if (endpoint === undefined) return;
  if (isForAdmins(endpoint)) operation.security = [{ adminSession: [] }];
  if (endpoint.access === 'admin_or_cron') operation.security?.push({ cronSecret: [] });
  if (endpoint.idempotent === true) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  const answers = operation.responses as unknown as Record<string, Answer>;
  for (const [status, answer] of Object.entries(answers)) {
    const replayed = endpoint.idempotent === true ? { 'idempotent-replayed': REPLAYED } : {};
    answers[status] = { ...answer, headers: { ...COMMON_HEADERS, ...replayed, ...answer.headers } };
  }
  for (const [status, codes] of byStatus(codesOf(operation, endpoint, method))) {
    answers[status] = withProblem(answers[status], status, codes);
  }
}

function codesOf(operation: Operation, endpoint: EndpointOptions, method: string): ErrorCode[] {
  const changesState = method !== 'get';
  const hasInput = (operation.parameters ?? []).length > 0;
  const checksOrigin = endpoint.originChecked !== undefined || (isForAdmins(endpoint) && changesState);
  const codes = [
    ...ALWAYS,
    ...(changesState ? WITH_BODY : []),
    ...(hasInput ? (['validation_failed', 'uri_too_long'] as const) : []),
    ...(isForAdmins(endpoint) ? ADMIN : []),
    ...(checksOrigin ? (['origin_mismatch'] as const) : []),
    ...(endpoint.idempotent === true ? IDEMPOTENT : []),
    ...(endpoint.errors ?? []),
  ];
  return [...new Set(codes)];
}

function byStatus(codes: readonly ErrorCode[]): Map<string, ErrorCode[]> {
  const groups = new Map<string, ErrorCode[]>();
  for (const code of codes) {
    const status = String(ERROR_TABLE[code].status);
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return groups;
}

function withProblem(present: Answer | undefined, status: string, codes: readonly ErrorCode[]): Answer {
  const schema = {
    allOf: [
      { $ref: '#/components/schemas/Problem' },
      { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } },
    ],
  };
  const listed = codes.map((code) => `\`${code}\`: ${ERROR_TABLE[code].title}`).join('\n\n');
  const description = [present?.['description'], listed].filter(Boolean).join('\n\n');
  const waits = status === '429' || status === '503' ? { 'Retry-After': RETRY_AFTER } : {};
  return {
    ...present,
    description,
    headers: { ...COMMON_HEADERS, ...waits, ...present?.headers },
    content: { ...present?.content, [PROBLEM_CONTENT_TYPE]: { schema } },
  };
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  in: 'header' as const,
  required: false,
  description:
    'Makes a retry safe: for 24 hours, the same key with the same body gets the first answer again. 1 to 255 printable ' +
    'ASCII characters, quoted or bare; a key belongs to this route, these ids and this caller.',
  schema: { type: 'string', maxLength: 512, examples: ['"0198d5a2-7f6e-7c3a-9d4e-1a2b3c4d5e6f"'] },
};
const REPLAYED = {
  description: '`true` when this is the answer of an earlier request with the same Idempotency-Key.',
  schema: { type: 'string' },
};
const RETRY_AFTER = { description: 'Seconds to wait.', schema: { type: 'integer' } };
const COMMON_HEADERS = {
  'x-request-id': { description: 'Id of this request in logs and audit.', schema: { type: 'string' } },
  'RateLimit-Policy': {
    description: 'Every limit that applied: quota q in a window of w seconds.',
    schema: { type: 'string', examples: ['"act";q=240;w=60, "wallet";q=120;w=60'] },
  },
  RateLimit: {
    description: 'Rest r of each quota, and seconds t until it is full again.',
    schema: { type: 'string', examples: ['"act";r=239;t=42, "wallet";r=119;t=42'] },
  },
};

const Problem = {
  type: 'object' as const,
  description: 'RFC 9457 problem document.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string', format: 'uri' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'What happened, to whom, and what to do next.' },
    instance: { type: 'string', description: 'Path of the request.' },
    code: { type: 'string', description: 'Stable; tell errors apart by it.' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Of validation_failed: every rejected member.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: { path: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};
