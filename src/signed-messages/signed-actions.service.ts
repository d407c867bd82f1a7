import { Injectable } from '@nestjs/common';
import type { ClassConstructor } from 'class-transformer';
import type { SignedBody } from '#src/common/input/fields.js';
import { parseDto } from '#src/common/input/validation.js';
import { isUuid } from '#src/common/text/uuid.js';
import { requireParamsOf } from './action-params.decorator.js';
import type { PreparedAction } from './signed-action.js';
import { SignedActionRegistry } from './signed-action.registry.js';
import type { MessageParams, SignedAction } from './signed-message.js';
import { SignedMessages, type VerifiedMessage } from './signed-messages.service.js';

/** Verifies that the wallet of the request has signed the action with these parameters; see `SignedMessages.verify`. */
export type VerifySigned = (body: SignedBody, params: MessageParams) => Promise<VerifiedMessage>;

/** How a feature takes a signed action on: one call at start, which gives what verifies the requests. */
@Injectable()
export class SignedActions {
  constructor(
    private readonly registry: SignedActionRegistry,
    private readonly messages: SignedMessages,
  ) {}

  /** @param params its members are the parameters that a wallet signs; ids in lower case, as they are stored, and none that is not given */
  define<P extends object>(action: SignedAction, params: ClassConstructor<P>): VerifySigned {
    requireParamsOf(action, params);
    return this.defineWith(action, async (_wallet, given) => ({
      params: normalized(parseDto(params, given, 'params.')),
    }));
  }

  /** For an action whose parameters follow from more than what the client gives. */
  defineWith(
    action: SignedAction,
    prepare: (wallet: string, params: unknown) => Promise<PreparedAction>,
  ): VerifySigned {
    this.registry.register({ action, prepare });
    return ({ wallet, issuedAt, signature }, params) =>
      this.messages.verify({ action, wallet, issuedAt, signature, params });
  }
}

function normalized(params: object): MessageParams {
  const lower = (value: unknown): unknown => (isUuid(value) ? value.toLowerCase() : value);
  return Object.fromEntries(
    Object.entries(params)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, lower(value)]),
  ) as MessageParams;
}
