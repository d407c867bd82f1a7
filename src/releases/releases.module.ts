import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { MilestoneReleaseService } from './milestone-release.service.js';
import { PaymentsService } from './payments.service.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutAudit } from './payout-audit.service.js';
import { PayoutDriver } from './payout-driver.service.js';
import { PayoutEffects } from './payout-effects.service.js';
import { PayoutEngine } from './payout-engine.service.js';
import { PayoutLedger } from './payout-ledger.service.js';
import { PayoutOrders } from './payout-orders.service.js';
import { PayoutPlanner } from './payout-plan.service.js';
import { PayoutSteps } from './payout-steps.service.js';
import { Payout } from './payout.entity.js';
import { PayoutRepository } from './payout.repository.js';
import { PayoutsService } from './payouts.service.js';
import { PersonalSettlements } from './personal-settlements.service.js';
import { ReleaseLock } from './release-lock.entity.js';
import { ReleaseLockRepository } from './release-lock.repository.js';
import { ReleaseLocksService } from './release-locks.service.js';
import { ReleasesController } from './releases.controller.js';
import { SettlementsController } from './settlements.controller.js';
import { SettlementsService } from './settlements.service.js';
import { StrayDepositsController } from './stray-deposits.controller.js';
import { StrayDepositsService } from './stray-deposits.service.js';
import { SweepController } from './sweep.controller.js';
import { SweepService } from './sweep.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Payout, PayoutAttempt, ReleaseLock]),
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
  ],
  controllers: [ReleasesController, SettlementsController, StrayDepositsController, SweepController],
  providers: [
    MilestoneReleaseService,
    PaymentsService,
    PayoutAttemptRepository,
    PayoutAudit,
    PayoutDriver,
    PayoutEffects,
    PayoutEngine,
    PayoutLedger,
    PayoutOrders,
    PayoutPlanner,
    PayoutRepository,
    PayoutSteps,
    PayoutsService,
    PersonalSettlements,
    ReleaseLockRepository,
    ReleaseLocksService,
    SettlementsService,
    StrayDepositsService,
    SweepService,
  ],
  exports: [PayoutDriver, SweepService],
})
export class ReleasesModule {}
