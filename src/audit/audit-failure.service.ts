import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { endpointOf } from '../common/endpoint.js';
import { ERROR_TABLE } from '../common/error-table.js';
import { FailureRecorder } from '../common/http/failure-recorder.js';
import type { Failure } from '../common/http/problem.js';
import { currentContext } from '../common/request-context.js';
import { isOneOfTooMany } from '../rate-limit/rate-window.js';
import { RequestCounter } from '../rate-limit/request-counter.service.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { subjectOf } from './audit-subject.js';

/** Puts refusals (`<audit>_denied`) and failures (`<audit>_error`) of audited routes into the log, one row each. */
@Injectable()
export class AuditFailureService extends FailureRecorder {
  private readonly logger = new Logger(AuditFailureService.name);

  constructor(
    private readonly outcomes: AuditOutcomes,
    private readonly requests: RequestCounter,
  ) {
    super();
  }

  async record(request: FastifyRequest, failure: Failure): Promise<void> {
    const base = endpointOf(request)?.audit;
    // With the database away there is nowhere to write; the answer must not wait for it once more.
    if (base === undefined || failure.code === 'database_unavailable') return;
    // It was done, and is on record as done; that the answer failed after that is in the process's own log.
    if (currentContext()?.recorded?.has(`${base}_ok`)) return;
    if (!(await this.isWorthARow(request))) return;
    const { status } = ERROR_TABLE[failure.code];
    await this.outcomes.write({
      event: `${base}_${status < 500 ? 'denied' : 'error'}`,
      ...subjectOf(request, failure.fields),
      fields: { code: failure.code, status },
    });
  }

  /** Nobody fills the log for free: beyond its rate limit a client leaves one row in a window. */
  private async isWorthARow(request: FastifyRequest): Promise<boolean> {
    try {
      await this.requests.count(request);
      return !isOneOfTooMany(this.requests.countsOf(request));
    } catch (error) {
      this.logger.error({ msg: 'A failure could not be counted, so it is recorded', err: error });
      return true;
    }
  }
}
