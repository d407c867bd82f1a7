import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { within } from '#src/common/time/within.js';
import type { Pool, PoolClient } from 'pg';
import { lockKeyOf, slotKeysOf } from './jobs.js';

/** The transaction that holds the lock of a job. */
export type HeldLock = Pick<PoolClient, 'query'>;

// No time limit of the server may end the lock before the work, and a replica that vanished from the network must not keep
// it for the two hours that TCP waits by default: after a minute of silence its connection is given up. Servers differ in
// which of these settings they have.
const ENDURE = `
  SELECT set_config(name, value, true)
  FROM (VALUES
    ('idle_in_transaction_session_timeout', '0'),
    ('transaction_timeout', '0'),
    ('tcp_keepalives_idle', '30'),
    ('tcp_keepalives_interval', '10'),
    ('tcp_keepalives_count', '3')) AS wanted (name, value)
  WHERE current_setting(name, true) IS NOT NULL`;

// CASE and EXISTS go no further than they must: no slot without the job's own lock, and no second one.
const LOCK = `
  SELECT CASE WHEN pg_try_advisory_xact_lock($1) THEN
    $2::boolean OR EXISTS (SELECT FROM unnest($3::bigint[]) AS slot WHERE pg_try_advisory_xact_lock(slot))
  ELSE false END AS locked`;

const END_LIMIT_MS = 2_000;

/**
 * Locks of jobs over all replicas: advisory locks that end with their transaction, and so with the connection and with the
 * process, never by the clock. Not locks of rows: whoever reports that a job hangs has to write to its row.
 */
export class JobLocks implements OnApplicationShutdown {
  private readonly logger = new Logger(JobLocks.name);

  /** @param pool connections that nothing else waits for; each lock takes one for as long as it is held */
  constructor(private readonly pool: Pool) {}

  /**
   * Runs `work` while the lock is held; what it writes through `lock` is committed at its end.
   * @returns undefined, without having run it, while somebody else holds the lock, or as many others run as may
   * @throws whatever `work` throws; also when the connection broke meanwhile, in which case nothing was committed
   */
  async whileHeld<T>(name: string, work: (lock: HeldLock) => Promise<T>): Promise<T | undefined> {
    const client = await this.pool.connect();
    const onError = (error: Error) =>
      this.logger.warn(`The connection that held the lock of job ${name} broke: ${error.message}`);
    // Unheard, it would end this process.
    client.on('error', onError);
    let sound = false;
    try {
      const answer = await transact(client, name, work);
      sound = true;
      return answer;
    } finally {
      client.off('error', onError);
      // A connection in an unknown state is closed, which ends its transaction and frees the lock.
      client.release(!sound);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await within(END_LIMIT_MS, this.pool.end(), () => undefined);
  }
}

async function transact<T>(
  client: PoolClient,
  name: string,
  work: (lock: HeldLock) => Promise<T>,
): Promise<T | undefined> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  if (!(await isLocked(client, name))) {
    await client.query('ROLLBACK');
    return undefined;
  }
  await client.query(ENDURE);
  const answer = await work(client);
  await client.query('COMMIT');
  return answer;
}

/** The job's own lock, and where it needs one a slot. */
async function isLocked(client: PoolClient, name: string): Promise<boolean> {
  const slots = slotKeysOf(name);
  const { rows } = await client.query<{ locked: boolean }>(LOCK, [
    lockKeyOf(name).toString(),
    slots.length === 0,
    slots.map(String),
  ]);
  return rows[0]?.locked === true;
}
