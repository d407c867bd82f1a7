import { type Act, ActDialog } from '../shared/act-dialog.js';
import { html, useState } from '../shared/html.js';
import { moment, relative } from '../shared/words.js';
import { attestation, claim, enrollment } from './acts.js';
import { type Seen, useCommitment } from './commitment.js';
import { Escrow, History, Payouts } from './money.js';
import { Milestones } from './milestones.js';
import { nextSteps, STATES } from './next-steps.js';
import { Proof } from './proof.js';
import { YourWallet } from './your-wallet.js';

/** One commitment for everybody. */
export function CommitmentPage({ id }: { readonly id: string }) {
  const { seen, error, refresh } = useCommitment(id);
  if (seen === undefined)
    return html`<main>
      <h1>Commitment</h1>
      ${error === undefined ? html`<p role="status">Looking…</p>` : html`<p class="error" role="alert">${error}</p>`}
    </main>`;
  return html`<${Shown} seen=${seen} error=${error} refresh=${refresh} />`;
}

interface Props {
  readonly seen: Seen;
  readonly error: string | undefined;
  readonly refresh: () => void;
}

function Shown({ seen, error, refresh }: Props) {
  const { commitment } = seen;
  const [address, setAddress] = useState<string>();
  const [act, setAct] = useState<Act>();
  const close = () => {
    setAct(undefined);
    refresh();
  };
  return html`<main>
      <h1>${commitment.kind === 'personal' ? 'A personal commitment' : 'A commitment to holders'}</h1>
      <p class="lead">${commitment.statement ?? 'No words were given; the terms stand for themselves.'}</p>
      ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
      <${Next} seen=${seen} />
      <${Escrow} commitment=${commitment} />
      ${
        commitment.kind === 'creator_reward' &&
        html`<${Milestones}
          commitment=${commitment}
          address=${address}
          events=${seen.events}
          onAct=${setAct}
        />`
      }
      <${YourWallet} address=${address} purpose=${PURPOSE[commitment.kind]} onAddress=${setAddress} />
      ${address !== undefined && html`<${Acts} seen=${seen} address=${address} onAct=${setAct} />`}
      <${Payouts} commitment=${commitment} payouts=${seen.payouts} shares=${seen.shares} />
      <${History} events=${seen.events} />
      <${Proof} id=${commitment.id} />
    </main>
    ${act !== undefined && html`<${ActDialog} act=${act} close=${close} />`}`;
}

const PURPOSE = {
  personal: 'Is it yours? Connect the wallet that made it, and attest here when it is done.',
  creator_reward:
    'Do you hold the token? Connect your wallet to approve a milestone, or to get your share of a failure. The creator attests here.',
} as const;

function Next({ seen: { commitment } }: { readonly seen: Seen }) {
  const steps = nextSteps(commitment);
  return html`<section class="panel" aria-labelledby="next">
    <h2 id="next">What happens next</h2>
    <p><span class="state">${STATES[commitment.status]}</span></p>
    <ol class="steps">
      ${steps.map((step) => html`<li>${step}</li>`)}
    </ol>
    ${steps.length === 0 && html`<p class="quiet">Nothing: this commitment has ended.</p>`}
    <dl class="facts">
      ${
        commitment.kind === 'personal' &&
        html`<dt>Deadline</dt>
          <dd>
            <time datetime=${commitment.deadline}>${moment(commitment.deadline)}</time>
            (${relative(commitment.deadline)})
          </dd>`
      }
      <dt>Made by</dt>
      <dd class="mono">${commitment.wallet}</dd>
      <dt>If it fails</dt>
      <dd class="mono">${commitment.destinationOnFail}</dd>
      <dt>Made</dt>
      <dd>${moment(commitment.createdAt)}</dd>
      <dt>Hash of the terms</dt>
      <dd class="mono">${commitment.termsHash}</dd>
    </dl>
  </section>`;
}

interface ActsProps {
  readonly seen: Seen;
  readonly address: string;
  readonly onAct: (act: Act) => void;
}

/** What this wallet can do with the commitment as a whole. */
function Acts({ seen: { commitment, shares }, address, onAct }: ActsProps) {
  const offers =
    commitment.kind === 'personal'
      ? [attestation(commitment, address)]
      : [enrollment(commitment, address), claim(commitment, shares, address)];
  const acts = offers.filter((offer) => offer !== undefined);
  if (acts.length === 0) return null;
  return html`<section class="panel" aria-labelledby="acts">
    <h2 id="acts">What you can do</h2>
    <p class="buttons">
      ${acts.map(
        (act) => html`<button type="button" class="main" onClick=${() => onAct(act)}>${act.title}</button>`,
      )}
    </p>
  </section>`;
}
