import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApprovalsModule } from '../approvals/approvals.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { BalanceEvidence } from './balance-evidence.service.js';
import { SignedMessagesModule } from '../signed-messages/signed-messages.module.js';
import { DistributionClaimsService } from './distribution-claims.service.js';
import { DistributionsController } from './distributions.controller.js';
import { DistributionsService } from './distributions.service.js';
import { FailureDistribution } from './failure-distribution.entity.js';
import { FailureDistributionRepository } from './failure-distribution.repository.js';
import { FailureLegs } from './failure-legs.service.js';
import { FailureShare } from './failure-share.entity.js';
import { LegFees } from './leg-fees.service.js';
import { FalseDeaths } from './false-deaths.service.js';
import { MilestoneReleaseService } from './milestone-release.service.js';
import { PausesController } from './pauses.controller.js';
import { PausesService } from './pauses.service.js';
import { PaymentsService } from './payments.service.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutAudit } from './payout-audit.service.js';
import { PayoutDriver } from './payout-driver.service.js';
import { PayoutEffects } from './payout-effects.service.js';
import { PayoutEngine } from './payout-engine.service.js';
import { PayoutLedger } from './payout-ledger.service.js';
import { PayoutOrders } from './payout-orders.service.js';
import { PayoutPause } from './payout-pause.entity.js';
import { PayoutPauseRepository } from './payout-pause.repository.js';
import { PayoutPauses } from './payout-pauses.service.js';
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
import { RewardFailureService } from './reward-failure.service.js';
import { SettlementsController } from './settlements.controller.js';
import { SettlementsService } from './settlements.service.js';
import { StrayDepositsController } from './stray-deposits.controller.js';
import { StrayDepositsService } from './stray-deposits.service.js';
import { SweepController } from './sweep.controller.js';
import { SweepService } from './sweep.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      FailureDistribution,
      FailureShare,
      Payout,
      PayoutAttempt,
      PayoutPause,
      ReleaseLock,
    ]),
    ApprovalsModule,
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [
    DistributionsController,
    PausesController,
    ReleasesController,
    SettlementsController,
    StrayDepositsController,
    SweepController,
  ],
  providers: [
    BalanceEvidence,
    FalseDeaths,
    DistributionClaimsService,
    DistributionsService,
    FailureDistributionRepository,
    FailureLegs,
    LegFees,
    MilestoneReleaseService,
    PausesService,
    PaymentsService,
    PayoutAttemptRepository,
    PayoutAudit,
    PayoutDriver,
    PayoutEffects,
    PayoutEngine,
    PayoutLedger,
    PayoutOrders,
    PayoutPauseRepository,
    PayoutPauses,
    PayoutPlanner,
    PayoutRepository,
    PayoutSteps,
    PayoutsService,
    PersonalSettlements,
    ReleaseLockRepository,
    ReleaseLocksService,
    RewardFailureService,
    SettlementsService,
    StrayDepositsService,
    SweepService,
  ],
  exports: [PayoutDriver, SweepService],
})
export class ReleasesModule {}
