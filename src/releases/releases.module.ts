import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdminModule } from '#src/admin/admin.module.js';
import { ApprovalsModule } from '#src/approvals/approvals.module.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { AttemptProofs } from '#src/releases/landing/attempt-proofs.service.js';
import { BalanceCheck } from '#src/releases/landing/balance-check.service.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { DistributionClaims } from '#src/releases/distributions/distribution-claims.service.js';
import { DistributionsController } from '#src/releases/distributions/distributions.controller.js';
import { Distributions } from '#src/releases/distributions/distributions.service.js';
import { DueFailures } from '#src/releases/distributions/due-failures.service.js';
import { FailureFindings } from '#src/releases/distributions/failure-findings.service.js';
import { FailureFreeze } from '#src/releases/distributions/failure-freeze.service.js';
import { AnnouncedFailures } from '#src/releases/failures/announced-failures.service.js';
import { EnrollmentsController } from '#src/releases/failures/enrollments.controller.js';
import { Enrollments } from '#src/releases/failures/enrollments.service.js';
import { FailureAnnouncement } from '#src/releases/failures/failure-announcement.entity.js';
import { FailureAnnouncementRepository } from '#src/releases/failures/failure-announcement.repository.js';
import { FailureEnrollment } from '#src/releases/failures/failure-enrollment.entity.js';
import { FailureEnrollmentRepository } from '#src/releases/failures/failure-enrollment.repository.js';
import { FailureProposals } from '#src/releases/failures/failure-proposals.service.js';
import { FailureWeighing } from '#src/releases/failures/failure-weighing.service.js';
import { PastWeights } from '#src/releases/failures/past-weights.service.js';
import { FailureEarned } from '#src/releases/milestones/failure-earned.entity.js';
import { FailureEarnedRepository } from '#src/releases/milestones/failure-earned.repository.js';
import { OwedMilestones } from '#src/releases/milestones/owed-milestones.service.js';
import { EscrowHistories } from '#src/releases/history/escrow-histories.service.js';
import { EscrowHistoryRepository } from '#src/releases/history/escrow-history.repository.js';
import { HistoryGuard } from '#src/releases/history/history-guard.service.js';
import { RecoveredPayouts } from '#src/releases/history/recovered-payouts.service.js';
import { UnknownOutflows } from '#src/releases/history/unknown-outflows.service.js';
import { FailureDistribution } from '#src/releases/distributions/failure-distribution.entity.js';
import { FailureDistributionRepository } from '#src/releases/distributions/failure-distribution.repository.js';
import { FailureLegs } from '#src/releases/distributions/failure-legs.service.js';
import { FailureRound } from '#src/releases/distributions/rounds/failure-round.entity.js';
import { FailureRoundRepository } from '#src/releases/distributions/rounds/failure-round.repository.js';
import { FailureRounds } from '#src/releases/distributions/rounds/failure-rounds.service.js';
import { RoundWaits } from '#src/releases/distributions/rounds/round-waits.service.js';
import { LaterMoney } from '#src/releases/distributions/rounds/later-money.service.js';
import { LegFees } from '#src/releases/distributions/leg-fees.service.js';
import { DeadAttempts } from '#src/releases/landing/dead-attempts.service.js';
import { MilestoneRelease } from '#src/releases/milestones/milestone-release.service.js';
import { PausesController } from '#src/releases/pauses/pauses.controller.js';
import { Pauses } from '#src/releases/pauses/pauses.service.js';
import { PayoutFollower } from '#src/releases/engine/payout-follower.service.js';
import { PatientPlanner } from '#src/releases/planning/patient-planner.service.js';
import { PayoutAttempt } from '#src/releases/payouts/payout-attempt.entity.js';
import { PayoutAttemptRepository } from '#src/releases/payouts/payout-attempt.repository.js';
import { PayoutAudit } from '#src/releases/bookings/payout-audit.service.js';
import { PayoutDriver } from '#src/releases/engine/payout-driver.service.js';
import { PayoutEffects } from '#src/releases/bookings/payout-effects.port.js';
import { PayoutsController } from '#src/releases/payouts/payouts.controller.js';
import { PurposeEffects } from './purpose-effects.service.js';
import { DelayAlarm } from '#src/releases/engine/delay-alarm.service.js';
import { StepRunner } from '#src/releases/engine/step-runner.service.js';
import { PayoutEngine } from '#src/releases/engine/payout-engine.service.js';
import { PayoutResolutions } from '#src/releases/landing/payout-resolutions.service.js';
import { ResolutionsController } from '#src/releases/landing/resolutions.controller.js';
import { PayoutLanding } from '#src/releases/landing/payout-landing.service.js';
import { PayoutBookings } from '#src/releases/bookings/payout-bookings.service.js';
import { PayoutRegister } from '#src/releases/payouts/payout-register.service.js';
import { PayoutSigning } from '#src/releases/engine/payout-signing.service.js';
import { PayoutOrders } from '#src/releases/engine/payout-orders.service.js';
import { Pause } from '#src/releases/pauses/pause.entity.js';
import { PauseRepository } from '#src/releases/pauses/pause.repository.js';
import { PauseCheck } from '#src/releases/pauses/pause-check.service.js';
import { PauseEnds } from '#src/releases/pauses/pause-ends.service.js';
import { FeeOffers } from '#src/releases/planning/fee-offers.service.js';
import { RentFetches } from '#src/releases/planning/rent-fetches.service.js';
import { PayoutPlanner } from '#src/releases/planning/payout-planner.service.js';
import { PayoutSteps } from '#src/releases/engine/payout-steps.service.js';
import { Payout } from '#src/releases/payouts/payout.entity.js';
import { PayoutRepository } from '#src/releases/payouts/payout.repository.js';
import { PayoutSearchController } from '#src/releases/search/payout-search.controller.js';
import { PumpfunModule } from '#src/pumpfun/pumpfun.module.js';
import { PayoutSearchRepository } from '#src/releases/search/payout-search.repository.js';
import { PayoutSearch } from '#src/releases/search/payout-search.service.js';
import { Payouts } from '#src/releases/payouts/payouts.service.js';
import { PersonalSettlements } from '#src/releases/settlements/personal-settlements.service.js';
import { ReleaseLock } from '#src/releases/milestones/release-lock.entity.js';
import { ReleaseLockRepository } from '#src/releases/milestones/release-lock.repository.js';
import { ReleaseLocks } from '#src/releases/milestones/release-locks.service.js';
import { ReleasesController } from '#src/releases/milestones/releases.controller.js';
import { SettlementsController } from '#src/releases/settlements/settlements.controller.js';
import { SelfRelease } from '#src/releases/milestones/self-release.service.js';
import { FiledFailures } from '#src/releases/settlements/filed-failures.service.js';
import { UnfundedEnds } from '#src/releases/settlements/unfunded-ends.service.js';
import { Settlements } from '#src/releases/settlements/settlements.service.js';
import { StrayDepositsController } from '#src/releases/settlements/stray-deposits.controller.js';
import { StrayDeposits } from '#src/releases/settlements/stray-deposits.service.js';
import { DestinationChangesController } from '#src/releases/settlements/destination-changes.controller.js';
import { DestinationChanges } from '#src/releases/settlements/destination-changes.service.js';
import { ChangedDestinations } from '#src/releases/planning/changed-destinations.service.js';
import { PayoutRedirects } from '#src/releases/bookings/payout-redirects.service.js';
import { SweepController } from '#src/releases/settlements/sweep.controller.js';
import { EscrowRecovery } from '#src/releases/recovery/escrow-recovery.service.js';
import { LostDecisions } from '#src/releases/recovery/lost-decisions.service.js';
import { RecoveryController } from '#src/releases/recovery/recovery.controller.js';
import { RecoveryRepository } from '#src/releases/recovery/recovery.repository.js';
import { Recovery } from '#src/releases/recovery/recovery.service.js';
import { Sweep } from '#src/releases/settlements/sweep.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([
      FailureAnnouncement,
      FailureDistribution,
      FailureEarned,
      FailureEnrollment,
      FailureRound,
      Payout,
      PayoutAttempt,
      Pause,
      ReleaseLock,
    ]),
    AdminModule,
    ApprovalsModule,
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
    PumpfunModule,
    SignedMessagesModule,
  ],
  controllers: [
    DestinationChangesController,
    DistributionsController,
    EnrollmentsController,
    PausesController,
    PayoutSearchController,
    PayoutsController,
    RecoveryController,
    ResolutionsController,
    ReleasesController,
    SettlementsController,
    StrayDepositsController,
    SweepController,
  ],
  providers: [
    AttemptProofs,
    BalanceCheck,
    DeadAttempts,
    AnnouncedFailures,
    ChangedDestinations,
    DestinationChanges,
    PayoutRedirects,
    DistributionClaims,
    Distributions,
    DueFailures,
    Enrollments,
    FailureAnnouncementRepository,
    EscrowHistories,
    EscrowRecovery,
    LostDecisions,
    Recovery,
    RecoveryRepository,
    EscrowHistoryRepository,
    HistoryGuard,
    RecoveredPayouts,
    UnknownOutflows,
    FailureDistributionRepository,
    FailureEarnedRepository,
    FailureEnrollmentRepository,
    FailureFindings,
    FailureFreeze,
    FailureLegs,
    FailureProposals,
    FailureRoundRepository,
    FailureRounds,
    FailureWeighing,
    LaterMoney,
    RoundWaits,
    FiledFailures,
    LegFees,
    MilestoneRelease,
    OwedMilestones,
    PastWeights,
    Pauses,
    PayoutFollower,
    PatientPlanner,
    PayoutAttemptRepository,
    PayoutAudit,
    PayoutDriver,
    { provide: PayoutEffects, useClass: PurposeEffects },
    PayoutEngine,
    DelayAlarm,
    StepRunner,
    PayoutLanding,
    PayoutBookings,
    PayoutOrders,
    PayoutRegister,
    PayoutResolutions,
    PayoutSigning,
    PauseRepository,
    PauseCheck,
    PauseEnds,
    PayoutPlanner,
    RentFetches,
    FeeOffers,
    PayoutRepository,
    PayoutSearch,
    PayoutSearchRepository,
    PayoutSteps,
    Payouts,
    PersonalSettlements,
    ReleaseLockRepository,
    ReleaseLocks,
    SelfRelease,
    Settlements,
    StrayDeposits,
    Sweep,
    UnfundedEnds,
  ],
  exports: [
    DueFailures,
    LaterMoney,
    RoundWaits,
    EscrowHistories,
    UnknownOutflows,
    PauseEnds,
    Pauses,
    PayoutDriver,
    PayoutSearch,
    ReleaseLocks,
    Sweep,
  ],
})
export class ReleasesModule {}
