import type { CommitmentDto, PayoutDto, TimelineEventDto } from '#client';
import { html } from '../shared/html.js';
import { moment, plain, short, sol } from '../shared/words.js';
import type { Shares } from './commitment.js';

/** Where a stranger can look an address or a transaction up; undefined where only this machine knows the chain. */
function explorer(cluster: string, kind: 'address' | 'tx', name: string): string | undefined {
  if (cluster === 'localnet') return undefined;
  const query = cluster === 'mainnet' ? '' : `?cluster=${cluster}`;
  return `https://explorer.solana.com/${kind}/${encodeURIComponent(name)}${query}`;
}

interface LinkProps {
  readonly cluster: string;
  readonly kind: 'address' | 'tx';
  readonly name: string;
}

function OnChain({ cluster, kind, name }: LinkProps) {
  const href = explorer(cluster, kind, name);
  const shown = html`<span class="mono">${kind === 'tx' ? short(name) : name}</span>`;
  return href === undefined ? shown : html`<a href=${href} rel="noreferrer">${shown}</a>`;
}

/** What was promised in money, and what is there. */
export function Escrow({ commitment }: { readonly commitment: CommitmentDto }) {
  const { escrow, terms } = commitment;
  const promised = promisedBy(commitment);
  const held = escrow.balanceLamports ?? 0;
  return html`<section class="panel" aria-labelledby="escrow">
    <h2 id="escrow">Escrow</h2>
    <p>Holds ${sol(escrow.balanceLamports)}; promised were ${sol(promised)}.</p>
    <progress max=${promised} value=${Math.min(held, promised)} aria-label="What the escrow holds"></progress>
    <dl class="facts">
      <dt>Address</dt>
      <dd><${OnChain} cluster=${terms.cluster} kind="address" name=${escrow.address} /></dd>
      <dt>Read</dt>
      <dd>${escrow.balanceAsOf === null ? 'not yet' : moment(escrow.balanceAsOf)}</dd>
    </dl>
    ${
      commitment.status === 'active' &&
      held < promised &&
      html`<p class="note">Fund it by sending SOL to this address, from any wallet.</p>`
    }
  </section>`;
}

function promisedBy(commitment: CommitmentDto): number {
  if (commitment.kind === 'personal') return commitment.amountLamports;
  return commitment.milestones.reduce((sum, { unlockLamports }) => sum + unlockLamports, 0);
}

interface PayoutsProps {
  readonly commitment: CommitmentDto;
  readonly payouts: readonly PayoutDto[];
  readonly shares: Shares | undefined;
}

export function Payouts({ commitment, payouts, shares }: PayoutsProps) {
  const { cluster } = commitment.terms;
  return html`<section class="panel" aria-labelledby="payouts">
    <h2 id="payouts">Payments</h2>
    ${payouts.length === 0 && html`<p class="quiet">None so far.</p>`}
    <ul class="plain">
      ${payouts.map(
        ({ purpose, amountLamports, destination, status, signature, waitingFor }) =>
          html`<li>
            ${sol(amountLamports)} to ${short(destination)}, ${plain(purpose)}: ${plain(status)}
            ${signature !== undefined && html` (<${OnChain} cluster=${cluster} kind="tx" name=${signature} />)`}
            ${waitingFor !== undefined && html`<br />${waitingFor}`}
          </li>`,
      )}
    </ul>
    ${
      shares !== undefined &&
      html`<p>
        ${new Set(shares.all.map(({ wallet }) => wallet)).size} holders have a share;
        ${sol(shares.unclaimedLamports)} are not claimed yet.
      </p>`
    }
  </section>`;
}

export function History({ events }: { readonly events: readonly TimelineEventDto[] }) {
  return html`<section class="panel" aria-labelledby="history">
    <h2 id="history">What has happened</h2>
    <ul class="plain">
      ${events.map(
        ({ ts, event, amountLamports, reason }) =>
          html`<li>
            ${moment(ts)}: ${plain(event)} ${amountLamports !== undefined && html`, ${sol(amountLamports)}`}
            ${reason !== undefined && html`: ${reason}`}
          </li>`,
      )}
    </ul>
  </section>`;
}
