import { Module } from '@nestjs/common';
import { ChainModule } from '#src/chain/chain.module.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { CreatorFeesController } from './creator-fees.controller.js';
import { CreatorFees } from './creator-fees.service.js';

/** Creator fees of pump.fun. */
@Module({
  imports: [ChainModule, SignedMessagesModule],
  controllers: [CreatorFeesController],
  providers: [CreatorFees],
})
export class PumpfunModule {}
