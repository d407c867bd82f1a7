import { Injectable } from '@nestjs/common';
import { Chain, type PastHolder } from '#src/chain/port/chain.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';

/** What wallets held of a commitment's token at a slot. */
@Injectable()
export class PastWeights {
  constructor(private readonly chain: Chain) {}

  /**
   * In the order asked. Asks the chain, so never call it in a database transaction.
   * @throws DomainError `rpc_unavailable`, `chain_disagrees`, `single_source`
   */
  async read(
    { id, terms, tokenMint: mint }: Commitment,
    slot: bigint,
    holders: readonly PastHolder[],
  ): Promise<bigint[]> {
    if (terms.kind !== 'creator_reward' || mint === null) throw new Error(`commitment ${id} has no token`);
    return this.chain.pastHoldings({ mint, program: terms.tokenProgram }, slot, holders);
  }
}
