import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { within } from '#src/common/time/within.js';
import { Clock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import { Shutdown } from '#src/common/shutdown.js';
import { Transactions } from '#src/common/database/transactions.js';
import { ORDINARY, ORDINARY_AT_ONCE, URGENT } from '#src/audit/outbox/webhook.js';
import { WebhookAttempts } from './webhook-attempts.service.js';
import { WebhookLimits } from './webhook-limits.service.js';
import { WebhookRepository, type TakenDelivery } from './webhook.repository.js';

/** Longer than any attempt: after it, one without an outcome is taken for lost with its process, and is made again. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 500;
const LAST_WAIT_MS = 3_000;

/** @property underWay attempts that go on after the run */
export type DeliveryRun = Readonly<Record<'taken' | 'delivered' | 'failed' | 'underWay', number>>;

/**
 * Sends what is due in the outbox, at least once, with the same webhook-id every time. A process that dies between sending and
 * recording sends again. Safe on any number of replicas at once.
 */
@Injectable()
export class WebhookDeliveries implements OnModuleDestroy {
  private readonly logger = new Logger(WebhookDeliveries.name);
  private readonly underWay = new Set<Promise<void>>();
  private ordinaryUnderWay = 0;
  private readonly abandoned = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly limits: WebhookLimits,
    private readonly deliveries: WebhookRepository,
    private readonly attempts: WebhookAttempts,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
  ) {}

  /** Sends until nothing is due or the run's time is over; never waits for a slow receiver longer than that. */
  async run(): Promise<DeliveryRun> {
    const count = { taken: 0, delivered: 0, failed: 0 };
    if (this.settings.env.AUDIT_WEBHOOK_URL === undefined) return { ...count, underWay: 0 };
    const end = performance.now() + this.limits.runMs;
    while (!this.shutdown.isShuttingDown && performance.now() < end) {
      const taken = await this.take();
      count.taken += taken.length;
      for (const delivery of taken) this.start(delivery, count);
      if (this.underWay.size === 0) break;
      // What ends may free a place, or let the next event of its commitment go.
      const rest = Math.min(LOOK_AGAIN_MS, Math.max(end - performance.now(), 0));
      await this.somethingEnds(rest);
    }
    return { ...count, underWay: this.underWay.size };
  }

  /** What is under way gets a moment; what then has no answer is made again by the next replica. */
  async onModuleDestroy(): Promise<void> {
    await within(LAST_WAIT_MS, Promise.allSettled(this.underWay), () => undefined);
    this.abandoned.abort();
    await Promise.allSettled(this.underWay);
  }

  /** What concerns money and admins first, and never all places for anything else. */
  private async take(): Promise<TakenDelivery[]> {
    const urgent = await this.takeOf(URGENT, this.limits.concurrency - this.underWay.size);
    const free = this.limits.concurrency - this.underWay.size - urgent.length;
    const room = Math.min(free, ORDINARY_AT_ONCE - this.ordinaryUnderWay);
    return [...urgent, ...(await this.takeOf(ORDINARY, room))];
  }

  private async takeOf(priority: number, limit: number): Promise<TakenDelivery[]> {
    if (limit <= 0) return [];
    const now = this.clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    return this.deliveries.takeDue(this.transactions.manager, now, lease, { limit, priority });
  }

  private start(delivery: TakenDelivery, count: { delivered: number; failed: number }): void {
    const ordinary = delivery.priority === ORDINARY ? 1 : 0;
    this.ordinaryUnderWay += ordinary;
    const attempt = this.attempt(delivery, count).finally(() => {
      this.ordinaryUnderWay -= ordinary;
      this.underWay.delete(attempt);
    });
    this.underWay.add(attempt);
  }

  private async attempt(
    delivery: TakenDelivery,
    count: { delivered: number; failed: number },
  ): Promise<void> {
    try {
      count[(await this.attempts.make(delivery, this.abandoned.signal)) ? 'delivered' : 'failed'] += 1;
    } catch (error) {
      this.logger.error(`webhook ${delivery.id}: ${messageOf(error)}`);
    }
  }

  private async somethingEnds(limitMs: number): Promise<void> {
    await within(limitMs, Promise.race(this.underWay), () => undefined);
  }
}
