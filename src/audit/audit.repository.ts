import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { AuditLog } from './audit.entity.js';

export interface AuditFilter {
  readonly events: readonly string[];
  readonly commitmentId?: string | undefined;
}

// One short walk over audit_logs_event_idx for each event, however many rows of other events lie between.
const NEWEST_OF_EACH = `
  SELECT newest.id
    FROM unnest($1::text[]) AS wanted (event)
   CROSS JOIN LATERAL (
     SELECT id FROM public.audit_logs
      WHERE event = wanted.event AND id < $2
      ORDER BY id DESC LIMIT $3) newest
   ORDER BY newest.id DESC LIMIT $3`;

const NEWEST_OF_COMMITMENT = `
  SELECT id FROM public.audit_logs
   WHERE event = ANY ($1::text[]) AND id < $2 AND commitment_id = $4
   ORDER BY id DESC LIMIT $3`;

const NO_BOUND = '9223372036854775807';

@Injectable()
export class AuditRepository {
  async findPage(
    manager: EntityManager,
    { events, commitmentId }: AuditFilter,
    limit: number,
    before: string = NO_BOUND,
  ): Promise<AuditLog[]> {
    const bounds = [events, before, limit];
    const rows =
      commitmentId === undefined
        ? await manager.query<{ id: string }[]>(NEWEST_OF_EACH, bounds)
        : await manager.query<{ id: string }[]>(NEWEST_OF_COMMITMENT, [...bounds, commitmentId]);
    const ids = rows.map(({ id }) => id);
    return ids.length === 0 ? [] : manager.find(AuditLog, { where: { id: In(ids) }, order: { id: 'DESC' } });
  }
}
