import { createSignInMessageText } from '@solana/wallet-standard-util';

/** Fields of a Sign-In With Solana message. Times are RFC 3339 text; the nonce is letters and digits, at least 8. */
export interface SignInMessageFields {
  /** Host (with port) that the wallet shows and that must be ours. */
  readonly domain: string;
  readonly address: string;
  readonly statement: string;
  readonly uri: string;
  readonly chainId: string;
  readonly nonce: string;
  readonly issuedAt: string;
  readonly expirationTime: string;
}

const NONCE = /^[A-Za-z0-9]{8,}$/;

/**
 * The exact text that a wallet signs to sign in.
 * @throws TypeError when a field is empty or has a line break (it could then pose as another field), or the nonce is
 * not alphanumeric: wallets refuse such messages.
 */
export function buildSignInMessage(given: SignInMessageFields): string {
  const fields = signInInput(given);
  for (const [name, value] of Object.entries(fields)) {
    if (value === '' || /[\r\n]/.test(value))
      throw new TypeError(`sign-in field ${name} is empty or not one line`);
  }
  if (!NONCE.test(fields.nonce))
    throw new TypeError('the sign-in nonce needs 8 or more letters and digits, nothing else');
  return createSignInMessageText(fields);
}

/** The same fields for a wallet that makes the text itself (`solana:signIn`). */
export function signInInput(fields: SignInMessageFields): SignInMessageFields & { readonly version: '1' } {
  return { ...fields, version: '1' };
}
