import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { VERSION } from '#config/version.js';
import { ENDPOINT_EXTENSION, type EndpointOptions, isForAdmins } from '#src/common/endpoint.js';
import type { ErrorCode } from '#src/common/errors/error-table.js';
import { completeSchemas } from './complete-schemas.js';
import {
  HEADERS,
  IDEMPOTENCY_KEY,
  idInPath,
  LICENSE,
  ORIGIN,
  ORIGIN_WHERE_SENT,
  PARAMETERS,
  PROBLEM,
  SESSION_COOKIE,
  SESSION,
  sharedParameter,
  TAGS,
} from './parts.js';
import {
  addProblems,
  type Answer,
  type OperationCodes,
  PROBLEM_ANSWERS,
  STATUSES,
  STATUSES_EXTENSION,
} from './problems.js';
import { contractOf, type Operation as ContractOperation } from './contract.js';
import type { Schema, Schemas } from './schemas.js';
import { formsOf } from './examples.js';

type PathItem = NonNullable<OpenAPIObject['paths'][string]>;
type Operation = NonNullable<PathItem['get']>;

interface JsonContent {
  readonly schema?: Schema;
  examples?: object;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const ALWAYS: readonly ErrorCode[] = [
  'bad_request',
  'too_many_requests',
  'internal_error',
  'database_unavailable',
];
const WITH_BODY: readonly ErrorCode[] = [
  'malformed_json',
  'validation_failed',
  'payload_too_large',
  'unsupported_media_type',
];
const ADMIN: readonly ErrorCode[] = ['not_signed_in', 'not_an_admin'];
const ACT: readonly ErrorCode[] = [
  'malformed_signature',
  'message_expired',
  'invalid_signature',
  'signature_used',
];
const CHAIN: readonly ErrorCode[] = ['chain_disagrees', 'single_source'];
const IDEMPOTENT: readonly ErrorCode[] = ['request_in_progress', 'idempotency_key_reused'];

/** Serves the document at /openapi.json, and a page with all details at /docs. It takes 0.1 s to make: who asks first waits, not every start. */
export function serveOpenApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => documentWith(app).document, {
    raw: false,
    swaggerOptions: { showExtensions: true },
    customSiteTitle: 'Commit To Ship API',
  });
  const json = { ui: false, raw: ['json'] as 'json'[], jsonDocumentUrl: 'openapi.json' };
  SwaggerModule.setup('openapi', app, () => createOpenApiDocument(app), json);
}

/** Every route with its body, answers, errors and headers; the errors come from `@Endpoint`. */
export function createOpenApiDocument(app: INestApplication): OpenAPIObject {
  const { document, operations } = documentWith(app);
  return contractOf(document, operations as ContractOperation[]);
}

/** With every description and example. */
function documentWith(app: INestApplication): { document: OpenAPIObject; operations: Operation[] } {
  const document = SwaggerModule.createDocument(app, headOfDocument());
  const schemas = completeSchemas({ ...document.components?.schemas, Problem: PROBLEM });
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of METHODS) {
      if (!item[method]) continue;
      declareIds(item[method], path);
      complete(item[method], method);
      showForms(item[method], schemas);
      operations.push(item[method]);
    }
  }
  const shared = { schemas, parameters: PARAMETERS, responses: PROBLEM_ANSWERS, headers: HEADERS };
  document.components = Object.assign({}, document.components, shared);
  return { document: Object.assign(document, { [STATUSES_EXTENSION]: STATUSES }), operations };
}

function headOfDocument(): Omit<OpenAPIObject, 'paths'> {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Commit To Ship')
    .setDescription(
      'Public commitments on Solana: money is locked in an escrow and leaves it only by the terms that were signed. ' +
        'Times are RFC 3339 in UTC, lamports are JSON integers, errors are RFC 9457 problem documents with a stable code. ' +
        'Every answer has the header x-request-id, and RateLimit-Policy and RateLimit where a limit applied. ' +
        'x-error-codes are the codes of an operation beside those that its kind has: of a session (not_signed_in, not_an_admin, ' +
        'origin_mismatch), of a signature (malformed_signature, message_expired, invalid_signature, signature_used), of an ' +
        'Idempotency-Key (request_in_progress, idempotency_key_reused), of the chain (chain_disagrees, single_source), and of ' +
        `any request. Their statuses stand in ${STATUSES_EXTENSION}. /docs describes and shows every member.`,
    )
    .setVersion(VERSION)
    .addServer('/', 'The deployment that serves this document.')
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'adminSession')
    .addApiKey(
      {
        type: 'apiKey',
        in: 'header',
        name: 'x-cron-secret',
        description: 'CRON_SECRET; starts jobs and nothing else.',
      },
      'cronSecret',
    );
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const head = builder.build();
  return {
    ...head,
    info: { ...head.info, license: LICENSE },
  };
}

