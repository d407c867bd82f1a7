import { Injectable } from '@nestjs/common';
import { AdminPurge } from '../admin/admin.purge.js';
import { UnlockingService } from '../approvals/unlocking.service.js';
import { CustodyCheck } from '../escrow/custody-check.service.js';
import { KeyRotationService } from '../escrow/key-rotation.service.js';
import { WebhookDeliveries } from '../audit/webhook-deliveries.service.js';
import { WebhookPurge } from '../audit/webhook.purge.js';
import { AuditAnchor } from '../audit/audit-anchor.service.js';
import { AuditSealer } from '../audit/audit-sealer.service.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { FeePayerWatch } from '../escrow/fee-payer-watch.service.js';
import { RateLimitPurge } from '../rate-limit/rate-limit.purge.js';
import { PayoutDriver } from '../releases/payout-driver.service.js';
import { SweepService } from '../releases/sweep.service.js';
import { JobRepository } from './job.repository.js';
import type { JobName, JobResult } from './jobs.js';

const RUNS_KEPT_DAYS = 7;

/** What each job does. A job without work does not compile. */
@Injectable()
export class JobWork {
  private readonly work: Readonly<Record<JobName, () => Promise<JobResult>>>;

  constructor(
    payouts: PayoutDriver,
    unlocking: UnlockingService,
    escrowKeys: KeyRotationService,
    custody: CustodyCheck,
    sweep: SweepService,
    feePayer: FeePayerWatch,
    rateLimits: RateLimitPurge,
    admins: AdminPurge,
    webhooks: WebhookDeliveries,
    webhookPurge: WebhookPurge,
    idempotency: IdempotencyService,
    jobs: JobRepository,
    seals: AuditSealer,
    anchor: AuditAnchor,
  ) {
    this.work = {
      'payout-driver': async () => ({ due: await payouts.runOnce() }),
      'webhook-outbox': async () => ({ ...(await webhooks.run()) }),
      normalization: async () => ({ ...(await unlocking.run()) }),
      'escrow-key-rotation': async () => ({ ...(await escrowKeys.resume()) }),
      'custody-check': async () => {
        const { checked, failed } = await custody.run();
        return { checked, failed };
      },
      sweep: async () => {
        const { items: _, ...counts } = await sweep.run();
        return counts;
      },
      'audit-seal': async () => ({ ...(await seals.run()) }),
      'audit-anchor': async () => ({ ...(await anchor.run()) }),
      'fee-payer-watch': async () => ({ ...(await feePayer.run()) }),
      'rate-limit-purge': async () => ({ deleted: await rateLimits.run() }),
      'admin-purge': async () => ({ ...(await admins.run()) }),
      'webhook-purge': async () => ({ deleted: await webhookPurge.run() }),
      'idempotency-purge': async () => ({ deleted: await idempotency.purge() }),
      'job-run-purge': async () => ({ deleted: await jobs.purgeRuns(RUNS_KEPT_DAYS) }),
    };
  }

  of(name: JobName): () => Promise<JobResult> {
    return this.work[name];
  }
}
