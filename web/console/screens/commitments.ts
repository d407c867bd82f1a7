import { type CommitmentDto, listCommitments } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { Bar } from '../../shared/pictures.js';
import { plain, sol } from '../../shared/words.js';
import { heldBy, isOver, promised, titleOf } from '../commitment-words.js';
import { Search, type Field } from '../search.js';
import { shown, useAsked } from '../loading.js';
import { Address, NextPage, Table, When } from '../parts.js';
import { hashOf, type Place } from '../router.js';

const STATUSES = ['in_notice', 'active', 'failing', 'resolving', 'succeeded', 'failed', 'completed'];
const FIELDS: readonly Field[] = [
  { name: 'id', label: 'Id' },
  { name: 'wallet', label: 'Wallet' },
  { name: 'tokenMint', label: 'Token' },
  { name: 'status', label: 'Status', options: STATUSES },
  { name: 'kind', label: 'Kind', options: ['personal', 'creator_reward'] },
];

export function CommitmentsScreen({ place: { query } }: { readonly place: Place }) {
  return html`<h1>Commitments</h1>
    <${Search} screen="commitments" fields=${FIELDS} query=${query} />
    <${Found} query=${query} />`;
}

function Found({ query }: { readonly query: Place['query'] }) {
  const asked = useAsked(JSON.stringify(query), () =>
    api.take(listCommitments({ ...to, query: { limit: 25, ...query } })),
  );
  return shown(
    asked,
    ({ items, nextCursor }) =>
      html`<${Table}
          name="Commitments"
          head=${['Promise', 'Kind', 'Status', 'Escrow', 'Made by', 'Made']}
          rows=${items.map(rowOf)}
          none="None was found."
        />
        <${NextPage}
          to=${nextCursor === null ? undefined : hashOf('commitments', { ...query, cursor: nextCursor })}
        />`,
  );
}

function rowOf(commitment: CommitmentDto) {
  return [
    html`<a href=${hashOf(`commitments/${commitment.id}`)}>${titleOf(commitment)}</a>`,
    plain(commitment.kind),
    plain(commitment.status),
    html`<${EscrowBar} commitment=${commitment} />`,
    html`<${Address} address=${commitment.wallet} />`,
    html`<${When} at=${commitment.createdAt} />`,
  ];
}

/** What is there beside what was promised. */
export function EscrowBar({ commitment }: { readonly commitment: CommitmentDto }) {
  const [held, wanted] = [commitment.escrow.balanceLamports ?? 0, promised(commitment)];
  if (isOver(commitment)) return html`<span>${heldBy(commitment)}</span>`;
  return html`<${Bar}
    label=${`${sol(commitment.escrow.balanceLamports)} of ${sol(wanted)}`}
    value=${held}
    limit=${wanted}
    tone=${held < wanted ? 'warn' : 'good'}
  />`;
}
