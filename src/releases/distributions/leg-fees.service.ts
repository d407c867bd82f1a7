import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { transferFee } from '#src/chain/signing/transfer-transaction.js';
import { greatest, least } from '#src/common/money/bigints.js';
import type { Lamports } from '#src/common/money/lamports.js';
import { FeePayer } from '#src/escrow/fee-payer/fee-payer.service.js';

/** Claims may come years later: what is offered for them must do in a market that pays more than today's. */
const TIMES_TODAY = 4n;
/** Micro-lamports per compute unit: 600 lamports a transfer. */
const LEAST_PRICE = 10_000n;

/** What each transfer of a failed commitment costs its escrow: taken off before the split, so that the last claim is covered too. */
@Injectable()
export class LegFees {
  constructor(
    private readonly chain: Chain,
    private readonly feePayer: FeePayer,
    private readonly settings: Settings,
  ) {}

  /** Lamports; frozen with the distribution. 0 where a fee payer pays. */
  async of(escrow: string): Promise<Lamports> {
    if (this.feePayer.address !== null) return 0n;
    const wanted = TIMES_TODAY * (await this.chain.priorityFee([escrow]));
    const most = BigInt(this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS);
    return transferFee(1, least(greatest(wanted, LEAST_PRICE), most));
  }
}
