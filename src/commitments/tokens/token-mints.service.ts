import { Injectable } from '@nestjs/common';
import { Chain, type TokenMint } from '#src/chain/port/chain.js';
import { newCoin } from '#src/chain/pump/launch/new-coin.js';
import { Transactions } from '#src/common/database/transactions.js';
import { MintKeys } from '#src/escrow/keys/mint-keys.service.js';

/** Tokens as the chain tells them, and coins that this service is going to launch as they will be. */
@Injectable()
export class TokenMints {
  constructor(
    private readonly chain: Chain,
    private readonly keys: MintKeys,
    private readonly transactions: Transactions,
  ) {}

  /** Null when it is no mint, and is kept for nobody either. @throws DomainError `rpc_unavailable` */
  async find(mint: string): Promise<TokenMint | null> {
    const found = await this.chain.tokenMint(mint);
    if (found !== null) return found;
    const creator = await this.keptFor(mint);
    return creator === null ? null : newCoin(mint, creator);
  }

  /** For whom a mint is kept that is to be launched; null when it is not. */
  async keptFor(mint: string): Promise<string | null> {
    return this.keys.creatorOf(this.transactions.manager, mint);
  }
}
