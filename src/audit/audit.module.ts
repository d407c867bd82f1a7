import { Module } from '@nestjs/common';
import { ChainModule } from '../chain/chain.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { AuditAnchorRepository } from './audit-anchor.repository.js';
import { AuditAnchor } from './audit-anchor.service.js';
import { AuditExport } from './audit-export.service.js';
import { AuditFailureService } from './audit-failure.service.js';
import { AuditLogsController } from './audit-logs.controller.js';
import { AuditLogs } from './audit-logs.service.js';
import { AuditOutcomes } from './audit-outcomes.service.js';
import { AuditRepository } from './audit.repository.js';
import { AuditSealRepository } from './audit-seal.repository.js';
import { AuditSealer } from './audit-sealer.service.js';
import { AuditSearchRepository } from './audit-search.repository.js';
import { AuditService } from './audit.service.js';
import { WebhookAdmin } from './webhook-admin.service.js';
import { WebhookController } from './webhook.controller.js';
import { WebhookDeliveries } from './webhook-deliveries.service.js';
import { WebhookLimits } from './webhook-limits.service.js';
import { WebhookOutbox } from './webhook-outbox.service.js';
import { WebhookPurge } from './webhook.purge.js';
import { WebhookRepository } from './webhook.repository.js';
import { WebhookSender } from './webhook-sender.service.js';
import { AuditSuccessInterceptor } from './audit-success.interceptor.js';

/** The outbox of the audit webhook. */
const webhook = [WebhookDeliveries, WebhookAdmin, WebhookPurge];
const webhookParts = [WebhookLimits, WebhookOutbox, WebhookRepository, WebhookSender];

@Module({
  imports: [ChainModule, RateLimitModule],
  controllers: [AuditLogsController, WebhookController],
  providers: [
    AuditRepository,
    AuditService,
    AuditOutcomes,
    AuditFailureService,
    AuditSuccessInterceptor,
    AuditSealRepository,
    AuditSealer,
    AuditAnchorRepository,
    AuditAnchor,
    AuditSearchRepository,
    AuditExport,
    AuditLogs,
    ...webhook,
    ...webhookParts,
  ],
  exports: [
    AuditService,
    AuditOutcomes,
    AuditFailureService,
    AuditSuccessInterceptor,
    AuditSealer,
    AuditAnchor,
    ...webhook,
  ],
})
export class AuditModule {}
