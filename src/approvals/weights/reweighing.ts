import { compareUsd, reweigh, sumUsd, toDecimalString, type Usd, usdValue } from './weight.js';
import { decimalOf } from '#src/common/money/decimal.js';

/** What re-weighing has to know of an approval. */
export interface Approval {
  readonly id: string;
  readonly wallet: string;
  readonly rawAmount: bigint;
  readonly decimals: number;
  readonly priceUsd: string;
  readonly tokenAccounts: readonly string[];
}

/** A token account that counts for an approval. `owner`: the wallet that approved. */
export interface CountedAccount {
  readonly address: string;
  readonly owner: string;
}

export interface ReweighedApproval {
  readonly id: string;
  /** Smallest units that the wallet's counted accounts hold now. */
  readonly presentRaw: bigint;
  /** Exact decimal text. */
  readonly weightUsd: string;
}

export interface Reweighed {
  readonly sum: Usd;
  readonly approvals: readonly ReweighedApproval[];
}

/** Every account of every approval, each once for its owner; `found`: accounts beside the recorded ones, by wallet. */
export function countedAccounts(
  approvals: readonly Approval[],
  found: ReadonlyMap<string, readonly string[]> = new Map(),
): CountedAccount[] {
  return approvals.flatMap(({ wallet, tokenAccounts }) => {
    const addresses = new Set([...tokenAccounts, ...(found.get(wallet) ?? [])]);
    return [...addresses].map((address) => ({ address, owner: wallet }));
  });
}

/**
 * The weights by one snapshot of balances. An amount counts for the account's owner alone, so that tokens count once as
 * long as the snapshot is one: amounts of two snapshots must never be added up.
 * @param amounts in the order of `accounts`; null for an account that is gone or has another owner
 */
export function weighSnapshot(
  approvals: readonly Approval[],
  accounts: readonly CountedAccount[],
  amounts: readonly (bigint | null)[],
): Reweighed {
  const held = new Map<string, bigint>();
  for (const [index, { owner }] of accounts.entries()) {
    held.set(owner, (held.get(owner) ?? 0n) + (amounts[index] ?? 0n));
  }
  const weighed = approvals.map((approval) => {
    const presentRaw = held.get(approval.wallet) ?? 0n;
    const weight = reweigh({ ...approval, price: decimalOf(approval.priceUsd) }, presentRaw);
    return { id: approval.id, presentRaw, weight };
  });
  return {
    sum: sumUsd(weighed.map(({ weight }) => weight)),
    approvals: weighed.map(({ id, presentRaw, weight }) => ({
      id,
      presentRaw,
      weightUsd: toDecimalString(weight),
    })),
  };
}

/** Wallets that hold less in the counted accounts than when they signalled; those that miss the most dollars first. */
export function shortWallets(approvals: readonly Approval[], { approvals: present }: Reweighed): string[] {
  const presentById = new Map(present.map(({ id, presentRaw }) => [id, presentRaw]));
  return approvals
    .map(({ id, wallet, rawAmount, decimals, priceUsd }) => {
      const missing = rawAmount - (presentById.get(id) ?? 0n);
      return { wallet, missing: missing > 0n ? usdValue(missing, decimals, decimalOf(priceUsd)) : null };
    })
    .flatMap(({ wallet, missing }) => (missing === null ? [] : [{ wallet, missing }]))
    .sort((a, b) => compareUsd(b.missing, a.missing))
    .map(({ wallet }) => wallet);
}

/**
 * One approval for each wallet, of all milestones that it approved: the most that it held then, in any account that held it.
 * Its weight in dollars means nothing; amounts and accounts do.
 */
export function oneAWallet(approvals: readonly Approval[]): Approval[] {
  const byWallet = new Map<string, Approval>();
  for (const approval of approvals) {
    const other = byWallet.get(approval.wallet);
    const { wallet, tokenAccounts } = approval;
    const more = other === undefined || approval.rawAmount > other.rawAmount ? approval : other;
    const accounts = new Set([...tokenAccounts, ...(other?.tokenAccounts ?? [])]);
    byWallet.set(wallet, { ...more, id: wallet, tokenAccounts: [...accounts] });
  }
  return [...byWallet.values()];
}
