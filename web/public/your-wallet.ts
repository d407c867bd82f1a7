import { explain } from '../shared/api.js';
import { html, useState } from '../shared/html.js';
import type { StandardWallet } from '../shared/wallet-standard.js';
import { WalletList } from '../shared/wallet-list.js';
import { connect, useWallets } from '../shared/wallets.js';

interface Props {
  /** Base58; undefined while none is connected. */
  readonly address: string | undefined;
  /** What one may do with it, in a sentence. */
  readonly purpose: string;
  readonly onAddress: (address: string | undefined) => void;
}

/** Who the person is, by their wallet: it tells its address and signs nothing here. */
export function YourWallet({ address, purpose, onAddress }: Props) {
  const wallets = useWallets().filter(({ features }) => features['solana:signMessage'] !== undefined);
  const [error, setError] = useState<string>();
  const choose = (wallet: StandardWallet) => {
    setError(undefined);
    connect(wallet).then(
      ({ account }) => onAddress(account.address),
      (failure: unknown) => setError(explain(failure)),
    );
  };
  return html`<section class="panel" aria-labelledby="your-wallet">
    <h2 id="your-wallet">Your wallet</h2>
    ${
      address === undefined
        ? html`<p>${purpose}</p>
            <${WalletList} wallets=${wallets} verb="Connect" onChoose=${choose} />`
        : html`<p role="status">Connected: <span class="mono">${address}</span></p>
            <button type="button" onClick=${() => onAddress(undefined)}>Another wallet</button>`
    }
    ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
  </section>`;
}
