import type { Answers } from '#client';
import { type Act, ActDialog } from '../shared/act-dialog.js';
import { explain } from '../shared/api.js';
import { html, useState } from '../shared/html.js';
import { moment, sol } from '../shared/words.js';
import { Field, MilestoneFields, RewardFields } from './fields.js';
import { type Draft, EMPTY, termsOf } from './terms.js';
import { YourWallet } from './your-wallet.js';

/** A builder makes a commitment: what is typed, then the terms, then the signature. */
export function NewPage() {
  const [draft, setDraft] = useState<Draft>(EMPTY);
  const [address, setAddress] = useState<string>();
  const [act, setAct] = useState<Act<'commitment.create'>>();
  const [error, setError] = useState<string>();
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const review = (event: Event) => {
    event.preventDefault();
    setError(undefined);
    try {
      if (address === undefined) throw new Error('Connect your wallet first.');
      setAct(creation(draft, address));
    } catch (failure) {
      setError(explain(failure));
    }
  };
  return html`<main>
      <h1>A new commitment</h1>
      <${YourWallet}
        address=${address}
        purpose="Connect the wallet that promises. It signs the terms, and gets the money back when the promise is kept."
        onAddress=${setAddress}
      />
      <form class="panel" onSubmit=${review}>
        <h2>The promise</h2>
        <${Kind} draft=${draft} change=${change} />
        <label>
          What you promise, in public
          <textarea
            rows="3"
            maxlength="140"
            value=${draft.statement}
            onInput=${(event: InputEvent) => change({ statement: (event.target as HTMLTextAreaElement).value })}
          ></textarea>
        </label>
        <${Field}
          label="Who gets the money if you fail (address)"
          value=${draft.destinationOnFail}
          onText=${(destinationOnFail: string) => change({ destinationOnFail })}
        />
        ${draft.kind === 'personal' ? html`<${PersonalFields} draft=${draft} change=${change} />` : html`<${RewardFields} draft=${draft} change=${change} /><${MilestoneFields} draft=${draft} change=${change} />`}
        ${error !== undefined && html`<p class="error" role="alert">${error}</p>`}
        <p class="buttons"><button type="submit" class="main">Review and sign</button></p>
      </form>
    </main>
    ${act !== undefined && html`<${ActDialog} act=${act} close=${() => setAct(undefined)} />`}`;
}

function creation(draft: Draft, address: string): Act<'commitment.create'> {
  const params = termsOf(draft);
  return {
    title: 'Make this commitment',
    action: 'commitment.create',
    params,
    address,
    facts: [
      ['Promise', params.statement ?? 'none'],
      ...(params.kind === 'personal'
        ? ([
            ['You lock', sol(params.amountLamports)],
            ['Deadline', moment(params.deadline)],
          ] as const)
        : params.milestones.map(({ title, unlockLamports }) => [title, sol(unlockLamports)] as const)),
      ['If it fails', params.destinationOnFail],
    ],
    consequence:
      'The terms are public and can never be changed. Nothing moves now: you are shown the escrow that you then fund.',
    onDone: ({ id }: Answers['commitment.create']) => location.assign(`/c/${id}`),
  };
}

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

const KINDS = [
  ['personal', 'Personal: I lock SOL and get it back when I have delivered'],
  ['creator_reward', 'For my token: holders approve milestones, and each pays me'],
] as const;

function Kind({ draft, change }: PartProps) {
  return html`<fieldset>
    <legend>Kind</legend>
    ${KINDS.map(
      ([kind, words]) =>
        html`<label class="choice">
          <input type="radio" name="kind" checked=${draft.kind === kind} onChange=${() => change({ kind })} />
          <span>${words}</span>
        </label>`,
    )}
  </fieldset>`;
}

function PersonalFields({ draft, change }: PartProps) {
  return html`<${Field}
      label="SOL that you lock"
      value=${draft.amount}
      mode="decimal"
      onText=${(amount: string) => change({ amount })}
    />
    <${Field}
      label="Deadline, by your clock"
      type="datetime-local"
      value=${draft.deadline}
      onText=${(deadline: string) => change({ deadline })}
    />`;
}
