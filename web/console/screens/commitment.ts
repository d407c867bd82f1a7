import {
  type CommitmentDto,
  getCommitment,
  listCommitmentPayouts,
  listStrayDeposits,
  listTimeline,
  type StrayDepositDto,
} from '#client';
import { api, to } from '../../shared/api.js';
import { html, useState } from '../../shared/html.js';
import { moment, plain, sol } from '../../shared/words.js';
import { callOff, fail, forward, pausePayouts, succeed } from '../acts.js';
import { decisionEndsAt, heldBy, isInNotice, isOver, titleOf } from '../commitment-words.js';
import { shown, useActs, useAsked } from '../loading.js';
import { Milestones } from '../milestones.js';
import { ActButton, ChainLink, Panel, Table, When } from '../parts.js';
import { PayoutTable } from './payouts.js';
import { EscrowBar } from './commitments.js';

/** One commitment with everything that is known of it. */
export function CommitmentScreen({ id }: { readonly id: string }) {
  const asked = useAsked(id, async () => {
    const commitmentId = id;
    const [commitment, payouts, timeline] = await Promise.all([
      api.take(getCommitment({ ...to, path: { id } })),
      api.take(listCommitmentPayouts({ ...to, path: { id }, query: { limit: 50 } })),
      api.take(listTimeline({ ...to, query: { commitmentId, limit: 100 } })),
    ]);
    const strays = isOver(commitment)
      ? await api.take(listStrayDeposits({ ...to, query: { limit: 200 } }))
      : undefined;
    const stray = strays?.items.find((one) => one.commitmentId === id);
    return { commitment, payouts: payouts.items, timeline: timeline.items, stray };
  });
  return shown(
    asked,
    ({ commitment, payouts, timeline, stray }) => html`
      <h1>${titleOf(commitment)}</h1>
      <${Head} commitment=${commitment} />
      <${Decide} commitment=${commitment} stray=${stray} onDone=${asked.reload} />
      ${
        commitment.kind === 'creator_reward' &&
        html`<${Milestones} commitment=${commitment} onDone=${asked.reload} />`
      }
      <${Panel} title="Payouts">
        <${PayoutTable} payouts=${payouts} onDone=${asked.reload} cluster=${commitment.terms.cluster} />
      <//>
      <${Panel} title="Timeline">
        <${Table}
          name="Timeline"
          head=${['When', 'What', 'Who']}
          rows=${timeline.map(({ ts, event, wallet }) => [
            html`<${When} at=${ts} />`,
            plain(event),
            wallet === undefined
              ? ''
              : html`<${ChainLink} kind="address" id=${wallet} cluster=${commitment.terms.cluster} />`,
          ])}
          none="Nothing has happened yet."
        />
      <//>
      <${Panel} title="Terms">
        <p class="quiet">Frozen when it was made. SHA-256: <code>${commitment.termsHash}</code></p>
        <pre tabindex="0" aria-label="Terms">${JSON.stringify(commitment.terms, undefined, 2)}</pre>
      <//>
    `,
  );
}

function Head({ commitment }: { readonly commitment: CommitmentDto }) {
  const { cluster } = commitment.terms;
  const end = decisionEndsAt(commitment);
  const facts: [string, unknown][] = [
    ['Status', plain(commitment.status)],
    ['Id', html`<code>${commitment.id}</code>`],
    ['Made by', html`<${ChainLink} kind="address" id=${commitment.wallet} cluster=${cluster} whole />`],
    [
      'On failure to',
      html`<${ChainLink} kind="address" id=${commitment.destinationOnFail} cluster=${cluster} whole />`,
    ],
    [
      'Escrow',
      html`<${ChainLink} kind="address" id=${commitment.escrow.address} cluster=${cluster} whole />`,
    ],
    ['Custody', commitment.escrow.custody],
    ['Holds', heldBy(commitment)],
  ];
  if (commitment.kind === 'personal') {
    facts.push(['Promised', sol(commitment.amountLamports)], ['Deadline', moment(commitment.deadline)]);
    facts.push(['Attested', commitment.attestedAt === undefined ? 'no' : moment(commitment.attestedAt)]);
  }
  if (end !== undefined && commitment.status === 'active')
    facts.push(['Refunded, if nobody decides', moment(end)]);
  if (commitment.failureEffectiveAt !== undefined)
    facts.push(
      ['Failure takes effect', moment(commitment.failureEffectiveAt)],
      ['Reason', commitment.failureReason ?? 'none given'],
    );
  return html`<${Panel} title="At a glance">
    <${EscrowBar} commitment=${commitment} />
    <dl class="facts">
      ${facts.map(([label, value]) => [html`<dt>${label}</dt>`, html`<dd>${value}</dd>`])}
    </dl>
  <//>`;
}

interface DecideProps {
  readonly commitment: CommitmentDto;
  readonly stray: StrayDepositDto | undefined;
  readonly onDone: () => void;
}

/** What an admin may decide as things stand; the service refuses what it may not. */
function Decide({ commitment, stray, onDone }: DecideProps) {
  const [reason, setReason] = useState('');
  const act = useActs(commitment, onDone);
  const { status, kind, id: commitmentId } = commitment;
  if (isOver(commitment) && stray === undefined) return null;
  // A promise whose failure is filed stays active until it takes effect.
  const mayCallOff = isInNotice(commitment);
  return html`<${Panel} title="Decide">
    ${
      status === 'active' &&
      html`<label
        >Reason, part of what is signed
        <input
          value=${reason}
          maxlength="200"
          onInput=${(event: InputEvent) => setReason((event.target as HTMLInputElement).value)}
        />
      </label>`
    }
    <p class="buttons">
      ${
        status === 'active' &&
        kind === 'personal' &&
        html`<${ActButton} label="Resolve as a success" onClick=${() => act(succeed)} />`
      }
      ${
        status === 'active' &&
        !mayCallOff &&
        html`<${ActButton}
          label="Resolve as a failure"
          onClick=${() => act((fresh) => fail(fresh, reason.trim()))}
        />`
      }
      ${mayCallOff && html`<${ActButton} label="Call off the failure" onClick=${() => act(callOff)} />`}
      ${
        status === 'active' &&
        reason.trim() !== '' &&
        html`<${ActButton}
          label="Pause its payouts"
          onClick=${() => act(() => pausePayouts({ scope: 'commitment', commitmentId, reason: reason.trim() }))}
        />`
      }
      ${
        stray !== undefined &&
        html`<${ActButton}
          label=${`Forward ${sol(stray.strayLamports)} that is stray`}
          onClick=${() => act(() => forward(stray))}
        />`
      }
    </p>
  <//>`;
}
