import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowBalances } from './balances.service.js';
import { Escrow } from './escrow.entity.js';
import { EscrowRepository } from './escrow.repository.js';
import { EscrowService } from './escrow.service.js';
import { KeyRing } from './key-ring.service.js';
import { LocalSigner } from './local-signer.service.js';
import { PrivySigner } from './privy-signer.service.js';
import { PrivyWallets } from './privy-client.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Escrow]), AuditModule, ChainModule],
  providers: [
    EscrowBalances,
    EscrowRepository,
    EscrowService,
    KeyRing,
    LocalSigner,
    PrivySigner,
    PrivyWallets,
  ],
  exports: [EscrowBalances, EscrowService, KeyRing],
})
export class EscrowModule {}
