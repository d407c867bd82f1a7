import { ERROR_TABLE, type ErrorCode } from '#src/common/errors/error-table.js';
import { PROBLEM_CONTENT_TYPE } from '#src/common/http/problem.js';
import { COMMON_HEADERS, RETRY_AFTER_HEADER } from './parts.js';

export type Answer = Record<string, unknown> & { headers?: Record<string, unknown>; content?: object };

/** On every operation: the error codes of its own, beside those that any request can meet; their statuses stand in `components.responses`. */
export const ERROR_CODES_EXTENSION = 'x-error-codes';

export interface OperationCodes {
  /** What any request of this method can meet. */
  readonly common: readonly ErrorCode[];
  readonly own: readonly ErrorCode[];
}

const NAMES: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  405: 'MethodNotAllowed',
  408: 'RequestTimeout',
  409: 'Conflict',
  413: 'ContentTooLarge',
  414: 'UriTooLong',
  415: 'UnsupportedMediaType',
  422: 'Unprocessable',
  429: 'TooManyRequests',
  500: 'InternalError',
  502: 'BadGateway',
  503: 'Unavailable',
};

/** The error answers of all operations, one for each status. */
export class ProblemAnswers {
  private readonly codes = new Map<number, Set<ErrorCode>>();

  /** Adds the answers that these codes stand for to those of an operation, and the codes to what is shared. */
  add(operation: object, answers: Record<string, Answer>, codes: OperationCodes): void {
    const own = new Set(codes.own.filter((code) => !codes.common.includes(code)));
    Object.assign(operation, { [ERROR_CODES_EXTENSION]: [...own].toSorted() });
    for (const code of new Set([...codes.common, ...own])) {
      const { status } = ERROR_TABLE[code];
      this.codes.set(status, (this.codes.get(status) ?? new Set()).add(code));
      const $ref = `#/components/responses/${nameOf(status)}`;
      answers[status] = withProblem(answers[status]) ?? { $ref };
    }
  }

  /** For `components.responses`. */
  shared(): Record<string, Answer> {
    const byStatus = [...this.codes].toSorted(([a], [b]) => a - b);
    return Object.fromEntries(byStatus.map(([status, codes]) => [nameOf(status), answer(status, codes)]));
  }
}

function nameOf(status: number): string {
  const name = NAMES[status];
  if (name === undefined) throw new Error(`the error answer of status ${status} has no name`);
  return name;
}

/** What an operation itself answers with that status may also be a problem. */
function withProblem(present: Answer | undefined): Answer | undefined {
  if (present === undefined || '$ref' in present) return present;
  const content = { ...present.content, [PROBLEM_CONTENT_TYPE]: { schema: { $ref: PROBLEM } } };
  return { ...present, headers: { ...present.headers, ...RETRY_AFTER_HEADER }, content };
}

const PROBLEM = '#/components/schemas/Problem';

function answer(status: number, codes: ReadonlySet<ErrorCode>): Answer {
  const code = { type: 'string', enum: [...codes].toSorted() };
  const schema = { allOf: [{ $ref: PROBLEM }, { type: 'object', properties: { code } }] };
  const waits = status === 429 || status === 503 ? RETRY_AFTER_HEADER : {};
  return {
    description: `Which codes an operation of its own answers with stands in its ${ERROR_CODES_EXTENSION}.`,
    headers: { ...COMMON_HEADERS, ...waits },
    content: { [PROBLEM_CONTENT_TYPE]: { schema } },
  };
}
