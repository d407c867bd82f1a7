import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Settings } from '../../config/settings.js';
import { Clock } from '../common/clock.js';
import { messageOf } from '../common/errors.js';
import { Ids } from '../common/ids.js';
import { Shutdown } from '../common/shutdown.js';
import { Transactions } from '../common/transactions.js';
import { AuditService } from './audit.service.js';
import { backoffMs, payloadOf, retryAfterMs } from './webhook.js';
import { WebhookLimits } from './webhook-limits.service.js';
import { WebhookRepository, type FailedAttempt, type TakenDelivery } from './webhook.repository.js';
import { type WebhookAnswer, WebhookSender, WebhookSendError } from './webhook-sender.service.js';

/** Longer than any attempt: after it, one without an outcome is taken for lost with its process, and is made again. */
const LEASE_MS = 60_000;
const LOOK_AGAIN_MS = 500;
const LAST_WAIT_MS = 3_000;
const GONE = 410;

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
  private readonly abandoned = new AbortController();

  constructor(
    private readonly settings: Settings,
    private readonly limits: WebhookLimits,
    private readonly deliveries: WebhookRepository,
    private readonly sender: WebhookSender,
    private readonly audit: AuditService,
    private readonly transactions: Transactions,
    private readonly shutdown: Shutdown,
    private readonly clock: Clock,
    private readonly ids: Ids,
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
    const all = Promise.allSettled(this.underWay);
    await Promise.race([all, delay(LAST_WAIT_MS, undefined, { ref: false })]);
    this.abandoned.abort();
    await Promise.allSettled(this.underWay);
  }

  private async take(): Promise<TakenDelivery[]> {
    const free = this.limits.concurrency - this.underWay.size;
    if (free <= 0) return [];
    const now = this.clock.now();
    const lease = new Date(now.getTime() + LEASE_MS);
    return this.deliveries.takeDue(this.transactions.manager, now, lease, free);
  }

  private start(delivery: TakenDelivery, count: { delivered: number; failed: number }): void {
    const attempt = this.attempt(delivery, count).finally(() => this.underWay.delete(attempt));
    this.underWay.add(attempt);
  }

  private async attempt(
    delivery: TakenDelivery,
    count: { delivered: number; failed: number },
  ): Promise<void> {
    try {
      count[(await this.deliver(delivery)) ? 'delivered' : 'failed'] += 1;
    } catch (error) {
      this.logger.error(`webhook ${delivery.id}: ${messageOf(error)}`);
    }
  }

  private async somethingEnds(limitMs: number): Promise<void> {
    const timer = new AbortController();
    const late = delay(limitMs, undefined, { signal: timer.signal }).catch(() => undefined);
    await Promise.race([...this.underWay, late]);
    timer.abort();
  }

  /** @returns whether the receiver has it */
  private async deliver(delivery: TakenDelivery): Promise<boolean> {
    const answer = await this.sender
      .send(delivery.id, payloadOf(delivery), this.abandoned.signal)
      .catch((error: unknown) => (error instanceof WebhookSendError ? error : Promise.reject(error)));
    // It may have arrived: it stays taken, and is sent again when that has run out.
    if (this.abandoned.signal.aborted) return false;
    const now = this.clock.now();
    if (!(answer instanceof WebhookSendError) && answer.status >= 200 && answer.status < 300) {
      await this.deliveries.markDelivered(this.transactions.manager, delivery, now, answer.status);
      return true;
    }
    await this.fail(delivery, now, answer);
    return false;
  }

  private async fail(
    delivery: TakenDelivery,
    now: Date,
    answer: WebhookAnswer | WebhookSendError,
  ): Promise<void> {
    const failed = this.failureOf(delivery, now, answer);
    await this.transactions.run(async (manager) => {
      const status = await this.deliveries.markFailed(manager, delivery, now, failed);
      if (status === 'undeliverable') await this.audit.record(manager, gaveUp(delivery, failed));
      if (failed.status !== GONE) return;
      const reason = `${this.host} answered 410: it wants no more of this`;
      if (!(await this.deliveries.disable(manager, now, reason))) return;
      await this.audit.record(manager, {
        event: 'webhook_disabled_error',
        fields: { host: this.host, reason },
      });
    });
  }

  private failureOf(
    { attempts }: TakenDelivery,
    now: Date,
    answer: WebhookAnswer | WebhookSendError,
  ): FailedAttempt {
    if (answer instanceof WebhookSendError)
      return { status: null, error: answer.message, nextAttemptAt: this.later(now, attempts, 0) };
    const { status, retryAfter } = answer;
    // What was refused for good is due as soon as an admin enables the receiver again.
    const nextAttemptAt = status === GONE ? now : this.later(now, attempts, retryAfterMs(retryAfter, now));
    const isRedirect = status >= 300 && status < 400;
    return {
      status,
      error: `answered ${status}${isRedirect ? ', and redirects are not followed' : ''}`,
      nextAttemptAt,
    };
  }

  private later(now: Date, attempts: number, atLeastMs: number): Date {
    const chance = Buffer.from(this.ids.bytes(2)).readUInt16BE() / 0xffff;
    return new Date(now.getTime() + Math.max(backoffMs(attempts, chance), atLeastMs));
  }

  private get host(): string {
    return new URL(this.settings.env.AUDIT_WEBHOOK_URL ?? '').host;
  }
}

function gaveUp(delivery: TakenDelivery, { error }: FailedAttempt) {
  const { id, event, auditId, attempts, commitmentId } = delivery;
  return {
    event: 'webhook_undeliverable_error',
    ...(commitmentId === null ? {} : { commitmentId }),
    fields: { deliveryId: id, event, auditId, attempts, lastError: error },
  };
}
