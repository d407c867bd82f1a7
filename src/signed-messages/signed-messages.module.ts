import { Module } from '@nestjs/common';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { SignedActionRegistry } from './signed-action.registry.js';
import { SignedMessagesController } from './signed-messages.controller.js';
import { SignedMessagesService } from './signed-messages.service.js';

/** Texts for wallets to sign, and their verification. Features register their actions in `SignedActionRegistry`. */
@Module({
  imports: [RateLimitModule],
  controllers: [SignedMessagesController],
  providers: [SignedActionRegistry, SignedMessagesService],
  exports: [SignedActionRegistry, SignedMessagesService],
})
export class SignedMessagesModule {}
