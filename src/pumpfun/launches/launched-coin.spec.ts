import { expect, it } from 'vitest';
import type { TokenMint } from '#src/chain/port/chain.js';
import { newCoin } from '#src/chain/pump/launch/new-coin.js';
import { tokenTerms } from '#src/commitments/commitment/token-terms.js';
import { differenceOf } from './launched-coin.js';

const coin = newCoin('mint', 'creator');
const signed = tokenTerms(coin);

it.each<[string, Partial<TokenMint>, string | null]>([
  ['nothing else', {}, null],
  [
    'more of it',
    { supply: coin.supply + 1n },
    'its tokenSupply is 1000000000000001, and was signed for as 1000000000000000',
  ],
  ['other decimals', { decimals: 9 }, 'its tokenDecimals is 9, and was signed for as 6'],
  [
    'somebody who can mint',
    { mintAuthority: 'someone' },
    'its mintable is true, and was signed for as false',
  ],
  [
    'somebody who can freeze',
    { freezeAuthority: 'someone' },
    'its freezeAuthority is someone, and was signed for as null',
  ],
])('a coin with %s is told from what was signed for', (_, given, expected) => {
  expect(differenceOf(signed, { ...coin, ...given })).toBe(expected);
});
