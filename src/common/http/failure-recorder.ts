import type { FastifyRequest } from 'fastify';
import type { Failure } from './problem.js';

/** Where refusals and failures of audited routes are put on record. */
export abstract class FailureRecorder {
  /** Never throws and never takes long: the answer to the client waits for it. */
  abstract record(request: FastifyRequest, failure: Failure): Promise<void>;
}
