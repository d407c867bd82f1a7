/** Pure rule of a coin that was launched: whether it is what its commitment's creator has signed for. */
import type { TokenMint } from '#src/chain/port/chain.js';
import { type TokenTerms, tokenTerms } from '#src/commitments/commitment/token-terms.js';

/** In words; null when it is the same. */
export function differenceOf(signed: TokenTerms, token: TokenMint): string | null {
  const found = tokenTerms(token);
  const names = Object.keys(found) as (keyof TokenTerms)[];
  const other = names.find((name) => found[name] !== signed[name]);
  if (other === undefined) return null;
  return `its ${other} is ${String(found[other])}, and was signed for as ${String(signed[other])}`;
}
