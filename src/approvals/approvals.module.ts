import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { CommitmentsModule } from '../commitments/commitments.module.js';
import { SignedMessagesModule } from '../signed-messages/signed-messages.module.js';
import { EarnedWeights } from './earned-weights.service.js';
import { Eligibility } from './eligibility.service.js';
import { JupiterPriceFeed } from './jupiter-price-feed.service.js';
import { NormalizationService } from './normalization.service.js';
import { PriceFeed } from './price-feed.js';
import { PricesService } from './prices.service.js';
import { ReweighingService } from './reweighing.service.js';
import { Signal } from './signal.entity.js';
import { SignalRepository } from './signal.repository.js';
import { SignalsController } from './signals.controller.js';
import { SignalsService } from './signals.service.js';
import { TokenPrice } from './token-price.entity.js';
import { TokenPriceRepository } from './token-price.repository.js';
import { UnlockingController } from './unlocking.controller.js';
import { UnlockingService } from './unlocking.service.js';

/** Approvals of milestones: who may give them, what they weigh, and when they unlock. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Signal, TokenPrice]),
    AuditModule,
    ChainModule,
    CommitmentsModule,
    SignedMessagesModule,
  ],
  controllers: [SignalsController, UnlockingController],
  providers: [
    EarnedWeights,
    Eligibility,
    { provide: PriceFeed, useClass: JupiterPriceFeed },
    NormalizationService,
    PricesService,
    ReweighingService,
    SignalRepository,
    SignalsService,
    TokenPriceRepository,
    UnlockingService,
  ],
  exports: [EarnedWeights, UnlockingService],
})
export class ApprovalsModule {}