/** Ids in the path that no parameter of the handler takes: the access guard has read them with the signed act. */
function declareIds(operation: Operation, path: string): void {
  const declared = (operation.parameters ?? []).map((parameter) =>
    'name' in parameter ? parameter.name : '',
  );
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const missing = names.filter((name) => !declared.includes(name));
  operation.parameters = [
    ...missing.map((name) => (name === 'session' ? SESSION : idInPath(name))),
    ...(operation.parameters ?? []),
  ];
}

function complete(operation: Operation, method: string): void {
  const extended = operation as Operation & { [ENDPOINT_EXTENSION]?: EndpointOptions };
  const endpoint = extended[ENDPOINT_EXTENSION];
  delete extended[ENDPOINT_EXTENSION];
  if (endpoint === undefined) return;
  operation.security = isForAdmins(endpoint) ? [{ adminSession: [] }] : [];
  if (endpoint.access === 'admin_or_cron') operation.security.push({ cronSecret: [] });
  if (endpoint.access === 'admin_or_signed') operation.security.push({});
  if (endpoint.idempotent === true) operation.parameters = [...(operation.parameters ?? []), IDEMPOTENCY_KEY];
  const answers = operation.responses as unknown as Record<string, Answer>;
  for (const [status, answer] of Object.entries(answers)) {
    const description = answer['description'] || 'OK';
    answers[status] = { ...answer, description };
  }
  addProblems(operation, answers, codesOf(operation, endpoint, method));
  if (checksOrigin(endpoint, method))
    operation.parameters = [...(operation.parameters ?? []), originOf(endpoint)];
  operation.parameters = (operation.parameters ?? []).map(sharedParameter);
}

/** A body that has several forms is shown in each of them. */
function showForms(operation: Operation, schemas: Schemas): void {
  const content = (operation as { requestBody?: { content?: Record<string, JsonContent> } }).requestBody
    ?.content;
  const json = content?.['application/json'];
  const examples = json?.schema === undefined ? {} : formsOf(schemas, json.schema);
  if (json !== undefined && Object.keys(examples).length > 0) json.examples = examples;
}

function checksOrigin(endpoint: EndpointOptions, method: string): boolean {
  return endpoint.originChecked !== undefined || (isForAdmins(endpoint) && method !== 'get');
}

/** A cron and a wallet without a session send no Origin, and a command line learns the right one from the sign-in message. */
function originOf({ access, originChecked }: EndpointOptions): typeof ORIGIN | typeof ORIGIN_WHERE_SENT {
  const required = originChecked === 'always' || (access === 'admin' && originChecked === undefined);
  return required ? ORIGIN : ORIGIN_WHERE_SENT;
}

function codesOf(operation: Operation, endpoint: EndpointOptions, method: string): OperationCodes {
  const changesState = method !== 'get';
  const hasInput = (operation.parameters ?? []).length > 0;
  const common = [
    ...ALWAYS,
    ...(changesState ? WITH_BODY : []),
    ...(hasInput ? (['validation_failed', 'uri_too_long'] as const) : []),
  ];
  const implied = [
    ...(isForAdmins(endpoint) ? ADMIN : []),
    ...(checksOrigin(endpoint, method) ? (['origin_mismatch'] as const) : []),
    ...(endpoint.act === undefined && endpoint.access !== 'signed' ? [] : ACT),
    ...(endpoint.idempotent === true ? IDEMPOTENT : []),
    ...CHAIN,
  ];
  return { common: [...common, ...implied], own: endpoint.errors ?? [] };
}
