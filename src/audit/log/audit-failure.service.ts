import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { AuditEvent } from '#src/common/audit-events.js';
import { endpointOf } from '#src/common/endpoint.js';
import { ERROR_TABLE } from '#src/common/errors/error-table.js';
import { FailureRecorder } from '#src/common/http/failure-recorder.js';
import type { Failure } from '#src/common/http/problem.js';
import { currentContext, isAnonymous } from '#src/common/request-context.js';
import { AnonymousBudget } from '#src/rate-limit/anonymous-budget.service.js';
import { isOneOfTooMany } from '#src/rate-limit/rate-window.js';
import { RequestCounter } from '#src/rate-limit/request-counter.service.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { RefusalSummary } from './refusal-summary.service.js';
import { subjectOf } from './audit-subject.js';

/** Puts refusals (`<audit>_denied`) and failures (`<audit>_error`) of audited routes into the log, one row each. */
@Injectable()
export class AuditFailure extends FailureRecorder {
  private readonly logger = new Logger(AuditFailure.name);

  constructor(
    private readonly outcomes: AuditOutcomes,
    private readonly requests: RequestCounter,
    private readonly budget: AnonymousBudget,
    private readonly summary: RefusalSummary,
  ) {
    super();
  }

  async record(request: FastifyRequest, failure: Failure): Promise<void> {
    const base = endpointOf(request)?.audit;
    // With the database away there is nowhere to write; the answer must not wait for it once more.
    if (base === undefined || failure.code === 'database_unavailable') return;
    // It was done, and is on record as done; that the answer failed after that is in the process's own log.
    if (currentContext()?.recorded?.has(`${base}_ok`)) return;
    const { status } = ERROR_TABLE[failure.code];
    const event: AuditEvent = `${base}_${status < 500 ? 'denied' : 'error'}`;
    if (!(await this.isWorthARow(request))) {
      if (isAnonymous()) this.summary.count(event);
      return;
    }
    await this.outcomes.write({
      event,
      ...subjectOf(request, failure.fields),
      fields: { code: failure.code, status },
    });
  }

  /**
   * Nobody fills the log for free: beyond its rate limit a client leaves one row in a window, and all who have proven nothing
   * share one budget.
   */
  private async isWorthARow(request: FastifyRequest): Promise<boolean> {
    try {
      await this.requests.count(request);
      if (isOneOfTooMany(this.requests.countsOf(request))) return false;
      return !isAnonymous() || (await this.budget.take());
    } catch (error) {
      this.logger.error({ msg: 'A failure could not be counted, so it is recorded', err: error });
      return true;
    }
  }
}
