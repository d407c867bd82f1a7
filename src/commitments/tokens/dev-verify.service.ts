import { Injectable } from '@nestjs/common';
import { SignedActions, type VerifySigned } from '#src/signed-messages/signed-actions.service.js';
import { type DevVerifyBody, type DevVerifyDto, DevVerifyParams } from './dev-verify.dto.js';
import { TokenAuthority } from './token-authority.service.js';

/** Tells whether a wallet speaks for a token, by the same reading as the creation of rewards. */
@Injectable()
export class DevVerify {
  private readonly verifySigned: VerifySigned;

  constructor(
    actions: SignedActions,
    private readonly authority: TokenAuthority,
  ) {
    this.verifySigned = actions.define('dev.verify', DevVerifyParams);
  }

  /** @throws DomainError `invalid_signature`, `not_token_authority`, `rpc_unavailable`; ValidationError */
  async verify({ tokenMint, ...signed }: DevVerifyBody): Promise<DevVerifyDto> {
    await this.verifySigned(signed, { tokenMint });
    const { wallet } = signed;
    const { mintAuthority, updateAuthority } = await this.authority.require(wallet, tokenMint);
    return { wallet, tokenMint, mintAuthority, updateAuthority, isAuthority: true };
  }
}
