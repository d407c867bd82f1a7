import type { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { ErrorCode } from '#src/common/errors/error-table.js';
import { decodeSequenceCursor, type Page, toPage } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { AuditExport } from './audit-export.service.js';
import type { AuditFilterQuery, AuditLogDto, AuditLogQuery } from './audit-logs.dto.js';
import { type AuditFilters, AuditSearchRepository } from './audit-search.repository.js';
import type { AuditLine } from '#src/audit/seals/audit-seal.js';

/** The audit log as admins read it. Reading it leaves no row in it. */
@Injectable()
export class AuditLogs {
  constructor(
    private readonly searches: AuditSearchRepository,
    private readonly exports: AuditExport,
    private readonly transactions: Transactions,
  ) {}

  /**
   * Newest first.
   * @throws DomainError `invalid_cursor`
   */
  async list(query: AuditLogQuery): Promise<Page<AuditLogDto>> {
    const cursor = decodeSequenceCursor(query.cursor);
    const { manager } = this.transactions;
    const search = await this.searches.prepare(manager, filtersOf(query));
    const beforeId = lower(cursor, search.beforeId);
    const rows = await this.searches.find(manager, { ...search, beforeId }, 'DESC', query.limit + 1);
    const { items, nextCursor } = toPage(rows, query.limit);
    return { items: items.map(view), nextCursor };
  }

  /** How often each event `*_error` was written since, the newest first. */
  async alarmsSince(since: Date) {
    const alarms = await this.searches.alarmsSince(this.transactions.manager, since);
    return alarms.map(({ event, count, lastAt }) => ({ event, count, lastAt: lastAt.toISOString() }));
  }

  /** Who was refused with this code since, the most frequent first. */
  async refusalsSince(since: Date, code: ErrorCode, limit: number) {
    const refusals = await this.searches.refusalsSince(this.transactions.manager, since, code, limit);
    return refusals.map(({ event, actor, count, lastAt }) => ({
      event,
      actor,
      count,
      lastAt: lastAt.toISOString(),
    }));
  }

  async csv(query: AuditFilterQuery): Promise<StreamableFile> {
    return file(await this.exports.csv(filtersOf(query)), 'text/csv; charset=utf-8', 'csv');
  }

  async ndjson(query: AuditFilterQuery): Promise<StreamableFile> {
    return file(await this.exports.ndjson(filtersOf(query)), 'application/x-ndjson', 'ndjson');
  }
}

function filtersOf({ event, actor, commitment, from, to }: AuditFilterQuery): AuditFilters {
  return {
    event,
    actor,
    commitmentId: commitment,
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  };
}

function lower(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return BigInt(a) < BigInt(b) ? a : b;
}

function view(row: AuditLine): AuditLogDto {
  const { id, ts, event, actor, requestId, commitmentId, payoutId, signature, fields } = row;
  const parsed = JSON.parse(fields) as Record<string, unknown>;
  return { id, ts, event, actor, requestId, commitmentId, payoutId, signature, fields: parsed };
}

function file(stream: Readable, type: string, ending: string): StreamableFile {
  return new StreamableFile(stream, { type, disposition: `attachment; filename="audit-logs.${ending}"` });
}
