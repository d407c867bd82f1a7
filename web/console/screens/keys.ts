import { type EscrowKeysDto, getEscrowKeys, getWebhookEndpoint, listJobs, type JobDto } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { Bar } from '../../shared/pictures.js';
import { relative } from '../../shared/words.js';
import { shown, useAsked } from '../loading.js';
import { Panel, Table, When } from '../parts.js';

export function KeysScreen() {
  const asked = useAsked('keys', async () => {
    const [keys, jobs, webhook] = await Promise.all([
      api.take(getEscrowKeys(to)),
      api.take(listJobs(to)),
      api.take(getWebhookEndpoint(to)),
    ]);
    return { keys, jobs: jobs.items, webhook };
  });
  return html`<h1>Keys and jobs</h1>
    ${shown(
      asked,
      ({ keys, jobs, webhook }) => html`
        <${Panel} title="Secrets that seal escrow keys"><${Keys} keys=${keys} /><//>
        <${Panel} title="Jobs"><${Jobs} jobs=${jobs} /><//>
        <${Panel} title="Audit webhook">
          <p>
            ${webhook.host ?? 'Not configured'}: ${webhook.pending} pending, ${webhook.undeliverable}
            undeliverable${webhook.disabledReason === null ? '' : `; off: ${webhook.disabledReason}`}.
          </p>
        <//>
      `,
    )}`;
}

function Keys({ keys: { keys, currentKeyId, olderMarks, rotation } }: { readonly keys: EscrowKeysDto }) {
  const rows = keys.map(({ keyId, rows: sealed, configured }) => [
    html`<code>${keyId}</code>${keyId === currentKeyId ? ' (current)' : ''}`,
    String(sealed),
    html`<span class=${configured ? 'good' : 'error'}
      >${configured ? 'yes' : 'no: these escrows cannot pay'}</span
    >`,
  ]);
  return html`<${Table}
      name="Secrets"
      head=${['Secret', 'Escrow keys', 'Configured']}
      rows=${rows}
      none="Privy keeps all keys."
    />
    ${olderMarks > 0 && html`<p class="warn">${olderMarks} marks still need an older secret.</p>`}
    ${
      rotation !== null &&
      html`<${Bar}
        label=${`Rotation ${rotation.status}: ${rotation.rotated} done, ${rotation.failed} failed, ${rotation.remaining} left`}
        value=${rotation.rotated}
        limit=${rotation.rotated + rotation.failed + rotation.remaining}
        tone=${rotation.failed > 0 ? 'bad' : 'good'}
      />`
    }`;
}

function Jobs({ jobs }: { readonly jobs: readonly JobDto[] }) {
  const rows = jobs.map(({ name, periodSeconds, lastSuccessAt, overdue, lastRuns: [newest] }) => [
    name,
    `${periodSeconds} s`,
    lastSuccessAt === null ? 'never' : html`<${When} at=${lastSuccessAt} />`,
    html`<span class=${overdue ? 'error' : 'good'}>${overdue ? 'overdue' : 'in time'}</span>`,
    newest === undefined
      ? ''
      : `${newest.ok ? 'ok' : `failed: ${String(newest.result['error'])}`} ${relative(newest.finishedAt)}`,
  ]);
  return html`<${Table}
    name="Jobs"
    head=${['Job', 'Every', 'Last success', 'State', 'Newest run']}
    rows=${rows}
    none="There are no jobs."
  />`;
}
