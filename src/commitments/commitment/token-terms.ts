/** Pure rules of the token that a creator has signed for: what is frozen of it, and what it must still be like. */
import type { TokenMint } from '#src/chain/port/chain.js';
import type { TokenProgram } from '#src/chain/port/chain.js';

/** What a reward commitment freezes of its token. A type and not an interface: it is part of a JSON document. */
export type TokenTerms = {
  readonly tokenProgram: TokenProgram;
  readonly tokenDecimals: number;
  /** Raw units, a decimal integer. */
  readonly tokenSupply: string;
  /** Whether somebody could print more of it. */
  readonly mintable: boolean;
  readonly mintAuthority: string | null;
  readonly freezeAuthority: string | null;
};

export function tokenTerms(token: TokenMint): TokenTerms {
  return {
    tokenProgram: token.program,
    tokenDecimals: token.decimals,
    tokenSupply: token.supply.toString(),
    mintable: token.mintAuthority !== null,
    mintAuthority: token.mintAuthority,
    freezeAuthority: token.freezeAuthority,
  };
}

export const TOKEN_WARNINGS = ['mintable', 'freezable'] as const;
export type TokenWarning = (typeof TOKEN_WARNINGS)[number];

/** What a holder should know before it relies on the token. */
export function tokenWarnings({
  mintable,
  freezeAuthority,
}: Pick<TokenTerms, 'mintable' | 'freezeAuthority'>): TokenWarning[] {
  return [
    ...(mintable ? (['mintable'] as const) : []),
    ...(freezeAuthority === null ? [] : (['freezable'] as const)),
  ];
}

/** In what the token is another one than was signed for, in words; null when it is the same. */
export function tokenDrift(
  { tokenProgram, tokenDecimals }: Pick<TokenTerms, 'tokenProgram' | 'tokenDecimals'>,
  token: Pick<TokenMint, 'program' | 'decimals'>,
): string | null {
  if (token.program !== tokenProgram)
    return `it belongs to the program ${token.program}, and was signed for under ${tokenProgram}`;
  if (token.decimals !== tokenDecimals)
    return `it has ${token.decimals} decimals, and was signed for with ${tokenDecimals}`;
  return null;
}
