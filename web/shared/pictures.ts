import { html } from './html.js';

interface BarProps {
  /** What the picture tells, in words: it is all that a screen reader gets. */
  readonly label: string;
  readonly value: number;
  readonly limit: number;
  readonly tone?: 'good' | 'warn' | 'bad';
}

const WIDTH = 200;

/** How far something is on its way to a limit: a balance to what was promised, approvals to their threshold. */
export function Bar({ label, value, limit, tone = 'good' }: BarProps) {
  const share = limit <= 0 ? (value > 0 ? 1 : 0) : Math.min(1, Math.max(0, value / limit));
  return html`<figure class="picture">
    <svg class="bar" role="img" aria-label=${label} viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none">
      <rect class="rest" width=${WIDTH} height="10" rx="3" />
      <rect class=${tone} width=${share === 0 ? 0 : Math.max(3, share * WIDTH)} height="10" rx="3" />
    </svg>
    <figcaption aria-hidden="true">${label}</figcaption>
  </figure>`;
}

interface StepsProps {
  readonly steps: readonly string[];
  /** How many are behind us. */
  readonly reached: number;
  readonly tone?: 'good' | 'warn' | 'bad';
  readonly label: string;
}

/** Stations on a line: those that are reached are filled. */
export function Steps({ steps, reached, tone = 'good', label }: StepsProps) {
  const gap = 24;
  const at = (index: number) => 7 + index * gap;
  return html`<svg class="steps" role="img" aria-label=${label} width=${at(steps.length - 1) + 7} height="14">
    <line class="rest" x1="7" y1="7" x2=${at(steps.length - 1)} y2="7" />
    ${steps.map(
      (step, index) =>
        html`<circle class=${index < reached ? tone : 'open'} cx=${at(index)} cy="7" r="5"
          ><title>${step}</title></circle
        >`,
    )}
  </svg>`;
}
