import { Module } from '@nestjs/common';
import { AdminModule } from '#src/admin/admin.module.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { ReleasesModule } from '#src/releases/releases.module.js';
import { ComparedActionRepository } from './compared-action.repository.js';
import { ActionComparison } from './action-comparison.service.js';
import { EscrowComparison } from './escrow-comparison.service.js';
import { ReconciliationRepository } from './reconciliation.repository.js';
import { ReconciliationsController } from './reconciliations.controller.js';
import { Reconciliations } from './reconciliations.service.js';

/** Ledger and chain, compared. */
@Module({
  imports: [AdminModule, AuditModule, ChainModule, CommitmentsModule, ReleasesModule],
  controllers: [ReconciliationsController],
  providers: [
    ActionComparison,
    ComparedActionRepository,
    EscrowComparison,
    ReconciliationRepository,
    Reconciliations,
  ],
  exports: [Reconciliations],
})
export class ReconciliationModule {}
