import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ChainModule } from '../chain/chain.module.js';
import { EscrowBalances } from './balances.service.js';
import { Escrow } from './escrow.entity.js';
import { EscrowRepository } from './escrow.repository.js';
import { EscrowService } from './escrow.service.js';
import { KeyRing } from './key-ring.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Escrow]), ChainModule],
  providers: [EscrowBalances, EscrowRepository, EscrowService, KeyRing],
  exports: [EscrowBalances, EscrowService, KeyRing],
})
export class EscrowModule {}
