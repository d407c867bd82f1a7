import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { EscrowModule } from '#src/escrow/escrow.module.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { Attestation } from '#src/commitments/attestations/attestation.service.js';
import { AttestationController } from '#src/commitments/attestations/attestation.controller.js';
import { CreationController } from '#src/commitments/creation/creation.controller.js';
import { ChainTimeDisplay } from '#src/commitments/commitment/chain-time-display.service.js';
import { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { CommitmentRepository } from '#src/commitments/commitment/commitment.repository.js';
import { CommitmentsController } from '#src/commitments/records/commitments.controller.js';
import { CommitmentReadsRepository } from '#src/commitments/records/commitment-reads.repository.js';
import { Commitments } from '#src/commitments/records/commitments.service.js';
import { CreateCommitment } from '#src/commitments/creation/create-commitment.service.js';
import { CreationChecks } from '#src/commitments/creation/creation-checks.service.js';
import { DevVerifyController } from '#src/commitments/tokens/dev-verify.controller.js';
import { DevVerify } from '#src/commitments/tokens/dev-verify.service.js';
import { FeeRoutingController } from '#src/commitments/fee-routing/fee-routing.controller.js';
import { FeeRoutingReading } from '#src/commitments/fee-routing/fee-routing-reading.entity.js';
import { FeeRoutingReadingRepository } from '#src/commitments/fee-routing/fee-routing-reading.repository.js';
import { FeeRoutings } from '#src/commitments/fee-routing/fee-routings.service.js';
import { FeeRoutingWatch } from '#src/commitments/fee-routing/fee-routing-watch.service.js';
import { MilestoneCompletion } from '#src/commitments/attestations/milestone-completion.service.js';
import { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import { MilestoneRepository } from '#src/commitments/milestones/milestone.repository.js';
import { MilestoneCompletionController } from '#src/commitments/attestations/milestone-completion.controller.js';
import { Milestones } from '#src/commitments/milestones/milestones.service.js';
import { RewardTokens } from '#src/commitments/tokens/reward-tokens.service.js';
import { PayableWallets } from '#src/commitments/creation/payable-wallets.service.js';
import { TreasuryCheck } from '#src/commitments/creation/treasury-check.service.js';
import { UnfundedCap } from '#src/commitments/creation/unfunded-cap.service.js';
import { TermPolicies } from '#src/commitments/creation/term-policies.service.js';
import { TermPolicyRow } from '#src/commitments/creation/term-policy-row.entity.js';
import { ShownReadings } from '#src/commitments/records/shown-readings.service.js';
import { TimelineController } from '#src/commitments/timeline/timeline.controller.js';
import { Timeline } from '#src/commitments/timeline/timeline.service.js';
import { TokenMints } from '#src/commitments/tokens/token-mints.service.js';
import { TokenAuthority } from '#src/commitments/tokens/token-authority.service.js';

@Module({
  imports: [
    TypeOrmModule.forFeature([Commitment, FeeRoutingReading, Milestone, TermPolicyRow]),
    AuditModule,
    ChainModule,
    EscrowModule,
    SignedMessagesModule,
  ],
  controllers: [
    AttestationController,
    CommitmentsController,
    CreationController,
    DevVerifyController,
    FeeRoutingController,
    MilestoneCompletionController,
    TimelineController,
  ],
  providers: [
    Attestation,
    ChainTimeDisplay,
    CommitmentRepository,
    CommitmentReadsRepository,
    Commitments,
    CreateCommitment,
    CreationChecks,
    PayableWallets,
    TreasuryCheck,
    RewardTokens,
    TokenMints,
    ShownReadings,
    UnfundedCap,
    DevVerify,
    FeeRoutingReadingRepository,
    FeeRoutings,
    FeeRoutingWatch,
    MilestoneCompletion,
    MilestoneRepository,
    Milestones,
    TermPolicies,
    Timeline,
    TokenAuthority,
  ],
  exports: [Commitments, FeeRoutingWatch, Milestones],
})
export class CommitmentsModule {}
