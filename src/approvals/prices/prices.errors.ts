import { DomainError } from '#src/common/errors/errors.js';
import type { PriceFault } from './price.js';

/** @param reason such as `the price feed cannot be used: it answered HTTP 503` */
export function priceUnavailable(mint: string, reason: string, cause?: unknown): DomainError {
  return new DomainError(
    'price_unavailable',
    `There is no usable US dollar price for token ${mint}: ${reason}, and no recent price is stored. Without a price no holding can be weighed, so nothing was recorded. Try again in a minute.`,
    { tokenMint: mint },
    cause === undefined ? {} : { cause },
  );
}

const FAULTS: Readonly<Record<Exclude<PriceFault, 'other_decimals'>, string>> = {
  no_liquidity_stated: 'it does not say how much money is in the pools behind it',
  below_minimum_liquidity: 'too little money is in the pools behind it, so anybody could move it',
};

/** @param minimumUsd of liquidity, exact decimal text */
export function priceRefused(
  mint: string,
  fault: PriceFault,
  price: { readonly liquidityUsd: string | null; readonly decimals: number | null },
  minimumUsd: string,
): DomainError {
  const { liquidityUsd, decimals } = price;
  if (fault === 'other_decimals')
    return new DomainError(
      'token_changed',
      `The price feed knows token ${mint} with ${decimals} decimals, which is not what the commitment was signed for. Nothing was counted.`,
      { tokenMint: mint },
    );
  return new DomainError(
    'price_unavailable',
    `The US dollar price of token ${mint} cannot be used: ${FAULTS[fault]} (${liquidityUsd ?? 'nothing stated'}, and ${minimumUsd} US dollars are needed). Nothing was recorded.`,
    { tokenMint: mint },
  );
}
