import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AdminModule } from '#src/admin/admin.module.js';
import { AnchorSigner } from '#src/audit/anchors/anchor-signer.port.js';
import { AuditAnchor } from '#src/audit/anchors/audit-anchor.service.js';
import { AuditModule } from '#src/audit/audit.module.js';
import { ChainModule } from '#src/chain/chain.module.js';
import { EscrowBalances } from '#src/escrow/escrows/escrow-balances.service.js';
import { CustodyCheck } from '#src/escrow/keys/custody-check.service.js';
import { Escrow } from '#src/escrow/escrows/escrow.entity.js';
import { EscrowKeysController } from '#src/escrow/keys/escrow-keys.controller.js';
import { EscrowKeysRepository } from '#src/escrow/keys/escrow-keys.repository.js';
import { EscrowKeys } from '#src/escrow/keys/escrow-keys.service.js';
import { EscrowRepository } from '#src/escrow/escrows/escrow.repository.js';
import { Escrows } from './escrows.service.js';
import { FeePayerBalance } from '#src/escrow/fee-payer/fee-payer-balance.service.js';
import { FeePayerController } from '#src/escrow/fee-payer/fee-payer.controller.js';
import { FeePayerRow } from '#src/escrow/fee-payer/fee-payer-row.entity.js';
import { FeePayerReport } from '#src/escrow/fee-payer/fee-payer-report.service.js';
import { FeePayerRepository } from '#src/escrow/fee-payer/fee-payer.repository.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';
import { FeePayerWatch } from '#src/escrow/fee-payer/fee-payer-watch.service.js';
import { AnchorDoor } from '#src/escrow/door/anchor-door.service.js';
import { AttemptCounts } from '#src/escrow/door/evidence/attempt-counts.service.js';
import { PauseHead } from '#src/escrow/door/evidence/pause-head.service.js';
import { CollectDoor } from '#src/escrow/door/collect-door.service.js';
import { LaunchDoor } from '#src/escrow/door/launch-door.service.js';
import { EvidenceReader } from '#src/escrow/door/evidence/evidence-reader.service.js';
import { EvidenceRepository } from '#src/escrow/door/evidence/evidence.repository.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import { SignedMessagesModule } from '#src/signed-messages/signed-messages.module.js';
import { KeyRing } from '#src/escrow/keys/key-ring.service.js';
import { KeyRingCheck } from '#src/escrow/keys/key-ring-check.service.js';
import { KeyRotationProgress } from '#src/escrow/keys/key-rotation-progress.service.js';
import { KeyRotationRepository } from '#src/escrow/keys/key-rotation.repository.js';
import { KeyRotation } from '#src/escrow/keys/key-rotation.service.js';
import { MintKeys } from '#src/escrow/keys/mint-keys.service.js';
import { PumpMint } from '#src/escrow/keys/pump-mint.entity.js';
import { LocalSigner } from '#src/escrow/keys/local-signer.service.js';
import { PrivySigner } from '#src/escrow/privy/privy-signer.service.js';
import { PrivyWallets } from '#src/escrow/privy/privy-wallets.service.js';

/** Anchors of the audit log are made here, where the key is that pays for them. */
const anchors = [AuditAnchor, { provide: AnchorSigner, useClass: AnchorDoor }];

@Module({
  imports: [
    TypeOrmModule.forFeature([Escrow, FeePayerRow, PumpMint]),
    AuditModule,
    ChainModule,
    SignedMessagesModule,
    AdminModule,
  ],
  controllers: [EscrowKeysController, FeePayerController],
  providers: [
    AttemptCounts,
    PauseHead,
    CollectDoor,
    CustodyCheck,
    EscrowBalances,
    EscrowKeys,
    EscrowKeysRepository,
    EvidenceReader,
    EvidenceRepository,
    EscrowRepository,
    Escrows,
    FeePayer,
    FeePayerBalance,
    FeePayerReport,
    FeePayerRepository,
    FeePayerWatch,
    KeyRing,
    KeyRingCheck,
    KeyRotationProgress,
    KeyRotationRepository,
    KeyRotation,
    LaunchDoor,
    LocalSigner,
    MintKeys,
    PrivySigner,
    PrivyWallets,
    SigningDoor,
    ...anchors,
  ],
  exports: [
    AttemptCounts,
    PauseHead,
    AuditAnchor,
    CollectDoor,
    CustodyCheck,
    EscrowBalances,
    Escrows,
    FeePayer,
    FeePayerBalance,
    FeePayerReport,
    EvidenceReader,
    FeePayerWatch,
    KeyRing,
    KeyRotation,
    LaunchDoor,
    MintKeys,
    SigningDoor,
  ],
})
export class EscrowModule {}
