import type { Wallet } from '#client';
import { useEffect, useState } from './html.js';
import { knownWallets, onWallets, type StandardWallet, type WalletAccount } from './wallet-standard.js';

/** A wallet with the account that the person has chosen in it. */
export interface Connected {
  readonly wallet: StandardWallet;
  readonly account: WalletAccount;
}

/** Wallets for Solana that can sign something of ours, as they come and go. */
export function useWallets(): readonly StandardWallet[] {
  const [wallets, setWallets] = useState(usable);
  useEffect(() => {
    const refresh = () => setWallets(usable());
    refresh();
    return onWallets(refresh);
  }, []);
  return wallets;
}

function usable(): StandardWallet[] {
  return knownWallets().filter(
    ({ chains, features }) =>
      chains.some((chain) => chain.startsWith('solana:')) &&
      features['standard:connect'] !== undefined &&
      (features['solana:signMessage'] ?? features['solana:signIn'] ?? features['solana:signTransaction']) !==
        undefined,
  );
}

/**
 * Asks the wallet for its account; the wallet asks the person.
 * @param address where only this account will do
 * @throws what the wallet refuses with; Error when it has no such account
 */
export async function connect(wallet: StandardWallet, address?: string): Promise<Connected> {
  const connected = await wallet.features['standard:connect']?.connect();
  const accounts = (connected?.accounts ?? []).filter(({ chains }) =>
    chains.some((chain) => chain.startsWith('solana:')),
  );
  const account =
    address === undefined ? accounts[0] : accounts.find((candidate) => candidate.address === address);
  if (account !== undefined) return { wallet, account };
  throw new Error(
    address === undefined
      ? `${wallet.name} has no account for Solana.`
      : `${wallet.name} does not have the account ${address}. Choose that account in the wallet, or another wallet.`,
  );
}

/** The account as the client takes it: it signs texts. */
export function signerOf({ wallet, account }: Connected): Wallet {
  return {
    address: account.address,
    async signMessage(message) {
      const feature = wallet.features['solana:signMessage'];
      if (feature === undefined) throw new Error(`${wallet.name} cannot sign messages.`);
      const [signed] = await feature.signMessage({ account, message });
      if (signed === undefined) throw new Error(`${wallet.name} returned no signature.`);
      return signed.signature;
    },
  };
}
