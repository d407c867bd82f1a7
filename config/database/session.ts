/** What every connection sets itself, whatever the server, the database or the role have as their default. */
export interface SessionSettings {
  /** Milliseconds; 0 for no limit. */
  readonly statementTimeoutMs: number;
  /** Milliseconds in which a transaction may do nothing. */
  readonly idleInTransactionMs: number;
}

/** A connection as it was found when it was set up. */
export interface SessionFacts {
  /** Another server process than the one that greeted us: something in between lends out its own connections. */
  readonly pooled: boolean;
  readonly readOnly: boolean;
}

/** GUCs by name. Texts are ours, never somebody's input. */
function wanted({ statementTimeoutMs, idleInTransactionMs }: SessionSettings): readonly [string, string][] {
  return [
    // Times are read as ISO texts: another order of day and month would be read as none, or as another day.
    ['DateStyle', 'ISO, MDY'],
    ['TimeZone', 'UTC'],
    // "$user" first would create our tables in a schema that nobody looks into.
    ['search_path', 'public'],
    ['default_transaction_isolation', 'read committed'],
    ['lock_timeout', '0'],
    ['statement_timeout', String(statementTimeoutMs)],
    ['idle_in_transaction_session_timeout', String(idleInTransactionMs)],
  ];
}

/**
 * One statement that sets all this for the session and tells what kind of connection it is. Behind a pooler in transaction
 * mode nothing is set, since the next statement may run elsewhere and somebody else's would inherit it.
 * @param greetedBy process id that the server named when it greeted us
 */
export function setUpSession(settings: SessionSettings, greetedBy: number): string {
  const rows = wanted(settings).map(([name, value]) => `('${name}', '${value}')`);
  return `SELECT pg_backend_pid() <> ${greetedBy} AS pooled,
    pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean AS "readOnly",
    (SELECT count(set_config(name, value, pg_backend_pid() <> ${greetedBy}))
       FROM (VALUES ${rows.join(', ')}) AS wanted (name, value)) AS settings`;
}

/** To follow the statement that begins a transaction. `SET LOCAL` takes no snapshot: the isolation may still be chosen. */
export function setUpTransaction(settings: SessionSettings): string {
  return wanted(settings)
    .map(([name, value]) => `SET LOCAL ${name} = '${value}'`)
    .join('; ');
}

/** True for a text that begins a transaction; what follows in it may take its snapshot, so the settings stand behind it. */
export function beginsTransaction(sql: unknown): sql is string {
  return typeof sql === 'string' && /^\s*(BEGIN|START\s+TRANSACTION)\b/i.test(sql);
}
