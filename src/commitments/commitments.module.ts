import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { SignedMessagesModule } from '../signed-messages/signed-messages.module.js';
import { AttestationService } from './attestation.service.js';
import { ChainTimeDisplay } from './chain-time-display.service.js';
import { Commitment } from './commitment.entity.js';
import { CommitmentRepository } from './commitment.repository.js';
import { CommitmentsController } from './commitments.controller.js';
import { CommitmentsService } from './commitments.service.js';
import { CreateCommitmentService } from './create-commitment.service.js';
import { CreationChecks } from './creation-checks.service.js';
import { DevVerifyController } from './dev-verify.controller.js';
import { DevVerifyService } from './dev-verify.service.js';
import { MilestoneCompletionService } from './milestone-completion.service.js';
import { Milestone } from './milestone.entity.js';
import { MilestoneRepository } from './milestone.repository.js';
import { MilestonesController } from './milestones.controller.js';
import { MilestonesService } from './milestones.service.js';
import { TermPolicies } from './term-policies.service.js';
import { TermPolicyRow } from './term-policy.entity.js';
import { TimelineController } from './timeline.controller.js';
import { TimelineService } from './timeline.service.js';
import { TokenAuthority } from './token-authority.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Commitment, Milestone, TermPolicyRow]),
    AuditModule,
    ChainModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [CommitmentsController, DevVerifyController, MilestonesController, TimelineController],
  providers: [
    AttestationService,
    ChainTimeDisplay,
    CommitmentRepository,
    CommitmentsService,
    CreateCommitmentService,
    CreationChecks,
    DevVerifyService,
    MilestoneCompletionService,
    MilestoneRepository,
    MilestonesService,
    TermPolicies,
    TimelineService,
    TokenAuthority,
  ],
  exports: [CommitmentsService, MilestonesService],
})
export class CommitmentsModule {}
