import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { type Failure, PROBLEM_CONTENT_TYPE, toProblem } from './problem.js';

const RETRY_AFTER_SECONDS = 5;
const logger = new Logger('Problem');

/** Answers a request with a problem document. */
export function replyProblem(request: FastifyRequest, reply: FastifyReply, failure: Failure): void {
  const { status } = ERROR_TABLE[failure.code];
  const problem = toProblem(failure, request.originalUrl ?? request.url, request.id);
  const wait = retryAfterOf(failure, status);
  if (wait !== undefined && !reply.hasHeader('retry-after')) void reply.header('retry-after', wait);
  void reply.code(status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
}

/** What the failure itself says, or a moment for a part of ours that is away. */
function retryAfterOf({ fields }: Failure, status: number): number | undefined {
  const { retryAfterSeconds } = fields;
  if (typeof retryAfterSeconds === 'number') return retryAfterSeconds;
  return status === 503 ? RETRY_AFTER_SECONDS : undefined;
}

/** A failure of ours goes to the log with its stack, one of a part that we depend on with its cause. */
export function logFailure(failure: Failure, error: unknown): void {
  const { status, title } = ERROR_TABLE[failure.code];
  if (status < 500) return;
  const line = { msg: title, code: failure.code, err: error };
  if (status === 503) logger.warn(line);
  else logger.error(line);
}
