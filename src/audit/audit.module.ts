import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { AuditFailureService } from './audit-failure.service.js';
import { AuditLog } from './audit.entity.js';
import { AuditRepository } from './audit.repository.js';
import { AuditService } from './audit.service.js';
import { WebhookAdmin } from './webhook-admin.service.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookLimits } from './webhook-limits.service.js';
import { WebhookOutbox } from './webhook-outbox.service.js';
import { WebhookPurge } from './webhook.purge.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookSender } from './webhook-sender.service.js';

/** The outbox of the audit webhook. */
const webhook = [WebhookDeliveries, WebhookAdmin, WebhookPurge];
const webhookParts = [WebhookLimits, WebhookOutbox, WebhookRepository, WebhookSender];

@Module({
  imports: [TypeOrmModule.forFeature([AuditLog]), RateLimitModule],
  controllers: [WebhookController],
  providers: [AuditRepository, AuditService, AuditFailureService, ...webhook, ...webhookParts],
  exports: [AuditService, AuditFailureService, ...webhook],
})
export class AuditModule {}
