import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { endpointOf } from '../common/endpoint.js';
import { ERROR_TABLE } from '../common/error-table.js';
import { FailureRecorder } from '../common/http/failure-recorder.js';
import type { Failure } from '../common/http/problem.js';
import { isUuid } from '../common/http/uuid.pipe.js';
import { messageOf } from '../common/errors.js';
import { isOneOfTooMany } from '../rate-limit/rate-window.js';
import { RequestCounter } from '../rate-limit/request-counter.service.js';
import { type AuditEntry, AuditService } from './audit.service.js';

const WRITE_LIMIT_MS = 2_000;

/** Puts refusals (`<audit>_denied`) and failures (`<audit>_error`) of audited routes into the log, one row each. */
@Injectable()
export class AuditFailureService extends FailureRecorder {
  private readonly logger = new Logger(AuditFailureService.name);

  constructor(
    private readonly audit: AuditService,
    private readonly requests: RequestCounter,
  ) {
    super();
  }

  async record(request: FastifyRequest, failure: Failure): Promise<void> {
    const base = endpointOf(request)?.audit;
    // With the database away there is nowhere to write; the answer must not wait for it once more.
    if (base === undefined || failure.code === 'database_unavailable') return;
    try {
      if (await this.isWorthARow(request)) await this.write(entryOf(base, request, failure));
    } catch (error) {
      this.logger.error({ msg: 'A failure could not be audited', code: failure.code, err: error });
    }
  }

  /** Nobody fills the log for free: beyond its rate limit a client leaves one row in a window. */
  private async isWorthARow(request: FastifyRequest): Promise<boolean> {
    await this.requests.count(request);
    return !isOneOfTooMany(this.requests.countsOf(request));
  }

  private async write(entry: AuditEntry): Promise<void> {
    const timer = new AbortController();
    const late = delay(WRITE_LIMIT_MS, undefined, { signal: timer.signal, ref: false }).then(() => {
      throw new Error(`no answer within ${WRITE_LIMIT_MS} ms`);
    });
    late.catch(() => undefined);
    const written = this.audit.recordAlone(entry);
    written.catch((error: unknown) => this.logger.debug(messageOf(error)));
    await Promise.race([written, late]).finally(() => timer.abort());
  }
}

function entryOf(base: string, request: FastifyRequest, failure: Failure): AuditEntry {
  const { status } = ERROR_TABLE[failure.code];
  const commitmentId =
    idAt(request, '/api/commitments/:id') ?? idAt(request, '/api/admin/release-locks/:commitmentId');
  const payoutId = idAt(request, '/api/admin/payouts/:id');
  return {
    event: `${base}_${status < 500 ? 'denied' : 'error'}`,
    ...(commitmentId === undefined ? {} : { commitmentId }),
    ...(payoutId === undefined ? {} : { payoutId }),
    fields: { code: failure.code, status },
  };
}

/** Only a real id: what else stands in the path is the client's text and may be nothing that a database can store. */
function idAt(request: FastifyRequest, prefix: `${string}/:${string}`): string | undefined {
  const name = prefix.slice(prefix.lastIndexOf(':') + 1);
  const id = ((request.params ?? {}) as Readonly<Record<string, unknown>>)[name];
  const isThere = request.routeOptions.url?.startsWith(prefix) === true;
  return isThere && isUuid(id) ? id.toLowerCase() : undefined;
}
