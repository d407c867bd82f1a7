import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Clock } from '#src/common/clock.js';
import { decodeCursor, type Page, toPage } from '#src/common/pages.js';
import { Transactions } from '#src/common/database/transactions.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { GIVE_UP_AFTER_MS } from '#src/audit/outbox/webhook.js';
import {
  toDeliveryDto,
  toEndpointDto,
  type WebhookDeliveryDto,
  type WebhookDeliveryQuery,
  type WebhookEndpointDto,
} from './webhook.dto.js';
import { deliveryNotFound, webhookNotConfigured } from './webhook.errors.js';
import { WebhookRepository } from './webhook.repository.js';

const TEST_EVENT = 'admin_webhook_test_ok';

/** The audit webhook as admins see and steer it. */
@Injectable()
export class WebhookAdmin {
  constructor(
    private readonly settings: Settings,
    private readonly deliveries: WebhookRepository,
    private readonly transactions: Transactions,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Newest first. @throws DomainError `invalid_cursor` */
  async list({ status, limit, cursor }: WebhookDeliveryQuery): Promise<Page<WebhookDeliveryDto>> {
    const { manager } = this.transactions;
    const rows = await this.deliveries.findPage(manager, status, limit + 1, decodeCursor(cursor));
    const { items, nextCursor } = toPage(rows, limit);
    return { items: items.map(toDeliveryDto), nextCursor };
  }

  /** Makes a delivery due at once, whatever became of it. @throws DomainError `webhook_delivery_not_found` */
  async resend(id: string): Promise<WebhookDeliveryDto> {
    const now = this.clock.now();
    return this.transactions.run(async (manager) => {
      const row = await this.deliveries.resend(manager, id, now, new Date(now.getTime() + GIVE_UP_AFTER_MS));
      if (row === undefined) throw deliveryNotFound(id);
      const fields = { deliveryId: id, event: row.event, auditId: row.auditId };
      await this.audit.record(manager, { event: 'admin_webhook_resend_ok', fields });
      return toDeliveryDto(row);
    });
  }

  async endpoint(): Promise<WebhookEndpointDto> {
    const { AUDIT_WEBHOOK_URL, AUDIT_WEBHOOK_SECRET } = this.settings.env;
    const host = AUDIT_WEBHOOK_URL === undefined ? null : new URL(AUDIT_WEBHOOK_URL).host;
    return toEndpointDto(
      { host, signed: AUDIT_WEBHOOK_SECRET !== undefined },
      await this.deliveries.endpoint(this.transactions.manager),
    );
  }

  /** Sends again after the receiver's 410. Harmless where nothing is switched off; recorded all the same. */
  async enable(): Promise<WebhookEndpointDto> {
    await this.transactions.run(async (manager) => {
      const fields = { wasDisabled: await this.deliveries.enable(manager) };
      await this.audit.record(manager, { event: 'admin_webhook_enable_ok', fields });
    });
    return this.endpoint();
  }

  /** Writes an event that does nothing but to be told. @throws DomainError `webhook_not_configured` */
  async test(): Promise<WebhookDeliveryDto> {
    return this.transactions.run(async (manager) => {
      await this.audit.record(manager, { event: TEST_EVENT });
      const row = await this.deliveries.findNewest(manager, TEST_EVENT);
      if (this.settings.env.AUDIT_WEBHOOK_URL === undefined || row === undefined)
        throw webhookNotConfigured();
      return toDeliveryDto(row);
    });
  }
}
