import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditRow } from '#src/audit/journal/audit-row.js';
import { eventIs, eventOrder } from '#src/audit/search/audit-search.js';

export interface AuditFilter {
  readonly events: readonly string[];
  readonly commitmentId?: string | undefined;
}

const COLUMNS = `
  id, ts, event, actor, request_id AS "requestId", commitment_id AS "commitmentId", payout_id AS "payoutId", signature, fields`;

// A row that only tells of an answer says nothing new: what was done has a row of its own.
// Said so, because the planner takes `fields -> 'answered' IS NULL` for rare, and would then read and sort every row.
const TELLS = `NOT fields ? 'answered'`;

// One short walk over audit_logs_event_idx for each event, however many rows of other events lie between.
const NEWEST_OF_EACH = `
  SELECT newest.*
    FROM unnest($1::text[]) AS wanted (name)
   CROSS JOIN LATERAL (
     SELECT ${COLUMNS} FROM public.audit_logs
      WHERE ${eventIs('wanted.name')} AND id < $2 AND ${TELLS}
      ORDER BY ${eventOrder('DESC')} LIMIT $3) newest
   ORDER BY newest.id DESC LIMIT $3`;

const NEWEST_OF_COMMITMENT = `
  SELECT ${COLUMNS} FROM public.audit_logs
   WHERE event = ANY ($1::text[]) AND id < $2 AND commitment_id = $4 AND ${TELLS}
   ORDER BY id DESC LIMIT $3`;

const NO_BOUND = '9223372036854775807';

@Injectable()
export class AuditRepository {
  async findPage(
    manager: EntityManager,
    { events, commitmentId }: AuditFilter,
    limit: number,
    before: string = NO_BOUND,
  ): Promise<AuditRow[]> {
    const bounds = [events, before, limit];
    return commitmentId === undefined
      ? manager.query<AuditRow[]>(NEWEST_OF_EACH, bounds)
      : manager.query<AuditRow[]>(NEWEST_OF_COMMITMENT, [...bounds, commitmentId]);
  }
}
