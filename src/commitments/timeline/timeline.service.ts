import { Injectable } from '@nestjs/common';
import { Audit } from '#src/audit/log/audit.service.js';
import { decodeSequenceCursor, type Page, toPage } from '#src/common/pages.js';
import type { TimelineEventDto, TimelineQuery } from './timeline.dto.js';
import { PUBLIC_AUDIT_EVENTS, publicEvent } from './timeline.js';

/** What happened, for everyone to see: the public part of the audit log. */
@Injectable()
export class Timeline {
  constructor(private readonly audit: Audit) {}

  /** @throws DomainError `invalid_cursor` */
  async list({ commitmentId, cursor, limit }: TimelineQuery): Promise<Page<TimelineEventDto>> {
    const before = decodeSequenceCursor(cursor);
    const filter = { events: PUBLIC_AUDIT_EVENTS, commitmentId };
    const { items, nextCursor } = toPage(await this.audit.findPage(filter, limit + 1, before), limit);
    return { items: items.map(publicEvent).filter((event) => event !== null), nextCursor };
  }
}
