import type { TokenAccount } from '#src/chain/port/chain.js';

export interface Holding {
  /** Smallest units of the token, over `accounts`. */
  readonly rawAmount: bigint;
  /** Addresses, the fullest first. */
  readonly accounts: string[];
}

/** What counts of a wallet's token accounts: every one that holds something, however many there are. */
export function holdingOf(accounts: readonly TokenAccount[]): Holding {
  const counted = accounts
    .filter(({ rawAmount }) => rawAmount > 0n)
    .sort((a, b) => (a.rawAmount < b.rawAmount ? 1 : a.rawAmount > b.rawAmount ? -1 : 0));
  return {
    rawAmount: counted.reduce((sum, { rawAmount }) => sum + rawAmount, 0n),
    accounts: counted.map(({ address }) => address),
  };
}
