import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdminModule } from '#src/admin/admin.module.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { CreatorFeesController } from './claims/creator-fees.controller.js';
import { CreatorFees } from './claims/creator-fees.service.js';
import { CollectWork } from './collections/collect-work.service.js';
import { EscrowFeesReader } from './collections/escrow-fees-reader.service.js';
import { FeeCollectionsController } from './collections/fee-collections.controller.js';
import { FeeCollections } from './collections/fee-collections.service.js';
import { ManagedFeeLookRepository } from './collections/managed-fee-look.repository.js';
import { ManagedFees } from './collections/managed-fees.service.js';
import { NewCollections } from './collections/new-collections.service.js';
import { UnwrapWork } from './collections/unwrap-work.service.js';
import { WrappedSol } from './collections/wrapped-sol.service.js';
import { LaunchRow } from './launches/launch-row.entity.js';
import { LaunchRepository } from './launches/launch.repository.js';
import { LaunchViews } from './launches/launch-views.service.js';
import { LaunchWork } from './launches/launch-work.service.js';
import { LaunchesController } from './launches/launches.controller.js';
import { Launches } from './launches/launches.service.js';
import { Operation } from './operations/operation.entity.js';
import { OperationAttempt } from './operations/operation-attempt.entity.js';
import { OperationBookings } from './operations/operation-bookings.service.js';
import { OperationDriver } from './operations/operation-driver.service.js';
import { OperationEngine } from './operations/operation-engine.service.js';
import { OperationLanding } from './operations/operation-landing.service.js';
import { OperationRepository } from './operations/operation.repository.js';
import { OperationWorks } from './operations/operation-works.service.js';

/** What this service does with the programs of pump.fun: claims of wallets, collections for managed commitments, launches. */
@Module({
  imports: [
    TypeOrmModule.forFeature([LaunchRow, Operation, OperationAttempt]),
    AdminModule,
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [CreatorFeesController, FeeCollectionsController, LaunchesController],
  providers: [
    CollectWork,
    CreatorFees,
    EscrowFeesReader,
    FeeCollections,
    Launches,
    LaunchRepository,
    LaunchViews,
    LaunchWork,
    ManagedFeeLookRepository,
    ManagedFees,
    NewCollections,
    OperationBookings,
    OperationDriver,
    OperationEngine,
    OperationLanding,
    OperationRepository,
    OperationWorks,
    UnwrapWork,
    WrappedSol,
  ],
  exports: [ManagedFees, OperationDriver, WrappedSol],
})
export class PumpfunModule {}
