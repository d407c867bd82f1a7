import { Injectable, type OnModuleInit } from '@nestjs/common';
import { parseDto } from '../common/validation.js';
import type { PreparedAction, SignedActionHandler } from '../signed-messages/signed-action.js';
import { SignedActionRegistry } from '../signed-messages/signed-action.registry.js';
import { SignedMessagesService } from '../signed-messages/signed-messages.service.js';
import { type DevVerifyBody, type DevVerifyDto, DevVerifyParams } from './dev-verify.dto.js';
import { TokenAuthority } from './token-authority.service.js';

const ACTION = 'dev.verify';

/** Tells whether a wallet speaks for a token, by the same reading as the creation of rewards. */
@Injectable()
export class DevVerifyService implements SignedActionHandler, OnModuleInit {
  readonly action = ACTION;

  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessagesService,
    private readonly authority: TokenAuthority,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async prepare(_wallet: string, params: unknown): Promise<PreparedAction> {
    const { tokenMint } = parseDto(DevVerifyParams, params, 'params.');
    return { params: { tokenMint } };
  }

  /** @throws DomainError `invalid_signature`, `not_token_authority`, `rpc_unavailable`; ValidationError */
  async verify({ tokenMint, ...signed }: DevVerifyBody): Promise<DevVerifyDto> {
    const { wallet, issuedAt, signature } = signed;
    await this.messages.verify({ action: ACTION, wallet, issuedAt, signature, params: { tokenMint } });
    const { mintAuthority, updateAuthority } = await this.authority.require(wallet, tokenMint);
    return { wallet, tokenMint, mintAuthority, updateAuthority, isAuthority: true };
  }
}
