import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';
import { DomainError } from '#src/common/errors/errors.js';

const DETAIL = 'The database cannot be reached; nothing was changed by this failure. Try again shortly.';

/** No connection to the database could be had, or it was lost or silent: what became of the statement is not known. */
export class DatabaseUnavailableError extends DomainError {
  constructor(cause?: unknown) {
    super('database_unavailable', DETAIL, {}, { cause });
    this.name = 'DatabaseUnavailableError';
  }
}

const OUTAGE_STATES = new Set([
  '57014', // statement timeout
  '57P01', // the server shuts down
  '57P02', // ... crashed
  '57P03', // ... is starting up
  '57P05', // idle session ended
  '25P03', // idle transaction ended
  '25006', // read-only: this is the standby of a failover
]);
const OUTAGE_CLASSES = ['08', '53'];

const SOCKET_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

// pg reports these without any code. They are looked for only in errors that are known to come from it.
const DRIVER_MESSAGES = new Set([
  'Query read timeout',
  'Connection terminated',
  'Connection terminated unexpectedly',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
  'Cannot use a pool after calling end on the pool',
]);

/** True when an error of the driver itself means that the database is away, not that the statement was wrong. */
export function isDriverOutage(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code !== 'string') return DRIVER_MESSAGES.has(error.message);
  return (
    SOCKET_CODES.has(code) || OUTAGE_STATES.has(code) || OUTAGE_CLASSES.some((start) => isClass(code, start))
  );
}

/**
 * True for a database outage. Told by the error's class and code, never by words in a message: an error of another
 * system that speaks of a timeout is not one.
 */
export function isDatabaseOutage(error: unknown): boolean {
  if (error instanceof DatabaseUnavailableError || isLostConnection(error)) return true;
  return error instanceof QueryFailedError && isDriverOutage(error.driverError);
}

/** TypeORM has given the connection up because it broke: between two statements, or between having it and asking. */
function isLostConnection(error: unknown): boolean {
  return (
    error instanceof QueryRunnerAlreadyReleasedError ||
    error instanceof QueryRunnerProviderAlreadyReleasedError
  );
}

/** SQLSTATE at the bottom of an error, whoever has wrapped it. */
export function causeState(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  return causeState(error.cause) ?? (typeof code === 'string' && code.length === 5 ? code : undefined);
}

function isClass(code: string, start: string): boolean {
  return code.length === 5 && code.startsWith(start);
}
