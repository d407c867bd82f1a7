import { type Action, type Answers, hasCode, type ParamsOf } from '#client';
import { api, explain } from './api.js';
import { html, useEffect, useRef, useState } from './html.js';
import type { StandardWallet } from './wallet-standard.js';
import { WalletList } from './wallet-list.js';
import { connect, signerOf, useWallets } from './wallets.js';

/** Something that a wallet is to sign and the service to carry out. */
export interface Act<A extends Action = Action> {
  readonly title: string;
  readonly action: A;
  readonly params: ParamsOf<A>;
  /** Who has to sign. */
  readonly address: string;
  /** Amount, destination and whatever else decides: label and value. */
  readonly facts: readonly (readonly [string, string])[];
  /** What happens when it is signed, in a sentence. */
  readonly consequence: string;
  readonly onDone?: (answer: Answers[A]) => void;
}

interface Asked {
  readonly text: string;
  readonly sign: (wallet: StandardWallet) => void;
}

type Stage = 'preparing' | 'review' | 'signing' | 'done';

interface Props {
  readonly act: Act;
  readonly close: () => void;
  /** Sees whatever went wrong, beside the person. */
  readonly onError?: (error: unknown) => void;
}

/** Shows what an act does and the exact text, and only then asks a wallet. It closes without a trace until it is signed. */
export function ActDialog({ act, close, onError }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const wallets = useWallets().filter(({ features }) => features['solana:signMessage'] !== undefined);
  const { stage, asked, error, retry } = useAct(act, onError);
  useEffect(() => dialog.current?.showModal(), []);
  return html`<dialog ref=${dialog} onClose=${close} aria-labelledby="act-title">
    <h2 id="act-title">${act.title}</h2>
    <p class="consequence">${act.consequence}</p>
    <dl class="facts">
      ${act.facts.map(([label, value]) => [html`<dt>${label}</dt>`, html`<dd>${value}</dd>`])}
    </dl>
    ${
      asked !== undefined &&
      html`<p id="act-text">Your wallet is asked to sign exactly this text:</p>
        <pre tabindex="0" aria-labelledby="act-text">${asked.text}</pre>`
    }
    ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
    <p role="status">${STATUS[stage]}</p>
    ${
      stage === 'review' &&
      asked !== undefined &&
      html`<${WalletList} wallets=${wallets} verb="Sign with" onChoose=${asked.sign} />`
    }
    <p class="buttons">
      ${error !== undefined && html`<button type="button" onClick=${retry}>Try again</button>`}
      <button type="button" onClick=${() => dialog.current?.close()}>
        ${stage === 'done' ? 'Close' : 'Cancel'}
      </button>
    </p>
  </dialog>`;
}

const STATUS: Readonly<Record<Stage, string>> = {
  preparing: 'Asking the service for the text…',
  review: '',
  signing: 'Confirm in your wallet. The service then carries it out; that may take half a minute.',
  done: 'Done.',
};

function useAct(act: Act, onError: Props['onError']) {
  const [stage, setStage] = useState<Stage>('preparing');
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<string>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const run = { isOver: false, cancel: () => {} };
    setStage('preparing');
    setError(undefined);
    setAsked(undefined);
    const show = (next: Asked | undefined) => {
      setAsked(next);
      setStage(next === undefined ? 'signing' : 'review');
    };
    const perform = async () => {
      try {
        const answer = await carryOut(act, run, show);
        setStage('done');
        act.onDone?.(answer);
      } catch (failure) {
        if (run.isOver) return;
        setError(explainAct(failure));
        onError?.(failure);
      }
    };
    void perform();
    return () => {
      run.isOver = true;
      run.cancel();
    };
  }, [attempt]);
  return { stage, asked, error, retry: () => setAttempt(attempt + 1) };
}

interface Run {
  isOver: boolean;
  cancel: () => void;
}

/** @param show called with the text once it is there, and with nothing once a wallet is chosen */
function carryOut(act: Act, run: Run, show: (asked: Asked | undefined) => void) {
  let chosen: StandardWallet | undefined;
  const review = (text: string) =>
    new Promise<void>((resolve, reject) => {
      run.cancel = () => reject(new Error('Cancelled.'));
      const sign = (wallet: StandardWallet) => {
        chosen = wallet;
        show(undefined);
        resolve();
      };
      if (run.isOver) run.cancel();
      else show({ text, sign });
    });
  const signMessage = async (message: Uint8Array) => {
    if (chosen === undefined) throw new Error('No wallet was chosen.');
    return signerOf(await connect(chosen, act.address)).signMessage(message);
  };
  return api.signAndSend(act.action, act.params, { address: act.address, signMessage }, { review });
}

function explainAct(error: unknown): string {
  if (hasCode(error, 'invalid_signature'))
    return 'The wallet has signed another text, or with another account. Nothing was done.';
  return explain(error);
}
