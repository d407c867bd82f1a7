import type { TokenMint } from '#src/chain/port/chain.js';

const DECIMALS = 6;
/** Raw units: a thousand million coins, all of them printed at the creation. */
const SUPPLY = 1_000_000_000n * 10n ** 6n;

/** What a coin is going to be like that `createCoin` makes, as the chain will tell it. Nobody can mint or freeze it. */
export function newCoin(mint: string, creator: string): TokenMint {
  return {
    mint,
    program: 'token-2022',
    decimals: DECIMALS,
    supply: SUPPLY,
    mintAuthority: null,
    freezeAuthority: null,
    updateAuthority: null,
    pumpCreator: creator,
    pumpProblem: null,
    extensions: [],
  };
}
