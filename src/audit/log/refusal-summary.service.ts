import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ANONYMOUS_REFUSALS } from '#src/rate-limit/anonymous-budget.service.js';
import { NOBODY } from '#src/common/request-context.js';
import { AuditOutcomes } from './audit-outcomes.service.js';

const EVENT = 'anonymous_refusals_denied';

/** Counts the refusals that are not worth a row each, and puts them into the log as one a window. */
@Injectable()
export class RefusalSummary implements OnModuleDestroy {
  private counts = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly outcomes: AuditOutcomes) {}

  /** @param event the row that it is counted in place of */
  count(event: string): void {
    this.counts.set(event, (this.counts.get(event) ?? 0) + 1);
    this.timer ??= setTimeout(() => void this.write(), ANONYMOUS_REFUSALS.windowSeconds * 1_000).unref();
  }

  /** One row for all that were counted since the last one. Never throws. */
  async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const events = Object.fromEntries(this.counts);
    const count = [...this.counts.values()].reduce((sum, one) => sum + one, 0);
    this.counts = new Map();
    if (count > 0) await this.outcomes.write({ event: EVENT, actor: NOBODY, fields: { count, events } });
  }

  async onModuleDestroy(): Promise<void> {
    await this.write();
  }
}
