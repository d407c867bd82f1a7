import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowModule } from '../escrow/escrow.module.js';
import { SignedMessagesModule } from '../signed-messages/signed-messages.module.js';
import { AttestationService } from './attestation.service.js';
import { Commitment } from './commitment.entity.js';
import { CommitmentRepository } from './commitment.repository.js';
import { CommitmentsController } from './commitments.controller.js';
import { CommitmentsService } from './commitments.service.js';
import { CreateCommitmentService } from './create-commitment.service.js';
import { TermPolicies } from './term-policies.service.js';
import { TermPolicyRow } from './term-policy.entity.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Commitment, TermPolicyRow]),
    AuditModule,
    ChainModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [CommitmentsController],
  providers: [
    AttestationService,
    CommitmentRepository,
    CommitmentsService,
    CreateCommitmentService,
    TermPolicies,
  ],
  exports: [CommitmentsService],
})
export class CommitmentsModule {}
