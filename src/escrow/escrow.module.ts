import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditModule } from '../audit/audit.module.js';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowBalances } from './balances.service.js';
import { Escrow } from './escrow.entity.js';
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

@Module({
  imports: [TypeOrmModule.forFeature([Escrow, FeePayerRow]), AuditModule, ChainModule],
  controllers: [FeePayerController],
  providers: [
    EscrowBalances,
    EscrowRepository,
    EscrowService,
    FeePayer,
    FeePayerBalance,
    FeePayerReport,
    FeePayerRepository,
    FeePayerWatch,
    KeyRing,
  ],
  exports: [EscrowBalances, EscrowService, FeePayer, FeePayerBalance, FeePayerWatch, KeyRing],
})
export class EscrowModule {}
