import { Injectable } from '@nestjs/common';
import { Chain, type ChainTime, type TokenMint } from '#src/chain/port/chain.js';
import { decimalOf } from '#src/common/money/decimal.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import { supplyGrown, tokenChanged } from '#src/commitments/commitment/commitment.errors.js';
import { hasSupplyGrown } from '#src/escrow/door/facts/supply.js';
import { tokenDrift } from '#src/commitments/commitment/token-terms.js';
import { holdingBelowMinimum, notAHolder, notEligible } from './approvals.errors.js';
import { holdingOf } from '#src/approvals/weights/holdings.js';
import { priceFault } from '#src/approvals/prices/price.js';
import { priceRefused } from '#src/approvals/prices/prices.errors.js';
import { Prices } from '#src/approvals/prices/prices.service.js';
import { meetsMinimum, toDecimalString, usdValue } from '#src/approvals/weights/weight.js';

/** What a wallet that may approve holds, and what that weighs. US dollars are exact decimal texts. */
export interface WeighedHolding {
  /** Smallest units of the token. */
  readonly rawAmount: bigint;
  readonly decimals: number;
  readonly priceUsd: string;
  readonly weightUsd: string;
  readonly tokenAccounts: string[];
  /** The chain's clock when the balances were read. */
  readonly at: ChainTime;
}

/** A reward commitment, as far as approvals look at it. */
export type Approvable = Pick<Commitment, 'id' | 'wallet' | 'excludedWallets' | 'tokenMint' | 'terms'>;

/** Decides who may approve, by what the chain and the price feed say now. */
@Injectable()
export class Eligibility {
  constructor(
    private readonly chain: Chain,
    private readonly prices: Prices,
  ) {}

  /**
   * Asks the chain and the price feed, so never call it inside a database transaction.
   * @throws DomainError `not_eligible`, `not_a_holder`, `holding_below_minimum`, `token_changed`, `supply_grown`, `price_unavailable`, `rpc_unavailable`
   */
  async weigh(commitment: Approvable, wallet: string): Promise<WeighedHolding> {
    const { tokenMint: mint, terms } = commitment;
    if (mint === null || terms.kind !== 'creator_reward')
      throw new Error(`commitment ${commitment.id} has no token`);
    refuseParties(commitment, wallet);
    const token = await this.chain.tokenMint(mint);
    if (token === null) throw notAHolder(wallet, mint);
    const drift = tokenDrift(terms, token);
    if (drift !== null) throw tokenChanged(mint, drift);
    refuseAuthorities(commitment, wallet, token);
    if (hasSupplyGrown(terms, token.supply)) throw supplyGrown(mint, terms.tokenSupply, token.supply);
    const [accounts, at] = await Promise.all([this.chain.tokenAccountsOf(mint, wallet), this.chain.now()]);
    const holding = holdingOf(accounts);
    if (holding.rawAmount === 0n) throw notAHolder(wallet, mint);
    const price = await this.prices.usablePrice(mint);
    const fault = priceFault(price, terms.minLiquidityUsd, token.decimals);
    if (fault !== null) throw priceRefused(mint, fault, price, terms.minLiquidityUsd);
    const { priceUsd } = price;
    const weight = usdValue(holding.rawAmount, token.decimals, decimalOf(priceUsd));
    const weightUsd = toDecimalString(weight);
    if (!meetsMinimum(weight, decimalOf(terms.minHoldingUsd)))
      throw holdingBelowMinimum(wallet, weightUsd, terms.minHoldingUsd);
    return {
      rawAmount: holding.rawAmount,
      decimals: token.decimals,
      priceUsd,
      weightUsd,
      tokenAccounts: holding.accounts,
      at,
    };
  }
}

/** The escrow and the authorities at creation are among the excluded ones. */
function refuseParties({ id, wallet: creator, excludedWallets }: Approvable, wallet: string): void {
  if (wallet === creator) throw notEligible(wallet, id, 'the creator');
  if (excludedWallets.includes(wallet))
    throw notEligible(wallet, id, 'the escrow or an authority of the token at its creation');
}

/** Also who became one since the commitment was created. */
function refuseAuthorities({ id }: Approvable, wallet: string, token: TokenMint): void {
  if (wallet === token.mintAuthority) throw notEligible(wallet, id, "the token's mint authority");
  if (wallet === token.updateAuthority)
    throw notEligible(wallet, id, "the token's metadata update authority");
}
