import { Injectable } from '@nestjs/common';
import { Chain, type TokenMint } from '../chain/chain.js';
import { notTokenAuthority, unknownMint } from './commitment.errors.js';

/** Who may speak for a token. */
@Injectable()
export class TokenAuthority {
  constructor(private readonly chain: Chain) {}

  /**
   * Makes sure that a wallet is the mint authority or the metadata update authority of a token, now.
   * @throws DomainError `not_token_authority`, `rpc_unavailable`; ValidationError for `tokenMint`
   */
  async require(wallet: string, tokenMint: string): Promise<TokenMint> {
    const token = await this.chain.tokenMint(tokenMint);
    if (token === null) throw unknownMint(tokenMint);
    if (token.mintAuthority !== wallet && token.updateAuthority !== wallet)
      throw notTokenAuthority(wallet, tokenMint);
    return token;
  }
}
