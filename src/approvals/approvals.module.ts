import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { CommitmentsModule } from '#src/commitments/commitments.module.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { Eligibility } from '#src/approvals/signals/eligibility.service.js';
import { JupiterPriceFeed } from '#src/approvals/prices/jupiter-price-feed.service.js';
import { Normalization } from '#src/approvals/unlocking/normalization.service.js';
import { PriceFeed } from '#src/approvals/prices/price-feed.js';
import { PriceRequests } from '#src/approvals/prices/price-requests.service.js';
import { Prices } from '#src/approvals/prices/prices.service.js';
import { Reweighing } from '#src/approvals/weights/reweighing.service.js';
import { Signal } from '#src/approvals/signals/signal.entity.js';
import { ProvenSignals } from '#src/approvals/signals/proven-signals.service.js';
import { SignalRepository } from '#src/approvals/signals/signal.repository.js';
import { SignalsController } from '#src/approvals/signals/signals.controller.js';
import { Signals } from '#src/approvals/signals/signals.service.js';
import { TimelyApprovals } from '#src/approvals/signals/timely-approvals.service.js';
import { TokenPrice } from '#src/approvals/prices/token-price.entity.js';
import { TokenPriceRepository } from '#src/approvals/prices/token-price.repository.js';
import { UnlockingController } from '#src/approvals/unlocking/unlocking.controller.js';
import { Unlocking } from '#src/approvals/unlocking/unlocking.service.js';

/** Approvals of milestones: who may give them, what they weigh, and when they unlock. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Signal, TokenPrice]),
    AuditModule,
    ChainModule,
    CommitmentsModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [SignalsController, UnlockingController],
  providers: [
    Eligibility,
    { provide: PriceFeed, useClass: JupiterPriceFeed },
    Normalization,
    PriceRequests,
    Prices,
    Reweighing,
    ProvenSignals,
    SignalRepository,
    Signals,
    TimelyApprovals,
    TokenPriceRepository,
    Unlocking,
  ],
  exports: [TimelyApprovals, Unlocking],
})
export class ApprovalsModule {}
