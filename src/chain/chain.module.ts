import { Module } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { SolanaChain } from './solana-chain.js';

/** Exports the chain port; who imports it injects `Chain`. */
@Module({ providers: [{ provide: Chain, useClass: SolanaChain }], exports: [Chain] })
export class ChainModule {}
