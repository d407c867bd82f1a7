import {
  type AdminSessionAnswer,
  encodeBase58,
  hasCode,
  type NonceAnswer,
  requestSignInNonce,
  signIn,
} from '#client';
import { api, explain, to } from '../shared/api.js';
import { html, useState } from '../shared/html.js';
import type { StandardWallet } from '../shared/wallet-standard.js';
import { WalletList } from '../shared/wallet-list.js';
import { connect, type Connected, signerOf, useWallets } from '../shared/wallets.js';

interface Props {
  /** Why one has to sign in again. */
  readonly reason: string | undefined;
  readonly onSession: (session: AdminSessionAnswer) => void;
}

interface Asked extends Connected {
  readonly nonce: NonceAnswer;
}

/** Sign-In With Solana: choose a wallet, read the text, sign it. */
export function SignIn({ reason, onSession }: Props) {
  const wallets = useWallets();
  const [asked, setAsked] = useState<Asked>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    setError(undefined);
    void work()
      .catch((failure: unknown) => {
        setAsked(undefined);
        setError(explainSignIn(failure));
      })
      .finally(() => setBusy(false));
  };
  const choose = (wallet: StandardWallet) => run(async () => setAsked(await ask(wallet)));
  const sign = (given: Asked, by: Way) => run(async () => onSession(await prove(given, by)));
  return html`<main>
    <h1>Console of Commit To Ship</h1>
    <section class="panel" aria-labelledby="sign-in">
      <h2 id="sign-in">Sign in as an admin</h2>
      ${reason !== undefined && html`<p class="warn" role="status">${reason}</p>`}
      ${
        asked === undefined
          ? html`<p>Choose the wallet of an admin. You see the text before you sign it.</p>
              <${WalletList} wallets=${wallets} verb="Connect" disabled=${isBusy} onChoose=${choose} />`
          : html`<${Text}
              asked=${asked}
              isBusy=${isBusy}
              onSign=${(by: Way) => sign(asked, by)}
              onBack=${() => setAsked(undefined)}
            />`
      }
      ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
    </section>
  </main>`;
}

type Way = 'text' | 'transaction';

interface TextProps {
  readonly asked: Asked;
  readonly isBusy: boolean;
  readonly onSign: (by: Way) => void;
  readonly onBack: () => void;
}

function Text({ asked, isBusy, onSign, onBack }: TextProps) {
  const { name, features } = asked.wallet;
  const signsTexts = (features['solana:signIn'] ?? features['solana:signMessage']) !== undefined;
  const signsTransactions = features['solana:signTransaction'] !== undefined;
  return html`<p id="sign-in-text">
      ${name} is asked to sign exactly this text. It moves nothing and costs nothing.
    </p>
    <pre tabindex="0" aria-labelledby="sign-in-text">${asked.nonce.message}</pre>
    <p class="buttons">
      ${
        signsTexts &&
        html`<button type="button" class="main" disabled=${isBusy} onClick=${() => onSign('text')}>
          Sign in with ${name}
        </button>`
      }
      ${
        signsTransactions &&
        html`<button type="button" disabled=${isBusy} onClick=${() => onSign('transaction')}>
          Sign as a transaction
        </button>`
      }
      <button type="button" disabled=${isBusy} onClick=${onBack}>Another wallet</button>
    </p>
    ${
      signsTransactions &&
      html`<p class="note">
        “As a transaction” is for hardware wallets that sign no texts. The transaction holds this text and
        nothing else, is sent nowhere, and no network would take it.
      </p>`
    }
    <p role="status">${isBusy ? 'Confirm in your wallet…' : ''}</p>`;
}

async function ask(wallet: StandardWallet): Promise<Asked> {
  const connected = await connect(wallet);
  const body = { wallet: connected.account.address };
  return { ...connected, nonce: await api.take(requestSignInNonce({ ...to, body })) };
}

async function prove({ nonce, ...connected }: Asked, by: Way): Promise<AdminSessionAnswer> {
  const proof =
    by === 'transaction'
      ? { transaction: await signedTransactionOf(nonce, connected) }
      : { signature: encodeBase58(await signatureOf(nonce, connected)) };
  const body = { wallet: connected.account.address, nonce: nonce.nonce, ...proof };
  return api.take(signIn({ ...to, body, headers: { Origin: location.origin } }));
}

async function signedTransactionOf(
  { transaction }: NonceAnswer,
  { wallet, account }: Connected,
): Promise<string> {
  const bytes = Uint8Array.from(atob(transaction), (character) => character.charCodeAt(0));
  const [signed] =
    (await wallet.features['solana:signTransaction']?.signTransaction({ account, transaction: bytes })) ?? [];
  if (signed === undefined) throw new Error(`${wallet.name} returned no transaction.`);
  return btoa(String.fromCharCode(...signed.signedTransaction));
}

/** A wallet that makes the text itself also checks that this page is where the text says. */
async function signatureOf(nonce: NonceAnswer, connected: Connected): Promise<Uint8Array> {
  const feature = connected.wallet.features['solana:signIn'];
  if (feature === undefined) return signerOf(connected).signMessage(new TextEncoder().encode(nonce.message));
  const [signed] = await feature.signIn(nonce.signInInput);
  if (signed === undefined) throw new Error(`${connected.wallet.name} returned no signature.`);
  return signed.signature;
}

function explainSignIn(error: unknown): string {
  if (hasCode(error, 'invalid_signature'))
    return 'The wallet has signed another text, or with another account. Choose it again; each text is used once.';
  return explain(error);
}
