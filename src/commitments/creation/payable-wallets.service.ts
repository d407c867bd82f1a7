import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { unpayable } from '#src/chain/port/payable.js';
import { Escrows } from '#src/escrow/escrows.service.js';

/** Who can be named in terms as somebody to be paid. */
@Injectable()
export class PayableWallets {
  constructor(
    private readonly chain: Chain,
    private readonly escrows: Escrows,
  ) {}

  /**
   * @returns what stands at the address, where money sent to it would never reach a person; null for a wallet
   * @throws RpcUnavailableError
   */
  async flawOf(address: string): Promise<string | null> {
    const [found, isEscrow] = await Promise.all([
      this.chain.account(address),
      this.escrows.isEscrow(address),
    ]);
    return isEscrow ? 'the escrow of another commitment' : unpayable(address, found);
  }
}
