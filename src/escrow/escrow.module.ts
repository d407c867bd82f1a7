import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowBalances } from './balances.service.js';
import { CustodyCheck } from './custody-check.service.js';
import { Escrow } from './escrow.entity.js';
import { EscrowKeysController } from './escrow-keys.controller.js';
import { EscrowKeysRepository } from './escrow-keys.repository.js';
import { EscrowKeys } from './escrow-keys.service.js';
import { EscrowRepository } from './escrow.repository.js';
import { EscrowService } from './escrow.service.js';
import { FeePayerBalance } from './fee-payer-balance.service.js';
import { FeePayerController } from './fee-payer.controller.js';
import { FeePayerRow } from './fee-payer.entity.js';
import { FeePayerReport } from './fee-payer-report.service.js';
import { FeePayerRepository } from './fee-payer.repository.js';
import { FeePayer } from './fee-payer.service.js';
import { FeePayerWatch } from './fee-payer-watch.service.js';
import { KeyRing } from './key-ring.service.js';
import { KeyRingCheck } from './key-ring-check.service.js';
import { KeyRotationProgress } from './key-rotation-progress.service.js';
import { KeyRotationRepository } from './key-rotation.repository.js';
import { KeyRotationService } from './key-rotation.service.js';
import { LocalSigner } from './local-signer.service.js';
import { PrivySigner } from './privy-signer.service.js';
import { PrivyWallets } from './privy-client.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Escrow, FeePayerRow]), AuditModule, ChainModule],
  controllers: [EscrowKeysController, FeePayerController],
  providers: [
    CustodyCheck,
    EscrowBalances,
    EscrowKeys,
    EscrowKeysRepository,
    EscrowRepository,
    EscrowService,
    FeePayer,
    FeePayerBalance,
    FeePayerReport,
    FeePayerRepository,
    FeePayerWatch,
    KeyRing,
    KeyRingCheck,
    KeyRotationProgress,
    KeyRotationRepository,
    KeyRotationService,
    LocalSigner,
    PrivySigner,
    PrivyWallets,
  ],
  exports: [
    CustodyCheck,
    EscrowBalances,
    EscrowService,
    FeePayer,
    FeePayerBalance,
    FeePayerWatch,
    KeyRing,
    KeyRotationService,
  ],
})
export class EscrowModule {}
