import { type AuditLogDto, listAuditLogs } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, short } from '../../shared/words.js';
import { shown, useAsked } from '../loading.js';
import { CommitmentLink, NextPage, Table } from '../parts.js';
import { hashOf, type Place } from '../router.js';
import { type Field, Search } from '../search.js';

const FIELDS: readonly Field[] = [
  { name: 'event', label: 'Event', hint: 'admin_*' },
  { name: 'actor', label: 'Actor', hint: 'wallet, job:name, cron' },
  { name: 'commitment', label: 'Commitment' },
  { name: 'from', label: 'From', hint: '2026-12-01T00:00:00Z' },
  { name: 'to', label: 'Before', hint: '2026-12-02T00:00:00Z' },
];

export function AuditScreen({ place: { query } }: { readonly place: Place }) {
  const asked = useAsked(JSON.stringify(query), () =>
    api.take(listAuditLogs({ ...to, query: { limit: 50, ...query } })),
  );
  return html`<h1>Audit log</h1>
    <${Search} screen="audit" fields=${FIELDS} query=${query} />
    ${shown(
      asked,
      ({ items, nextCursor }) =>
        html`<${Table}
            name="Audit log"
            head=${['When', 'Event', 'Actor', 'Commitment', 'What it says']}
            rows=${items.map(rowOf)}
            none="No entry was found."
          />
          <${NextPage}
            to=${nextCursor === null ? undefined : hashOf('audit', { ...query, cursor: nextCursor })}
          />`,
    )}`;
}

function rowOf({ ts, event, actor, commitmentId, fields, requestId }: AuditLogDto) {
  return [
    html`<time datetime=${ts} title=${ts}>${moment(ts)}</time>`,
    html`<span class=${/_(denied|error)$/.test(event) ? 'error' : ''}>${event}</span>`,
    html`<span class="mono" title=${actor}>${actor.includes(':') ? actor : short(actor)}</span>`,
    commitmentId === null ? '' : html`<${CommitmentLink} id=${commitmentId} />`,
    html`<details>
      <summary>Fields</summary>
      <pre tabindex="0">${JSON.stringify({ requestId, ...fields }, undefined, 2)}</pre>
    </details>`,
  ];
}
