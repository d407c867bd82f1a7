import { Module } from '@nestjs/common';
import { ChainModule } from '#src/chain/chain.module.js';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { AuditAnchorRepository } from '#src/audit/anchors/audit-anchor.repository.js';
import { AuditExport } from '#src/audit/search/audit-export.service.js';
import { AuditFailure } from '#src/audit/log/audit-failure.service.js';
import { AuditLogsController } from '#src/audit/search/audit-logs.controller.js';
import { AuditLogs } from '#src/audit/search/audit-logs.service.js';
import { AuditOutcomes } from '#src/audit/log/audit-outcomes.service.js';
import { AuditRepository } from '#src/audit/log/audit.repository.js';
import { AuditSealRepository } from '#src/audit/seals/audit-seal.repository.js';
import { AuditAlarms } from '#src/audit/log/audit-alarms.service.js';
import { AuditKeyController } from '#src/audit/seals/audit-key.controller.js';
import { AuditKeys } from '#src/audit/seals/audit-keys.service.js';
import { ProofSeals } from '#src/audit/seals/proof-seals.service.js';
import { SealAlarms } from '#src/audit/seals/seal-alarms.port.js';
import { SealKeyRepository } from '#src/audit/seals/seal-key.repository.js';
import { SealMemory } from '#src/audit/seals/seal-memory.service.js';
import { SealSigner } from '#src/audit/seals/seal-signer.service.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import { AuditSearchRepository } from '#src/audit/search/audit-search.repository.js';
import { Audit } from '#src/audit/log/audit.service.js';
import { WebhookAdmin } from '#src/audit/webhook/webhook-admin.service.js';
import { WebhookController } from '#src/audit/webhook/webhook.controller.js';
import { WebhookAttempts } from '#src/audit/webhook/webhook-attempts.service.js';
import { WebhookDeliveries } from '#src/audit/webhook/webhook-deliveries.service.js';
import { WebhookLimits } from '#src/audit/webhook/webhook-limits.service.js';
import { WebhookOutbox } from '#src/audit/outbox/webhook-outbox.service.js';
import { WebhookPurge } from '#src/audit/webhook/webhook.purge.js';
import { WebhookRepository } from '#src/audit/webhook/webhook.repository.js';
import { WebhookSender } from '#src/audit/webhook/webhook-sender.service.js';
import { RefusalSummary } from '#src/audit/log/refusal-summary.service.js';
import { AuditSuccessInterceptor } from '#src/audit/log/audit-success.interceptor.js';

/** The outbox of the audit webhook. */
const webhook = [WebhookDeliveries, WebhookAdmin, WebhookPurge];
const webhookParts = [WebhookAttempts, WebhookLimits, WebhookOutbox, WebhookRepository, WebhookSender];

const seals = [
  AuditSealRepository,
  SealKeyRepository,
  SealSigner,
  SealMemory,
  AuditKeys,
  ProofSeals,
  { provide: SealAlarms, useClass: AuditAlarms },
];

@Module({
  imports: [ChainModule, RateLimitModule],
  controllers: [AuditLogsController, AuditKeyController, WebhookController],
  providers: [
    AuditRepository,
    Audit,
    AuditOutcomes,
    AuditFailure,
    RefusalSummary,
    AuditSuccessInterceptor,
    ...seals,
    AuditSealer,
    AuditAnchorRepository,
    AuditSearchRepository,
    AuditExport,
    AuditLogs,
    ...webhook,
    ...webhookParts,
  ],
  exports: [
    Audit,
    AuditLogs,
    AuditOutcomes,
    AuditFailure,
    AuditSuccessInterceptor,
    AuditSealer,
    AuditAnchorRepository,
    AuditKeys,
    ProofSeals,
    SealMemory,
    ...webhook,
  ],
})
export class AuditModule {}
