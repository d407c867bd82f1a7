import { html } from '../shared/html.js';
import type { Draft } from './terms.js';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: string;
  readonly mode?: string;
  readonly onText: (text: string) => void;
}

export function Field({ label, value, type = 'text', mode = 'text', onText }: FieldProps) {
  return html`<label>
    ${label}
    <input
      type=${type}
      inputmode=${mode}
      autocomplete="off"
      spellcheck="false"
      required
      value=${value}
      onInput=${(event: InputEvent) => onText((event.target as HTMLInputElement).value)}
    />
  </label>`;
}

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
}

export function RewardFields({ draft, change }: PartProps) {
  return html`<${Field}
      label="Token (mint address)"
      value=${draft.tokenMint}
      onText=${(tokenMint: string) => change({ tokenMint })}
    />
    <label>
      How the escrow is funded
      <select
        value=${draft.creatorFeeMode}
        onChange=${(event: Event) =>
          change({ creatorFeeMode: (event.target as HTMLSelectElement).value as Draft['creatorFeeMode'] })}
      >
        <option value="assisted">I send SOL myself</option>
        <option value="managed">Creator fees of the token flow into it</option>
      </select>
    </label>`;
}

const MOST = 12;

export function MilestoneFields({ draft: { milestones }, change }: PartProps) {
  const put = (index: number, part: Partial<Draft['milestones'][number]>) =>
    change({ milestones: milestones.map((one, at) => (at === index ? Object.assign({}, one, part) : one)) });
  return html`${milestones.map(
    ({ title, amount }, index) =>
      html`<fieldset>
        <legend>Milestone ${index + 1}</legend>
        <${Field} label="What it is" value=${title} onText=${(text: string) => put(index, { title: text })} />
        <${Field}
          label="SOL that it pays you"
          value=${amount}
          mode="decimal"
          onText=${(text: string) => put(index, { amount: text })}
        />
        ${
          milestones.length > 1 &&
          html`<button
            type="button"
            onClick=${() => change({ milestones: milestones.filter((_, at) => at !== index) })}
          >
            Remove milestone ${index + 1}
          </button>`
        }
      </fieldset>`,
  )}
  ${
    milestones.length < MOST &&
    html`<button
      type="button"
      onClick=${() => change({ milestones: [...milestones, { title: '', amount: '' }] })}
    >
      Add a milestone
    </button>`
  }`;
}
