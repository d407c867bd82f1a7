import { Injectable } from '@nestjs/common';
import { AdminPurge } from '#src/admin/sessions/admin.purge.js';
import { Unlocking } from '#src/approvals/unlocking/unlocking.service.js';
import { CustodyCheck } from '#src/escrow/keys/custody-check.service.js';
import { KeyRotation } from '#src/escrow/keys/key-rotation.service.js';
import { WebhookDeliveries } from '#src/audit/webhook/webhook-deliveries.service.js';
import { WebhookPurge } from '#src/audit/webhook/webhook.purge.js';
import { AuditAnchor } from '#src/audit/anchors/audit-anchor.service.js';
import { AuditSealer } from '#src/audit/seals/audit-sealer.service.js';
import { Idempotency } from '#src/idempotency/idempotency.service.js';
import { FeeRoutingWatch } from '#src/commitments/fee-routing/fee-routing-watch.service.js';
import { FeePayerWatch } from '#src/escrow/fee-payer/fee-payer-watch.service.js';
import { ManagedFees } from '#src/pumpfun/collections/managed-fees.service.js';
import { OperationDriver } from '#src/pumpfun/operations/operation-driver.service.js';
import { RateLimitPurge } from '#src/rate-limit/rate-limit.purge.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import { WrappedSol } from '#src/pumpfun/collections/wrapped-sol.service.js';
import { LaterMoney } from '#src/releases/distributions/rounds/later-money.service.js';
import { Reconciliations } from '#src/reconciliation/reconciliations.service.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { PauseEnds } from '#src/releases/pauses/pause-ends.service.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';
import { VoicesWatch } from './voices-watch.service.js';
import { JobRepository } from './job.repository.js';
import type { JobName, JobResult } from './jobs.js';

const RUNS_KEPT_DAYS = 7;

/** What each job does. A job without work does not compile. */
@Injectable()
export class JobWork {
  private readonly work: Readonly<Record<JobName, () => Promise<JobResult>>>;

  constructor(
    payouts: PayoutDriver,
    unlocking: Unlocking,
    escrowKeys: KeyRotation,
    custody: CustodyCheck,
    sweep: Sweep,
    failures: DueFailures,
    laterMoney: LaterMoney,
    wrapped: WrappedSol,
    pauses: PauseEnds,
    reconciliations: Reconciliations,
    feePayer: FeePayerWatch,
    voices: VoicesWatch,
    feeRoutings: FeeRoutingWatch,
    managedFees: ManagedFees,
    pumpOperations: OperationDriver,
    rateLimits: RateLimitPurge,
    admins: AdminPurge,
    webhooks: WebhookDeliveries,
    webhookPurge: WebhookPurge,
    idempotency: Idempotency,
    jobs: JobRepository,
    seals: AuditSealer,
    anchor: AuditAnchor,
  ) {
    this.work = {
      'payout-driver': async () => ({ due: await payouts.runOnce() }),
      'webhook-outbox': async () => ({ ...(await webhooks.run()) }),
      normalization: async () => ({ ...(await unlocking.runAll()) }),
      'escrow-key-rotation': async () => ({ ...(await escrowKeys.resume()) }),
      'custody-check': async () => {
        const { checked, failed } = await custody.run();
        return { checked, failed };
      },
      sweep: async () => {
        const { items: _, ...counts } = await sweep.run();
        return counts;
      },
      'failure-effect': async () => ({ ...(await failures.run()) }),
      'later-money': async () => ({ ...(await laterMoney.run()) }),
      'pause-end': async () => ({ ...(await pauses.run()) }),
      reconciliation: async () => ({ ...(await reconciliations.runAll()) }),
      'audit-seal': async () => ({ ...(await seals.run()) }),
      'audit-anchor': async () => ({ ...(await anchor.run()) }),
      'fee-payer-watch': async () => ({ ...(await feePayer.run()) }),
      'rpc-watch': async () => ({ ...(await voices.run()) }),
      'fee-routing-watch': async () => ({ ...(await feeRoutings.run()) }),
      'managed-fee-sweep': async () => ({ ...(await managedFees.run()) }),
      'wrapped-sol': async () => ({ ...(await wrapped.run()) }),
      'pump-operations': async () => ({ ...(await pumpOperations.run()) }),
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
