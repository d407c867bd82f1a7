import { Injectable } from '@nestjs/common';
import { Chain } from '#src/chain/port/chain.js';
import { NOBODY, unpayable } from '#src/chain/port/payable.js';
import { isChangeable } from '#src/escrow/door/acts/changed-destination.js';
import type { Destinations } from '#src/escrow/door/checks/payout-checks.js';
import { SigningDoor } from '#src/escrow/door/signing-door.service.js';
import type { PayoutOrder } from '#src/releases/payouts/payout-order.js';

/** Where a payout goes whose destination may not be payable any more. */
@Injectable()
export class ChangedDestinations {
  constructor(
    private readonly door: SigningDoor,
    private readonly chain: Chain,
  ) {}

  /**
   * What another address counts for: only while the one of the signed terms cannot be paid, by all voices.
   * @throws RpcUnavailableError, ChainDisagreesError, SingleSourceError
   */
  async choose({ promised, changed }: Destinations): Promise<string> {
    if (changed === null) return promised;
    const [found] = await this.chain.equalBalances([promised]);
    return unpayable(promised, found?.occupant ?? NOBODY) === null ? promised : changed;
  }

  /**
   * For an order that was refused for its destination.
   * @returns null when no other one counts
   * @throws as `choose`
   */
  async insteadOf(order: PayoutOrder): Promise<string | null> {
    if (!isChangeable(order)) return null;
    const { commitmentId, destination: promised } = order;
    const changed = await this.door.changedDestination(commitmentId, promised);
    const chosen = await this.choose({ promised, changed });
    return chosen === promised ? null : chosen;
  }
}
