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
import { KeyRing } from './key-ring.service.js';
import { KeyRingCheck } from './key-ring-check.service.js';
import { KeyRotationProgress } from './key-rotation-progress.service.js';
import { KeyRotationRepository } from './key-rotation.repository.js';
import { KeyRotationService } from './key-rotation.service.js';
import { LocalSigner } from './local-signer.service.js';
import { PrivySigner } from './privy-signer.service.js';
import { PrivyWallets } from './privy-client.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Escrow]), AuditModule, ChainModule],
  controllers: [EscrowKeysController],
  providers: [
    CustodyCheck,
    EscrowBalances,
    EscrowKeys,
    EscrowKeysRepository,
    EscrowRepository,
    EscrowService,
    KeyRing,
    KeyRingCheck,
    KeyRotationProgress,
    KeyRotationRepository,
    KeyRotationService,
    LocalSigner,
    PrivySigner,
    PrivyWallets,
  ],
  exports: [CustodyCheck, EscrowBalances, EscrowService, KeyRing, KeyRotationService],
})
export class EscrowModule {}
