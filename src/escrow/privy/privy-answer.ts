import { createHash } from 'node:crypto';
import { isOnCurve } from '#src/chain/signing/keypair.js';

/** What Privy tells about a wallet; nothing of it is believed before `walletProblem` has looked at it. */
export interface PrivyWallet {
  readonly id: string;
  readonly address: string;
  readonly chainType: string;
}

/** Privy keeps an answer for a day under this key: the same creation finds the same wallet again. */
export function walletKey(creationKey: string): string {
  return createHash('sha256').update(`commit-to-ship escrow wallet ${creationKey}`).digest('hex');
}

/** Why a wallet cannot be an escrow, or null. */
export function walletProblem({ id, address, chainType }: PrivyWallet): string | null {
  if (typeof id !== 'string' || !/^[\w-]{1,200}$/.test(id)) return 'a wallet without a usable id';
  if (chainType !== 'solana') return 'a wallet that is not for Solana';
  if (!isOnCurve(address)) return 'a wallet whose address is no Solana wallet';
  return null;
}

/**
 * What went wrong, in words of our own: an upstream's text may hold anything, so none of it is repeated.
 * @param error whatever the library threw: its errors are known by their members only
 */
export function failureReason(error: unknown): string {
  const { status, cause, message } = (error ?? {}) as {
    status?: unknown;
    cause?: { name?: unknown };
    message?: unknown;
  };
  if (status === 401 || status === 403)
    return `HTTP ${status}: PRIVY_APP_ID, PRIVY_APP_SECRET or PRIVY_AUTHORIZATION_PRIVATE_KEY is refused`;
  if (typeof status === 'number') return `HTTP ${status}`;
  if (cause?.name === 'TimeoutError') return 'no answer in time';
  if (message === 'fetch failed') return 'no connection';
  return 'an answer that cannot be used';
}
