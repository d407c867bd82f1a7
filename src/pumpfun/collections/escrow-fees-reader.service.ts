import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import type { CreatorFees } from '#src/chain/port/pump-coin.js';
import { Escrows } from '#src/escrow/escrows.service.js';
import { claimable } from '#src/pumpfun/claims/creator-fees.js';
import { type Chosen, choose } from './collection.js';

/** What can be collected into one escrow, as the chain says now. */
export interface EscrowFees {
  readonly escrow: string;
  readonly found: CreatorFees;
  /** Lamports. */
  readonly claimable: bigint;
  readonly chosen: Chosen | null;
}

@Injectable()
export class EscrowFeesReader {
  constructor(
    private readonly chain: Chain,
    private readonly escrows: Escrows,
    private readonly settings: Settings,
  ) {}

  escrowOf(commitmentId: string): Promise<string> {
    return this.escrows.addressOf(commitmentId);
  }

  /** @throws RpcUnavailableError */
  async read(commitmentId: string, tokenMint: string): Promise<EscrowFees> {
    const escrow = await this.escrows.addressOf(commitmentId);
    const [found, rentMinimum] = await Promise.all([
      this.chain.shownCreatorFees(escrow, tokenMint),
      this.chain.rentExemptMinimum(),
    ]);
    const minimum = BigInt(this.settings.env.MANAGED_FEE_MIN_LAMPORTS);
    const { total } = claimable(found, rentMinimum);
    return { escrow, found, claimable: total, chosen: choose(found, rentMinimum, minimum) };
  }
}
