import type { CommitmentDto, MilestoneDto } from '#client';
import { html } from '../shared/html.js';
import { Bar } from '../shared/pictures.js';
import { moment, plain, sol } from '../shared/words.js';
import { release } from './acts.js';
import { useActs } from './loading.js';
import { ActButton, Panel, Table } from './parts.js';

type Reward = Extract<CommitmentDto, { kind: 'creator_reward' }>;

interface Props {
  readonly commitment: Reward;
  readonly onDone: () => void;
}

export function Milestones({ commitment, onDone }: Props) {
  const act = useActs(commitment, onDone);
  const rows = commitment.milestones.map((milestone) => [
    milestone.title,
    sol(milestone.paidLamports ?? milestone.unlockLamports),
    plain(milestone.status),
    html`<${Approvals} milestone=${milestone} />`,
    html`<${Waiting} milestone=${milestone} />`,
    milestone.status === 'claimable'
      ? html`<${ActButton} label="Release" onClick=${() => act((fresh) => release(fresh, milestone))} />`
      : '',
  ]);
  return html`<${Panel} title="Milestones">
    <${Table}
      name="Milestones"
      head=${['Milestone', 'Unlocks', 'Status', 'Approvals', 'Why not yet', 'Act']}
      rows=${rows}
      none="It has none."
    />
  <//>`;
}

function Approvals({ milestone: { approvals } }: { readonly milestone: MilestoneDto }) {
  const { weightUsd, thresholdUsd, voters } = approvals;
  const isThere = Number(weightUsd) >= Number(thresholdUsd);
  return html`<${Bar}
    label=${`$${weightUsd} of $${thresholdUsd} by ${voters} ${voters === 1 ? 'wallet' : 'wallets'}`}
    value=${Number(weightUsd)}
    limit=${Number(thresholdUsd)}
    tone=${isThere ? 'good' : 'warn'}
  />`;
}

function Waiting({ milestone: { waitingFor } }: { readonly milestone: MilestoneDto }) {
  if (waitingFor.length === 0) return html`<span class="quiet">nothing</span>`;
  return html`<ul class="plain">
    ${waitingFor.map(
      ({ condition, value, limit, who }) =>
        html`<li>
          ${plain(condition)}: ${timeOr(value ?? 'not known yet')}, needs ${timeOr(limit)} (${who})
        </li>`,
    )}
  </ul>`;
}

/** Values are times or amounts, as the condition has it. */
function timeOr(value: string): string {
  return /^\d{4}-\d\d-\d\dT/.test(value) ? moment(value) : plain(value);
}
