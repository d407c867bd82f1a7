import { getReconciliation, listReconciliations, type ReconciliationDto } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, plain, sol } from '../../shared/words.js';
import { shown, useAsked } from '../loading.js';
import { CommitmentLink, NextPage, Panel, Table, When } from '../parts.js';
import { hashOf, type Place } from '../router.js';

export function ReconciliationsScreen({ place: { query } }: { readonly place: Place }) {
  const { cursor } = query;
  const asked = useAsked(cursor ?? '', () =>
    api.take(
      listReconciliations({ ...to, query: { limit: 25, ...(cursor === undefined ? {} : { cursor }) } }),
    ),
  );
  return html`<h1>Reconciliation</h1>
    ${shown(asked, ({ items, nextCursor }) => {
      const rows = items.map((run) => [
        html`<a href=${hashOf(`reconciliation/${run.id}`)}>${moment(run.startedAt)}</a>`,
        run.kind,
        html`<span class=${run.findings > 0 ? 'error' : 'good'}>${run.findings} of ${run.lines}</span>`,
        sol(run.ledgerLamports),
        sol(run.chainLamports),
      ]);
      return html`<${Table}
          name="Comparisons"
          head=${['When', 'What', 'Findings', 'Ledger', 'Chain']}
          rows=${rows}
          none="Nothing was compared yet."
        />
        <${NextPage}
          to=${nextCursor === null ? undefined : hashOf('reconciliation', { cursor: nextCursor })}
        />`;
    })}`;
}

export function ReconciliationScreen({ id }: { readonly id: string }) {
  const asked = useAsked(id, () => api.take(getReconciliation({ ...to, path: { id } })));
  return html`<h1>Comparison of ledger and chain</h1>
    ${shown(asked, (run) => html`<${Lines} run=${run} />`)}`;
}

/** Findings first: they are what somebody has to look at. */
function Lines({ run }: { readonly run: ReconciliationDto }) {
  const lines = run.items.toSorted((a, b) => Number(b.finding) - Number(a.finding));
  const rows = lines.map(
    ({ subject, state, finding, ledgerLamports, chainLamports, detail, commitmentId }) => [
      html`<span class=${finding ? 'error' : 'good'}>${finding ? 'finding: ' : ''}${plain(state)}</span>`,
      html`<code>${subject}</code>`,
      sol(ledgerLamports),
      sol(chainLamports),
      detail ?? '',
      commitmentId === undefined ? '' : html`<${CommitmentLink} id=${commitmentId} />`,
    ],
  );
  return html`<${Panel} title=${`${run.kind}: ${run.findings} findings in ${run.lines} lines`}>
    <p>Made <${When} at=${run.startedAt} /> for ${run.requestedBy}.</p>
    <${Table}
      name="Lines"
      head=${['State', 'Subject', 'Ledger', 'Chain', 'Detail', 'Commitment']}
      rows=${rows}
      none="There was nothing to compare."
    />
  <//>`;
}
