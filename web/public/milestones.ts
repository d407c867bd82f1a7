import type { Act } from '../shared/act-dialog.js';
import type { TimelineEventDto } from '#client';
import { html } from '../shared/html.js';
import { plain, sol } from '../shared/words.js';
import { milestoneActs } from './acts.js';
import type { Milestone, Reward } from './commitment.js';
import { waitingWords } from './next-steps.js';

interface Props {
  readonly commitment: Reward;
  readonly address: string | undefined;
  readonly events: readonly TimelineEventDto[];
  readonly onAct: (act: Act) => void;
}

/** Each milestone with its approvals against the threshold, and what it waits for. */
export function Milestones({ commitment, address, events, onAct }: Props) {
  return html`<section class="panel" aria-labelledby="milestones">
    <h2 id="milestones">Milestones</h2>
    ${commitment.milestones.map(
      (milestone) =>
        html`<article class="milestone">
          <h3>${milestone.title}</h3>
          <p>
            ${sol(milestone.unlockLamports)} for the creator.${' '}
            <span class="state">${plain(milestone.status)}</span>
          </p>
          <${Approvals} milestone=${milestone} />
          <ul class="plain">
            ${milestone.waitingFor.map((waiting) => html`<li>Next: ${waitingWords(waiting)}</li>`)}
          </ul>
          ${
            address !== undefined &&
            html`<p class="buttons">
              ${milestoneActs(commitment, milestone, address, events).map(
                (act) =>
                  html`<button type="button" class="main" onClick=${() => onAct(act)}>${act.title}</button>`,
              )}
            </p>`
          }
        </article>`,
    )}
  </section>`;
}

function Approvals({ milestone: { id, title, approvals } }: { readonly milestone: Milestone }) {
  const { weightUsd, thresholdUsd, voters, reweighedUsd } = approvals;
  const counted = reweighedUsd ?? weightUsd;
  return html`<p id=${`approvals-${id}`}>
      Approvals: $${counted} of $${thresholdUsd}, by ${voters} ${voters === 1 ? 'wallet' : 'wallets'}
    </p>
    <progress
      max=${Number(thresholdUsd)}
      value=${Math.min(Number(counted), Number(thresholdUsd))}
      aria-label=${`Approvals of ${title}`}
    ></progress>`;
}
