import { EventEmitter } from 'node:events';
import pg from 'pg';
import {
  beginsTransaction,
  type SessionFacts,
  type SessionSettings,
  setUpSession,
  setUpTransaction,
} from './session.js';

const READ_ONLY = '25006';
const DISK_FULL = '53100';

/** The database takes no writes: a standby, or one that was made read-only. What it shows may be old. */
export class ReadOnlyDatabaseError extends Error {
  override readonly name = 'ReadOnlyDatabaseError';
  /** The same SQLSTATE that a refused statement has. */
  readonly code = READ_ONLY;

  constructor() {
    super('it is read-only: a standby, or made read-only by its operator or for want of disk space');
  }
}

interface Demotions {
  demoted: [];
}

/**
 * `demoted`: some connection of this process met a database that takes no writes any more. All pools of a process lead to one
 * database, so all of them begin anew.
 */
export const demotions = new EventEmitter<Demotions>().setMaxListeners(0);

/** `met`: some statement of this process found no disk space. */
export const fullDisks = new EventEmitter<{ met: [] }>().setMaxListeners(0);

/** Settings that a pool hands to each of its clients, beside those of pg. */
export interface SessionClientConfig extends pg.ClientConfig {
  readonly session?: SessionSettings;
  /** For a connection that never writes: a standby will do. */
  readonly mayBeReadOnly?: boolean;
}

type ConnectCallback = ((error: Error) => void) | ((error: null, client: pg.Client) => void);
type QueryCallback = (error: Error | null, ...rest: unknown[]) => void;

/**
 * A connection that is set up by us, not by the defaults of a server, a database or a role; that is refused when it cannot
 * write; and that is never used again after it has missed its read timeout. pg would hand such a one out with the silent
 * statement still under way, so each next user, the ROLLBACK first, would wait out the same timeout once more.
 */
export class SessionClient extends pg.Client {
  private readonly session: SessionSettings;
  private pooled = false;
  private readonly mayBeReadOnly: boolean;

  constructor(config: SessionClientConfig = {}) {
    super(config);
    this.mayBeReadOnly = config.mayBeReadOnly === true;
    this.session = config.session ?? { statementTimeoutMs: 0, idleInTransactionMs: 0 };
    // A pool listens only once it has the connection. One that breaks while it is set up would end the process, unheard.
    this.on('error', () => undefined);
  }

  override connect(): Promise<pg.Client>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.Client> | void {
    const ready = super.connect().then(() => this.setUp());
    if (callback === undefined) return ready.then(() => this);
    const answer = callback as (error: Error | null, client?: pg.Client) => void;
    ready.then(() => answer(null, this), answer);
  }

  override query(...call: never[]): never {
    const given: unknown[] = call;
    const [first, ...rest] = given;
    const sql = this.pooled && beginsTransaction(first) ? this.withSettings(first) : first;
    const answer: unknown = Reflect.apply(super.query as (...call: unknown[]) => unknown, this, [
      sql,
      ...rest.map((argument) => this.heeding(argument)),
    ]);
    if (answer instanceof Promise) answer.catch((error: unknown) => this.heed(error));
    return answer as never;
  }

  /** Something in between lends out server connections: what is prepared here may be unknown to the next statement. */
  get isPooled(): boolean {
    return this.pooled;
  }

  /** Ends it at once, whatever it is doing. */
  abandon(): void {
    const { connection } = this as unknown as { connection?: { stream?: { destroy(): void } } };
    connection?.stream?.destroy();
  }

  private async setUp(): Promise<void> {
    const { processID } = this as unknown as { processID: number | null };
    const { rows } = await super.query<SessionFacts & pg.QueryResultRow>(
      setUpSession(this.session, processID ?? 0),
    );
    const [facts] = rows;
    this.pooled = facts?.pooled === true;
    if (facts?.readOnly !== true || this.mayBeReadOnly) return;
    this.abandon();
    throw new ReadOnlyDatabaseError();
  }

  private withSettings(begin: string): string {
    return `${begin.replace(/;?\s*$/, '')}; ${setUpTransaction(this.session)}`;
  }

  /** pool.query() hands over a callback, everybody else waits for a promise. */
  private heeding(argument: unknown): unknown {
    if (typeof argument !== 'function') return argument;
    const callback = argument as QueryCallback;
    return (error: Error | null, ...rest: unknown[]) => {
      if (error) this.heed(error);
      callback(error, ...rest);
    };
  }

  private heed(error: unknown): void {
    if (!(error instanceof Error)) return;
    if (error.message === 'Query read timeout') this.abandon();
    const { code } = error as { code?: unknown };
    if (code === READ_ONLY) demotions.emit('demoted');
    if (code === DISK_FULL) fullDisks.emit('met');
  }
}
