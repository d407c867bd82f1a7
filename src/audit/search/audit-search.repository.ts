import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AuditLine } from '#src/audit/seals/audit-seal.js';
import { type AuditSearch, eventNamesSql, idBoundsSql, searchSql } from './audit-search.js';

/** What an admin asks for. */
export interface AuditFilters extends Pick<AuditSearch, 'actor' | 'commitmentId' | 'from' | 'to'> {
  /** A name, or the beginning of names and `*`. */
  readonly event?: string | undefined;
}

export interface AlarmCount {
  readonly event: string;
  readonly count: number;
  readonly lastAt: Date;
}

export interface RefusalCount extends AlarmCount {
  readonly actor: string;
}

const ALARMS = `
  SELECT event, count(*)::int AS count, max(ts) AS "lastAt"
    FROM public.audit_logs WHERE ts > $1 AND event LIKE '%\\_error' GROUP BY event ORDER BY max(ts) DESC`;

const REFUSALS = `
  SELECT event, actor, count(*)::int AS count, max(ts) AS "lastAt"
    FROM public.audit_logs WHERE ts > $1 AND fields->>'code' = $2
   GROUP BY event, actor ORDER BY count(*) DESC, max(ts) DESC LIMIT $3`;

@Injectable()
export class AuditSearchRepository {
  /** Works out what a search needs to know, once for all of its pages. */
  async prepare(manager: EntityManager, { event, ...filters }: AuditFilters): Promise<AuditSearch> {
    const bounds = await this.bounds(manager, filters);
    return { ...filters, ...bounds, events: await this.events(manager, event) };
  }

  find(
    manager: EntityManager,
    search: AuditSearch,
    order: 'ASC' | 'DESC',
    limit: number,
  ): Promise<AuditLine[]> {
    const { text, values } = searchSql(search, order, limit);
    return manager.query<AuditLine[]>(text, [...values]);
  }

  /** Events `*_error`, the newest first. */
  alarmsSince(manager: EntityManager, since: Date): Promise<AlarmCount[]> {
    return manager.query<AlarmCount[]>(ALARMS, [since]);
  }

  /** Refusals with this code by event and actor, the most frequent first. */
  refusalsSince(manager: EntityManager, since: Date, code: string, limit: number): Promise<RefusalCount[]> {
    return manager.query<RefusalCount[]>(REFUSALS, [since, code, limit]);
  }

  private async events(manager: EntityManager, event: string | undefined) {
    if (event === undefined || event === '*') return undefined;
    if (!event.endsWith('*')) return [event];
    const { text, values } = eventNamesSql(event.slice(0, -1));
    return (await manager.query<{ name: string }[]>(text, [...values])).map(({ name }) => name);
  }

  private async bounds(manager: EntityManager, filters: AuditFilters) {
    if (filters.from === undefined && filters.to === undefined) return {};
    const { text, values } = idBoundsSql(filters);
    type Bounds = { readonly afterId: string | null; readonly beforeId: string | null };
    const [found] = await manager.query<Bounds[]>(text, [...values]);
    return { afterId: found?.afterId ?? undefined, beforeId: found?.beforeId ?? undefined };
  }
}
