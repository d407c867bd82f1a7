import { AUDIT_COLUMNS } from '#src/audit/journal/audit-columns.js';
import { LAST_ID } from '#src/audit/seals/audit-seal.js';

/** What a search looks for, with the names of events and the bounds of ids worked out. */
export interface AuditSearch {
  /** Undefined: all; none: nothing is found. */
  readonly events?: readonly string[] | undefined;
  readonly actor?: string | undefined;
  readonly commitmentId?: string | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly to?: Date | undefined;
  readonly afterId?: string | undefined;
  readonly beforeId?: string | undefined;
}

export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

// Ids and times grow together, but for the moment between taking the one and the other, and a clock that is set back.
const SLACK = `interval '1 hour'`;

/** Bounds of id that hold every row of a span of time: exclusive, null where there is none. */
export function idBoundsSql({ from, to }: Pick<AuditSearch, 'from' | 'to'>): Statement {
  const text = `
    SELECT (SELECT id FROM public.audit_logs WHERE ts < $1::timestamptz - ${SLACK} ORDER BY ts DESC LIMIT 1)::text AS "afterId",
           (SELECT id FROM public.audit_logs WHERE ts > $2::timestamptz + ${SLACK} ORDER BY ts LIMIT 1)::text AS "beforeId"`;
  return { text, values: [from ?? null, to ?? null] };
}

/** The names that begin like this; one step over the index for each, however many rows it has. */
export function eventNamesSql(prefix: string): Statement {
  const text = `
    WITH RECURSIVE names (name) AS (
      (SELECT event FROM public.audit_logs WHERE event ~>=~ $1 AND event ~<~ $2 ORDER BY event USING ~<~ LIMIT 1)
      UNION ALL
      SELECT (SELECT event FROM public.audit_logs WHERE event ~>~ names.name AND event ~<~ $2
               ORDER BY event USING ~<~ LIMIT 1)
        FROM names WHERE names.name IS NOT NULL)
    SELECT name FROM names WHERE name IS NOT NULL`;
  // Higher than every letter that an event's name may have.
  return { text, values: [prefix, `${prefix}~`] };
}

/** One page of rows. Every filter has an index that gives its rows in the order of ids, so nothing is sorted as a whole. */
export function searchSql(search: AuditSearch, order: 'ASC' | 'DESC', limit: number): Statement {
  const { events, actor, commitmentId, from, to, afterId = '0', beforeId = LAST_ID } = search;
  const values: unknown[] = [afterId, beforeId, limit];
  const where = ['audit_logs.id > $1', 'audit_logs.id < $2'];
  const add = (condition: string, value: unknown) => {
    if (value !== undefined) where.push(`${condition} $${values.push(value)}`);
  };
  add('actor =', actor);
  add('commitment_id =', commitmentId);
  // Not by the index on ts, whose rows would have to be sorted: the bounds of id have found the place.
  add(`ts + interval '0' >=`, from);
  add(`ts + interval '0' <`, to);
  const select = `SELECT ${AUDIT_COLUMNS}, audit_logs.id AS sequence FROM public.audit_logs WHERE ${where.join(' AND ')}`;
  if (events === undefined) return { text: `${select} ORDER BY audit_logs.id ${order} LIMIT $3`, values };
  const text = `
    SELECT found.* FROM unnest($${values.push(events)}::text[]) AS wanted (name)
     CROSS JOIN LATERAL (${select} AND ${eventIs('wanted.name')} ORDER BY ${eventOrder(order)} LIMIT $3) AS found
     ORDER BY found.sequence ${order} LIMIT $3`;
  return { text, values };
}

/**
 * Equality, said so that with `eventOrder` only the index on event and id has the order: the planner would else walk over all
 * rows by id, hoping to meet the event soon.
 */
export function eventIs(name: string): string {
  return `audit_logs.event ~>=~ ${name} AND audit_logs.event ~<=~ ${name}`;
}

export function eventOrder(order: 'ASC' | 'DESC'): string {
  return order === 'DESC'
    ? 'audit_logs.event USING ~<~, audit_logs.id DESC'
    : 'audit_logs.event USING ~>~, audit_logs.id ASC';
}
