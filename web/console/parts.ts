import { html, type ComponentChildren, type VNode } from '../shared/html.js';
import { Steps } from '../shared/pictures.js';
import { moment, plain, relative, short } from '../shared/words.js';
import type { PayoutDto } from '#client';
import { hashOf } from './router.js';

/** A time, and how far away it is. */
export function When({ at }: { readonly at: string }) {
  return html`<time datetime=${at} title=${moment(at)}>${relative(at)}</time>`;
}

export function CommitmentLink({ id }: { readonly id: string }) {
  return html`<a class="mono" href=${hashOf(`commitments/${id}`)} title=${id}>${id.slice(0, 8)}…</a>`;
}

/** Where the public explorer shows it; a local chain is not there. */
export function ChainLink({
  kind,
  id,
  cluster,
  whole = false,
}: {
  readonly kind: 'address' | 'tx';
  readonly id: string;
  readonly cluster: string;
  readonly whole?: boolean;
}) {
  const label = html`<span class="mono" title=${id}>${whole ? id : short(id)}</span>`;
  if (!['mainnet', 'devnet', 'testnet'].includes(cluster)) return label;
  const query = cluster === 'mainnet' ? '' : `?cluster=${cluster}`;
  return html`<a href="https://explorer.solana.com/${kind}/${id}${query}" rel="noreferrer" target="_blank"
    >${label}</a
  >`;
}

export function Address({ address }: { readonly address: string }) {
  return html`<span class="mono" title=${address}>${short(address)}</span>`;
}

const STEPS = ['decided', 'sent', 'confirmed', 'finalized'];
const REACHED: Readonly<Record<PayoutDto['status'], number>> = {
  pending: 1,
  in_flight: 2,
  confirmed: 3,
  finalized: 4,
  stopped: 2,
  cancelled: 1,
};

/** The stations of a payout, and its status in a word. */
export function PayoutState({ payout }: { readonly payout: PayoutDto }) {
  const { status, waitingFor } = payout;
  const tone = status === 'stopped' || status === 'cancelled' ? 'bad' : waitingFor ? 'warn' : 'good';
  return html`<span class="state">
    <${Steps} steps=${STEPS} reached=${REACHED[status]} tone=${tone} label="Payout: ${plain(status)}" />
    <span class=${tone}>${plain(status)}</span>
  </span>`;
}

/** A table that becomes a list of cards where there is no room. */
export function Table({
  name,
  head,
  rows,
  none,
}: {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
  readonly none: string;
}): VNode {
  if (rows.length === 0) return html`<p class="quiet">${none}</p>`;
  return html`<table aria-label=${name}>
    <thead>
      <tr>
        ${head.map((title) => html`<th scope="col">${title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (cells) =>
          html`<tr>
            ${cells.map((cell, index) => html`<td data-label=${head[index] ?? ''}>${cell}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

export function Panel({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return html`<section class="panel" aria-label=${title}>
    <h2>${title}</h2>
    ${children}
  </section>`;
}

export function ActButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return html`<button type="button" onClick=${onClick}>${label}…</button>`;
}

/** Pages of a list: the place names the cursor. */
export function NextPage({ to }: { readonly to: string | undefined }) {
  return to === undefined ? null : html`<p><a href=${to}>Next page</a></p>`;
}
