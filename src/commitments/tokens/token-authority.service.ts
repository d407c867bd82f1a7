import { Injectable } from '@nestjs/common';
import type { TokenMint } from '#src/chain/port/chain.js';
import {
  notTokenAuthority,
  tokenNotSupported,
  unknownMint,
} from '#src/commitments/commitment/commitment.errors.js';
import { TokenMints } from './token-mints.service.js';

/** Who may speak for a token. */
@Injectable()
export class TokenAuthority {
  constructor(private readonly mints: TokenMints) {}

  /**
   * Makes sure that a wallet is the mint authority or the metadata update authority of a token, or its creator on pump.fun, now.
   * @throws DomainError `not_token_authority`, `token_not_supported`, `rpc_unavailable`; ValidationError for `tokenMint`
   */
  async require(wallet: string, tokenMint: string): Promise<TokenMint> {
    const token = await this.mints.find(tokenMint);
    if (token === null) throw unknownMint(tokenMint);
    const speakers = [token.mintAuthority, token.updateAuthority, token.pumpCreator];
    if (speakers.includes(wallet)) return token;
    if (token.pumpProblem !== null) throw tokenNotSupported(tokenMint, token.pumpProblem);
    throw notTokenAuthority(wallet, tokenMint);
  }
}
