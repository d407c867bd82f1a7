import type { TokenAccount } from '../chain/chain.js';

/** Accounts of one wallet that are recorded and counted; whoever spreads a holding further counts with the fullest. */
export const MAX_COUNTED_ACCOUNTS = 50;

export interface Holding {
  /** Smallest units of the token, over `accounts`. */
  readonly rawAmount: bigint;
  /** Addresses, the fullest first. */
  readonly accounts: string[];
}

/** What counts of a wallet's token accounts: those that hold something. */
export function holdingOf(accounts: readonly TokenAccount[]): Holding {
  const counted = accounts
    .filter(({ rawAmount }) => rawAmount > 0n)
    .sort((a, b) => (a.rawAmount < b.rawAmount ? 1 : a.rawAmount > b.rawAmount ? -1 : 0))
    .slice(0, MAX_COUNTED_ACCOUNTS);
  return {
    rawAmount: counted.reduce((sum, { rawAmount }) => sum + rawAmount, 0n),
    accounts: counted.map(({ address }) => address),
  };
}
