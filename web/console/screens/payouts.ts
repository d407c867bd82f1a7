import { getPayout, listPayouts, type PayoutDto } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, plain, sol } from '../../shared/words.js';
import { resolve, retry } from '../acts.js';
import { shown, useAsked, useDesk } from '../loading.js';
import {
  ActButton,
  Address,
  ChainLink,
  CommitmentLink,
  NextPage,
  Panel,
  PayoutState,
  Table,
  When,
} from '../parts.js';
import { hashOf, type Place } from '../router.js';
import { type Field, Search } from '../search.js';
import { Locks } from './locks.js';

const FIELDS: readonly Field[] = [
  { name: 'id', label: 'Id' },
  { name: 'commitmentId', label: 'Commitment' },
  {
    name: 'status',
    label: 'Status',
    options: ['unfinished', 'pending', 'in_flight', 'confirmed', 'finalized', 'stopped', 'cancelled'],
  },
];

export function PayoutsScreen({ place: { query } }: { readonly place: Place }) {
  return html`<h1>Payouts</h1>
    <${Search} screen="payouts" fields=${FIELDS} query=${query} />
    <${Found} query=${query} />
    <${Locks} />`;
}

function Found({ query }: { readonly query: Place['query'] }) {
  const asked = useAsked(JSON.stringify(query), () =>
    api.take(listPayouts({ ...to, query: { limit: 50, ...query } })),
  );
  return shown(
    asked,
    ({ items, nextCursor }) =>
      html`<${PayoutTable} payouts=${items} onDone=${asked.reload} cluster="" />
        <${NextPage}
          to=${nextCursor === null ? undefined : hashOf('payouts', { ...query, cursor: nextCursor })}
        />`,
  );
}

interface TableProps {
  readonly payouts: readonly PayoutDto[];
  readonly onDone: () => void;
  /** Where the signatures can be looked up; empty where that is not known. */
  readonly cluster: string;
}

export function PayoutTable({ payouts, onDone, cluster }: TableProps) {
  const rows = payouts.map((payout) => [
    html`<a href=${hashOf(`payouts/${payout.id}`)}>${sol(payout.amountLamports)}</a>`,
    plain(payout.purpose),
    html`<${Address} address=${payout.destination} />`,
    html`<${PayoutState} payout=${payout} />`,
    payout.waitingFor ?? '',
    html`<${When} at=${payout.createdAt} />`,
    payout.signature === undefined
      ? ''
      : html`<${ChainLink} kind="tx" id=${payout.signature} cluster=${cluster} />`,
    html`<${PayoutActs} payout=${payout} onDone=${onDone} />`,
  ]);
  return html`<${Table}
    name="Payouts"
    head=${['Amount', 'For', 'To', 'State', 'Why not yet', 'Decided', 'Transaction', 'Act']}
    rows=${rows}
    none="None was found."
  />`;
}

/** What was stopped is taken up again, and what the signing door refuses is confirmed; everything else goes on by itself. */
function mayRetry({ status, waitingFor }: PayoutDto): boolean {
  return status === 'stopped' || (status === 'pending' && waitingFor?.startsWith('signing_refused') === true);
}

function PayoutActs({ payout, onDone }: { readonly payout: PayoutDto; readonly onDone: () => void }) {
  const { wallet: address, perform } = useDesk();
  if (payout.status === 'finalized') return null;
  return html`<span class="buttons">
    ${
      mayRetry(payout) &&
      html`<${ActButton} label="Retry" onClick=${() => perform({ ...retry(payout), address, onDone })} />`
    }
    ${
      payout.status === 'in_flight' &&
      html`<${ActButton}
        label="Prove"
        onClick=${() => perform({ ...resolve(payout, 'all'), address, onDone })}
      />`
    }
  </span>`;
}

export function PayoutScreen({ id }: { readonly id: string }) {
  const asked = useAsked(id, () => api.take(getPayout({ ...to, path: { id } })));
  return html`<h1>Payout</h1>
    ${shown(
      asked,
      (payout) =>
        html`<${Panel} title=${`${sol(payout.amountLamports)} for ${plain(payout.purpose)}`}>
            <p><${PayoutState} payout=${payout} /></p>
            ${payout.waitingFor !== undefined && html`<p class="warn">Why not yet: ${payout.waitingFor}</p>`}
            <dl class="facts">
              ${factsOf(payout).map(([label, value]) => [html`<dt>${label}</dt>`, html`<dd>${value}</dd>`])}
            </dl>
            <${PayoutActs} payout=${payout} onDone=${asked.reload} />
          <//>
          <${Panel} title="Attempts"><${Attempts} payout=${payout} /><//>`,
    )}`;
}

function factsOf(payout: PayoutDto): [string, unknown][] {
  return [
    ['Id', html`<code>${payout.id}</code>`],
    ['Commitment', html`<${CommitmentLink} id=${payout.commitmentId} />`],
    ['From', html`<code>${payout.source}</code>`],
    ['To', html`<code>${payout.destination}</code>`],
    ['Decided', moment(payout.createdAt)],
    ['Confirmed', payout.confirmedAt === undefined ? 'not yet' : moment(payout.confirmedAt)],
    ['Finalized', payout.finalizedAt === undefined ? 'not yet' : moment(payout.finalizedAt)],
  ];
}

function Attempts({ payout: { attempts } }: { readonly payout: PayoutDto }) {
  const rows = attempts.map(({ status, signature, feeLamports, feePayer, createdAt }) => [
    plain(status),
    signature === null ? 'not signed' : html`<code>${signature}</code>`,
    sol(feeLamports),
    html`<${Address} address=${feePayer} />`,
    html`<${When} at=${createdAt} />`,
  ]);
  return html`<${Table}
    name="Attempts"
    head=${['State', 'Signature', 'Fee', 'Fee paid by', 'Made']}
    rows=${rows}
    none="Nothing was sent yet."
  />`;
}
