import { HttpException } from '@nestjs/common';
import { DatabaseUnavailableError, isDatabaseOutage } from '#src/common/database/database-errors.js';
import { ERROR_TABLE, type ErrorCode } from '#src/common/errors/error-table.js';
import { DomainError, type ErrorFields } from '#src/common/errors/errors.js';
import { sqlState } from '#src/common/database/transactions.js';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';
const QUOTA_EXCEEDED = 'https://iana.org/assignments/http-problem-types#quota-exceeded';
const MAX_INSTANCE = 512;

/** An RFC 9457 problem document. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly [field: string]: unknown;
}

/** What went wrong, in the words of the error table. */
export interface Failure {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly fields: ErrorFields;
}

const OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  413: 'payload_too_large',
  414: 'uri_too_long',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  431: 'headers_too_large',
};

const DETAILS: Partial<Record<ErrorCode, string>> = {
  bad_request: 'The request could not be understood.',
  not_found: 'There is nothing at this path. See /docs for every route.',
  access_rule_missing: 'This route is not open to anybody.',
  request_timeout: 'The request took too long to arrive.',
  payload_too_large: 'The body is larger than this route accepts.',
  uri_too_long: 'The URL is longer than this API accepts.',
  headers_too_large: 'The request headers are larger than this API accepts.',
  unsupported_media_type: 'Send a body as application/json in UTF-8.',
  too_many_requests: 'Too many requests; wait for the time in Retry-After.',
};

const INTERNAL =
  'Something went wrong on our side. It has been logged under requestId; give it to the operators.';

// PostgreSQL cannot store the text: NUL, or bytes that are no UTF-8. It came from the client.
const UNSTORABLE_TEXT = new Set(['22021', '22P05']);

/** Every error as a code of the table. What a library or an upstream says is never repeated to the client. */
export function toFailure(error: unknown): Failure {
  if (error instanceof DomainError) return error;
  if (isDatabaseOutage(error)) return new DatabaseUnavailableError(error);
  if (UNSTORABLE_TEXT.has(sqlState(error) ?? '')) return ofCode('bad_request');
  const status = clientErrorStatus(error);
  return status === undefined ? ofCode('internal_error') : ofCode(codeOfStatus(status));
}

/** `path` may hold a query: it is cut off, because it can carry what does not belong into an answer. */
export function toProblem(failure: Failure, path: string, requestId: string): Problem {
  const { status, title } = ERROR_TABLE[failure.code];
  const isQuota = failure.code === 'too_many_requests';
  return {
    ...failure.fields,
    type: isQuota ? QUOTA_EXCEEDED : `urn:commit-to-ship:problem:${failure.code}`,
    title,
    status,
    detail: failure.detail,
    instance: (path.split('?', 1)[0] ?? '').slice(0, MAX_INSTANCE),
    code: failure.code,
    requestId,
  };
}

export function ofCode(code: ErrorCode): Failure {
  return { code, detail: DETAILS[code] ?? INTERNAL, fields: {} };
}

export function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'access_rule_missing';
  return OF_STATUS[status] ?? 'bad_request';
}

/** Status of an error that the framework raised about the request itself; undefined for every other error. */
function clientErrorStatus(error: unknown): number | undefined {
  const status =
    error instanceof HttpException
      ? error.getStatus()
      : (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
