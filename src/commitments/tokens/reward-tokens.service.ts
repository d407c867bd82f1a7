import { Injectable } from '@nestjs/common';
import { Settings } from '#config/settings.js';
import type { TokenMint } from '#src/chain/port/chain.js';
import {
  mintableToken,
  tokenNotSupported,
  unknownMint,
} from '#src/commitments/commitment/commitment.errors.js';
import { TokenMints } from './token-mints.service.js';
import { checkDecimals, refusedExtension } from './token-rules.js';
import { tokenTerms, type TokenTerms } from '#src/commitments/commitment/token-terms.js';

const REMEMBERED_MINTS = 1_000;
const REMEMBERED_TERMS = 5;

/** Tokens that a reward commitment may be made for, and what its terms say of them. */
@Injectable()
export class RewardTokens {
  /** What texts to sign were given out with: a supply may change before they come back. */
  private readonly told = new Map<string, TokenTerms[]>();

  constructor(
    private readonly mints: TokenMints,
    private readonly settings: Settings,
  ) {}

  /**
   * @throws DomainError `mintable_token`, `token_not_supported`, `rpc_unavailable`; ValidationError for `tokenMint`
   */
  async termsOf(tokenMint: string): Promise<TokenTerms> {
    const token = await this.mints.find(tokenMint);
    if (token === null) throw unknownMint(tokenMint);
    checkDecimals(token);
    this.requireSupported(token);
    return tokenTerms(token);
  }

  /** @returns what `termsOf` has answered, which is remembered for `earlier` */
  async tell(tokenMint: string): Promise<TokenTerms> {
    const terms = await this.termsOf(tokenMint);
    if (this.told.size >= REMEMBERED_MINTS) this.told.clear();
    const others = this.earlier(tokenMint).filter(({ tokenSupply }) => tokenSupply !== terms.tokenSupply);
    this.told.set(tokenMint, [terms, ...others].slice(0, REMEMBERED_TERMS));
    return terms;
  }

  /** What this process has told of the token lately, the newest first. */
  earlier(tokenMint: string): readonly TokenTerms[] {
    return this.told.get(tokenMint) ?? [];
  }

  private requireSupported({ mint, extensions, supply, mintAuthority }: TokenMint): void {
    const refused = refusedExtension(extensions);
    if (refused !== null) throw tokenNotSupported(mint, refused.why, { extension: refused.extension });
    if (supply === 0n) throw tokenNotSupported(mint, 'it has no supply, so nobody could approve');
    if (mintAuthority !== null && !this.settings.env.REWARD_ALLOW_MINTABLE_TOKENS)
      throw mintableToken(mint, mintAuthority);
  }
}
