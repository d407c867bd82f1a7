import { html } from './html.js';
import type { StandardWallet } from './wallet-standard.js';

interface Props {
  readonly wallets: readonly StandardWallet[];
  /** What stands before the wallet's name, such as "Sign with". */
  readonly verb: string;
  readonly disabled?: boolean;
  readonly onChoose: (wallet: StandardWallet) => void;
}

/** One button for each wallet of this browser, and what to do where there is none. */
export function WalletList({ wallets, verb, disabled = false, onChoose }: Props) {
  if (wallets.length === 0)
    return html`<p class="note" role="status">
      No Solana wallet was found in this browser. Install or unlock one: it appears here by itself.
    </p>`;
  return html`<ul class="wallets">
    ${wallets.map(
      (wallet) =>
        html`<li>
          <button type="button" disabled=${disabled} onClick=${() => onChoose(wallet)}>
            <img src=${wallet.icon} alt="" width="20" height="20" /> ${verb} ${wallet.name}
          </button>
        </li>`,
    )}
  </ul>`;
}
