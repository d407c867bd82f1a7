import type { Problem } from './generated/types.gen.js';

export type ErrorCode = Problem['code'];

/** A refusal or failure that the service answered. Tell them apart by `code`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    /** Undefined where something between, such as a proxy, has answered. */
    readonly problem: Problem | undefined,
  ) {
    super(problem === undefined ? `HTTP ${status}` : `${problem.code}: ${problem.detail}`);
  }

  get code(): ErrorCode | undefined {
    return this.problem?.code;
  }

  /** Quote it when you ask for help. */
  get requestId(): string | undefined {
    return this.problem?.requestId;
  }

  /** Of `validation_failed`: every rejected member. */
  get errors(): NonNullable<Problem['errors']> {
    return this.problem?.errors ?? [];
  }
}

/** Whether an error is an answer of the service with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): error is ApiError {
  return error instanceof ApiError && error.code !== undefined && codes.includes(error.code);
}
