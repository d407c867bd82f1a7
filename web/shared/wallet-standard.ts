/** The parts of the Wallet Standard that these pages use. https://github.com/wallet-standard/wallet-standard */

export interface WalletAccount {
  readonly address: string;
  readonly chains: readonly string[];
  readonly features: readonly string[];
}

export interface SignedMessage {
  readonly signature: Uint8Array;
  readonly signedMessage: Uint8Array;
}

export interface StandardWallet {
  readonly name: string;
  /** A data: URL. */
  readonly icon: string;
  readonly chains: readonly string[];
  readonly accounts: readonly WalletAccount[];
  readonly features: {
    readonly 'standard:connect'?: {
      connect(input?: {
        readonly silent?: boolean;
      }): Promise<{ readonly accounts: readonly WalletAccount[] }>;
    };
    readonly 'standard:events'?: { on(event: 'change', listener: () => void): () => void };
    readonly 'solana:signIn'?: {
      signIn(input: object): Promise<readonly (SignedMessage & { readonly account: WalletAccount })[]>;
    };
    readonly 'solana:signMessage'?: {
      signMessage(input: {
        readonly account: WalletAccount;
        readonly message: Uint8Array;
      }): Promise<readonly SignedMessage[]>;
    };
    readonly 'solana:signTransaction'?: {
      signTransaction(input: {
        readonly account: WalletAccount;
        readonly transaction: Uint8Array;
        readonly chain?: string;
      }): Promise<readonly { readonly signedTransaction: Uint8Array }[]>;
    };
  };
}

type Register = (...wallets: readonly StandardWallet[]) => () => void;
type Callback = (api: { readonly register: Register }) => void;

const wallets = new Set<StandardWallet>();
const listeners = new Set<() => void>();
let listening = false;

/** The wallets of this browser that are there by now. */
export function knownWallets(): readonly StandardWallet[] {
  listen();
  return [...wallets];
}

/** Calls back whenever a wallet comes or goes: some arrive long after the page. @returns the end of it */
export function onWallets(listener: () => void): () => void {
  listen();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Wallet and page find each other whichever is first: each announces itself, and listens for the other. */
function listen(): void {
  if (listening) return;
  listening = true;
  window.addEventListener('wallet-standard:register-wallet', (event) => {
    (event as CustomEvent<Callback>).detail({ register });
  });
  window.dispatchEvent(new CustomEvent('wallet-standard:app-ready', { detail: { register } }));
}

const register: Register = (...added) => {
  for (const wallet of added) wallets.add(wallet);
  notify();
  return () => {
    for (const wallet of added) wallets.delete(wallet);
    notify();
  };
};

function notify(): void {
  for (const listener of listeners) listener();
}
