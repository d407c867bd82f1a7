import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import { Chain } from '#src/chain/port/chain.js';
import { raisedFee } from '#src/chain/signing/priority-fee.js';
import { priceOfFee } from '#src/chain/signing/transfer-transaction.js';
import type { Lamports } from '#src/common/money/lamports.js';
import type { FeeBearer } from './payout-fee.js';

/** Micro-lamports per compute unit. */
export interface FeeOffer {
  /** As for a first attempt. */
  readonly first: bigint;
  /** For this one: more after each that the network has let die. */
  readonly now: bigint;
}

/** What a payout's transaction offers the network. */
@Injectable()
export class FeeOffers {
  constructor(
    private readonly chain: Chain,
    private readonly settings: Settings,
  ) {}

  /** What a fee that the source has promised allows, else the market's. */
  async of(
    payout: { readonly source: string; readonly destination: string; readonly feeLamports: Lamports | null },
    bearer: FeeBearer,
    deaths: number,
  ): Promise<FeeOffer> {
    const { source, destination, feeLamports } = payout;
    if (feeLamports !== null && bearer.address === source) {
      const promised = priceOfFee(bearer.signers, feeLamports);
      return { first: promised, now: promised };
    }
    const first = await this.chain.priorityFee([source, destination]);
    return {
      first,
      now: raisedFee(first, deaths, BigInt(this.settings.env.PRIORITY_FEE_MAX_MICRO_LAMPORTS)),
    };
  }
}
