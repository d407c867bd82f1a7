import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Audit, type AuditEntry } from '#src/audit/log/audit.service.js';
import { backoffMs, payloadOf, retryAfterMs } from '#src/audit/outbox/webhook.js';
import { Clock } from '#src/common/clock.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Ids } from '#src/common/ids.js';
import { type WebhookAnswer, WebhookSender, WebhookSendError } from './webhook-sender.service.js';
import { type FailedAttempt, type TakenDelivery, WebhookRepository } from './webhook.repository.js';

const GONE = 410;

/** One attempt of one delivery: it is sent, and what came of it is noted. */
@Injectable()
export class WebhookAttempts {
  constructor(
    private readonly settings: Settings,
    private readonly deliveries: WebhookRepository,
    private readonly sender: WebhookSender,
    private readonly audit: Audit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Sends once, and notes what came of it. @returns whether the receiver has it; false when `signal` ended it */
  async make(delivery: TakenDelivery, signal: AbortSignal): Promise<boolean> {
    const answer = await this.sender
      .send(delivery.id, payloadOf(delivery), signal)
      .catch((error: unknown) => (error instanceof WebhookSendError ? error : Promise.reject(error)));
    // It may have arrived: it stays taken, and is sent again when that has run out.
    if (signal.aborted) return false;
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

function gaveUp(delivery: TakenDelivery, { error }: FailedAttempt): AuditEntry {
  const { id, event, auditId, attempts, commitmentId } = delivery;
  return {
    event: 'webhook_undeliverable_error',
    ...(commitmentId === null ? {} : { commitmentId }),
    fields: { deliveryId: id, event, auditId, attempts, lastError: error },
  };
}
