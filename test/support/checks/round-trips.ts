import pg from 'pg';
import { currentContext } from '#src/common/request-context.js';

/** One text that was sent to PostgreSQL and waited for; several statements of one text are one. */
export interface RoundTrip {
  readonly sql: string;
  /** Of our own code, the nearest first. */
  readonly callers: readonly string[];
}

/**
 * What the requests of this process ask PostgreSQL during the work, on whatever connection: BEGIN and COMMIT are among it, and
 * what jobs and tests ask is not.
 */
export async function roundTripsOf(work: () => Promise<unknown>): Promise<RoundTrip[]> {
  const trips: RoundTrip[] = [];
  const { prototype } = pg.Client;
  const { query } = prototype;
  prototype.query = function noting(this: pg.Client, ...args: unknown[]) {
    if (currentContext()?.request !== undefined) trips.push({ sql: textOf(args[0]), callers: callers() });
    return Reflect.apply(query, this, args) as never;
  } as typeof query;
  try {
    await work();
  } finally {
    prototype.query = query;
  }
  return trips;
}

function textOf(query: unknown): string {
  const text = typeof query === 'string' ? query : (query as { text?: string }).text;
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

const OURS = /\/src\/(.*?\.ts)/;

function callers(): string[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 100;
  const { stack = '' } = new Error('where it is asked');
  Error.stackTraceLimit = stackTraceLimit;
  return stack.split('\n').flatMap((line) => OURS.exec(line)?.[1] ?? []);
}
