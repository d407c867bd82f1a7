import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { RateLimitModule } from '#src/rate-limit/rate-limit.module.js';
import { ActHeads } from './act-heads.service.js';
import { SignedActionRegistry } from './signed-action.registry.js';
import { SignedAct } from './signed-act.entity.js';
import { SignedActRepository } from './signed-act.repository.js';
import { SignedActs } from './signed-acts.service.js';
import { SignedMessagesController } from './signed-messages.controller.js';
import { SignedActions } from './signed-actions.service.js';
import { SignedMessages } from './signed-messages.service.js';

/** Texts for wallets to sign, and their verification. Features define their actions by `SignedActions`. */
@Module({
  imports: [TypeOrmModule.forFeature([SignedAct]), RateLimitModule],
  controllers: [SignedMessagesController],
  providers: [ActHeads, SignedActionRegistry, SignedActions, SignedActRepository, SignedActs, SignedMessages],
  exports: [ActHeads, SignedActions, SignedActionRegistry, SignedActs, SignedMessages],
})
export class SignedMessagesModule {}
