/** Pure rules of revocations: a wallet that the environment allows and that an admin has shut out. */

/** One revocation that counts. */
export interface Revocation {
  readonly id: string;
  /** The wallet that is shut out. */
  readonly admin: string;
  /** Signed acts of the wallet from then on do not count for what has no signed transaction yet; null: all count. */
  readonly voidFrom: Date | null;
}

export function isRevoked(wallet: string, revocations: readonly Revocation[]): boolean {
  return revocations.some(({ admin }) => admin === wallet);
}

/** Whether an act that was accepted at this time is worth nothing because its wallet was revoked for then. */
export function isVoided(
  act: { readonly wallet: string; readonly acceptedAt: Date },
  revocations: readonly Revocation[],
): boolean {
  return revocations.some(
    ({ admin, voidFrom }) => admin === act.wallet && voidFrom !== null && act.acceptedAt >= voidFrom,
  );
}

/** The wallets that may still sign in. */
export function remaining(allowed: readonly string[], revocations: readonly Revocation[]): string[] {
  return allowed.filter((wallet) => !isRevoked(wallet, revocations));
}
