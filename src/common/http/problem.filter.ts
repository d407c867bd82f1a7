import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FailureRecorder } from './failure-recorder.js';
import { inRequestContext } from './http-hooks.js';
import { toFailure } from './problem.js';
import { logFailure, replyProblem } from './problem-reply.js';

/** The one place where an error becomes an answer: every exception of every route, guard, pipe and parser. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly failures: FailureRecorder) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    await inRequestContext(request, () => this.answer(error, request, http.getResponse<FastifyReply>()));
  }

  private async answer(error: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const failure = toFailure(error);
    logFailure(failure, error);
    await this.failures.record(request, failure);
    if (!reply.sent) replyProblem(request, reply, failure);
  }
}
