import type { MessageParams, SignedAction } from './signed-message.js';

/** What an action's feature answers when it is asked which parameters a wallet has to sign. */
export interface PreparedAction {
  /** The normalized parameters, exactly as they go into the message. */
  readonly params: MessageParams;
  /** Further members of the answer of POST /signing-messages, such as `terms` and `termsHash`. JSON values. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

/**
 * One signed action, owned by the feature that carries it out. It is defined by `SignedActions`; when the
 * signed request comes, the feature prepares the parameters in the same way before it asks for verification.
 */
export interface SignedActionHandler {
  readonly action: SignedAction;
  /**
   * Validates and normalizes what a client wants to sign.
   * @param wallet base58 address of the signer, known to be a valid one.
   * @throws ValidationError with paths under `params.`
   */
  prepare(wallet: string, params: unknown): Promise<PreparedAction>;
}
