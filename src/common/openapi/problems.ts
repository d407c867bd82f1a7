import { ERROR_TABLE, type ErrorCode } from '#src/common/errors/error-table.js';
import { PROBLEM_CONTENT_TYPE } from '#src/common/http/problem.js';
import { COMMON_HEADERS, RETRY_AFTER_HEADER } from './parts.js';

export type Answer = Record<string, unknown> & { headers?: Record<string, unknown>; content?: object };

/** On every operation: the error codes of its own, beside those that any request can meet. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';

export interface OperationCodes {
  /** What any request of this method can meet. */
  readonly common: readonly ErrorCode[];
  readonly own: readonly ErrorCode[];
}

/** Beside `components` in the document: the codes by their status. */
export const STATUSES_EXTENSION = 'x-statuses';

const PROBLEM = { [PROBLEM_CONTENT_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } };

/** For `components.responses`. */
export const PROBLEM_ANSWERS: Readonly<Record<string, Answer>> = {
  Problem: {
    description: 'What was refused, or has failed. 429 and 503 have Retry-After.',
    headers: { ...COMMON_HEADERS, ...RETRY_AFTER_HEADER },
    content: PROBLEM,
  },
};

export const STATUSES: Readonly<Record<string, readonly string[]>> = statuses();

/** Adds the answers to errors to those of an operation, and the codes of its own. */
export function addProblems(operation: object, answers: Record<string, Answer>, codes: OperationCodes): void {
  const own = new Set(codes.own.filter((code) => !codes.common.includes(code)));
  Object.assign(operation, { [ERROR_CODES_EXTENSION]: [...own].toSorted() });
  for (const [status, present] of Object.entries(answers))
    if (status >= '400') answers[status] = withProblem(present);
  answers['default'] = { $ref: '#/components/responses/Problem' };
}

function statuses(): Record<string, string[]> {
  const byStatus: Record<string, string[]> = {};
  for (const [code, { status }] of Object.entries(ERROR_TABLE)) (byStatus[status] ??= []).push(code);
  return byStatus;
}

/** What an operation itself answers with that status may also be a problem. */
function withProblem(present: Answer): Answer {
  const content = { ...present.content, ...PROBLEM };
  return { ...present, headers: { ...present.headers, ...RETRY_AFTER_HEADER }, content };
}
