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
export function holdUpdates(url: string, table: string, which: string): Promise<DatabaseGate> {
  return hold(url, `BEFORE UPDATE ON public.${table}`, which);
}

/** Closes a gate before new rows of this table. @param which SQL over NEW */
export function holdInserts(url: string, table: string, which: string): Promise<DatabaseGate> {
  return hold(url, `BEFORE INSERT ON public.${table}`, which);
}

/** Closes a gate in the commit that would make new rows of this table last. @param which SQL over NEW */
export function holdCommits(url: string, table: string, which: string): Promise<DatabaseGate> {
  const when = `AFTER INSERT ON public.${table} DEFERRABLE INITIALLY DEFERRED`;
  return hold(url, when, which, 'CONSTRAINT');
}

async function hold(url: string, when: string, which: string, kind = ''): Promise<DatabaseGate> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  await client.query(`
    CREATE FUNCTION test_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${LOCK}); RETURN NEW; END $$;
    CREATE ${kind} TRIGGER test_gate ${when} FOR EACH ROW
      WHEN (${which}) EXECUTE FUNCTION test_gate()`);
  let closed = true;
  return {
    reached: async () => {
      await pollUntil(
        `somebody at the gate ${when}, ${which}`,
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
