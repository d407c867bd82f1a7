import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { PayoutAttempt } from './payout-attempt.entity.js';
import { PayoutAttemptRepository } from './payout-attempt.repository.js';
import { PayoutDriver } from './payout-driver.service.js';
import { PayoutEffects } from './payout-effects.service.js';
import { PayoutEngine } from './payout-engine.service.js';
import { PayoutLedger } from './payout-ledger.service.js';
import { Payout } from './payout.entity.js';
import { PayoutPlanner } from './payout-plan.service.js';
import { PayoutRepository } from './payout.repository.js';
import { PayoutsService } from './payouts.service.js';
import { PayoutSteps } from './payout-steps.service.js';
import { SettlementsController } from './settlements.controller.js';
import { SettlementsService } from './settlements.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Payout, PayoutAttempt]),
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
  ],
  controllers: [SettlementsController],
  providers: [
    PayoutAttemptRepository,
    PayoutDriver,
    PayoutEffects,
    PayoutEngine,
    PayoutLedger,
    PayoutPlanner,
    PayoutRepository,
    PayoutSteps,
    PayoutsService,
    SettlementsService,
  ],
  exports: [PayoutDriver, PayoutEngine],
})
export class ReleasesModule {}
