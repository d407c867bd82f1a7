import { Client } from 'pg';
import { pollUntil } from '../poll.js';

const LOCK = 20_261_122;

/** Holds a change of a row inside the database, so that a process can be killed in exactly that moment. */
export interface DatabaseGate {
  /** Resolves when somebody waits at the gate: the change is asked for and not made. */
  reached(): Promise<void>;
  /** Lets those pass that are still alive, and everybody after them. Harmless to repeat. */
  open(): Promise<void>;
}

/** Closes a gate before payout attempts that go from one status to another. */
export function holdAttempts(url: string, from: string, to: string): Promise<DatabaseGate> {
  return holdUpdates(url, 'payout_attempts', `OLD.status = '${from}' AND NEW.status = '${to}'`);
}

/** Closes a gate before updates of this table. @param which SQL over OLD and NEW */
export async function holdUpdates(url: string, table: string, which: string): Promise<DatabaseGate> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  await client.query(`
    CREATE FUNCTION test_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN NEW; END $$;
    CREATE TRIGGER test_gate BEFORE UPDATE ON public.${table} FOR EACH ROW
      WHEN (${which}) EXECUTE FUNCTION test_gate()`);
  let closed = true;
  return {
    reached: async () => {
      await pollUntil(
        `an update of ${table} with ${which}`,
        async () =>
          (
            await client.query(
              `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = ${LOCK}
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
            )
          ).rows[0],
        { everyMs: 20 },
      );
    },
    open: async () => {
      if (!closed) return;
      closed = false;
      await client.end();
    },
  };
}
