import { type AdminPayoutDto, getOverview, listCommitments, type OverviewDto } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, plain, relative, sol } from '../../shared/words.js';
import { Bar } from '../../shared/pictures.js';
import { shown, useAsked } from '../loading.js';
import { CommitmentLink, Panel, PayoutState, Table, When } from '../parts.js';
import { hashOf } from '../router.js';

/** What needs a person, why it does not go on, and since when. */
export function OverviewScreen() {
  const asked = useAsked('overview', async () => {
    const query = { status: 'in_notice', limit: 50 } as const;
    const [overview, inNotice] = await Promise.all([
      api.take(getOverview(to)),
      api.take(listCommitments({ ...to, query })),
    ]);
    const count = inNotice.items.length;
    return { overview, inNotice: inNotice.nextCursor === null ? String(count) : `${count} or more` };
  });
  return html`<h1>Overview</h1>
    ${shown(
      asked,
      ({ overview, inNotice }) => html`
        <${Panel} title="What needs a person">
          <${Needs} needs=${needsOf(overview, inNotice)} />
        <//>
        <${Panel} title="Payouts that have not ended">
          <${Unfinished} payouts=${overview.payouts} />
        <//>
        <${Service} overview=${overview} onReload=${asked.reload} />
      `,
    )}`;
}

interface Need {
  readonly what: string;
  readonly why: string;
  readonly since: string | null;
  readonly href: string;
}

/** The most urgent first. Everything that waits for time or the chain alone is left out. */
function needsOf(overview: OverviewDto, inNotice: string): Need[] {
  const { payouts, locks, pauses, overdueJobs, alarms, webhook } = overview;
  const late = (payout: AdminPayoutDto) =>
    Date.parse(overview.at) - Date.parse(payout.createdAt) > payouts.lateAfterSeconds * 1_000;
  const stuck = payouts.oldest.filter((payout) => payout.status === 'stopped' || late(payout));
  return [
    ...stuck.map((payout) => ({
      what: `Payout of ${sol(payout.amountLamports)} is ${payout.status === 'stopped' ? 'stopped' : 'late'}`,
      why: payout.waitingFor ?? 'it is under way',
      since: payout.createdAt,
      href: hashOf(`payouts/${payout.id}`),
    })),
    ...healthNeeds(overview),
    ...(inNotice === '0'
      ? []
      : [
          {
            what: `${inNotice} failure(s) in notice`,
            why: 'they can be called off',
            since: null,
            href: hashOf('notices'),
          },
        ]),
    ...pauses.map(({ reason, createdAt, endsAt }) => ({
      what: 'Payouts are paused',
      why: `${reason}; another admin ends it, or it ends ${relative(endsAt)}`,
      since: createdAt,
      href: hashOf('pauses'),
    })),
    ...locks
      .filter(({ clearable }) => clearable)
      .map(({ reason, createdAt }) => ({
        what: 'A release lock can be cleared',
        why: reason,
        since: createdAt,
        href: hashOf('payouts'),
      })),
    ...overdueJobs.map(({ name, lastError, lastSuccessAt }) => ({
      what: `Job ${name} is overdue`,
      why: lastError ?? 'it has not run',
      since: lastSuccessAt,
      href: hashOf('keys'),
    })),
    ...(webhook.disabledAt === null
      ? []
      : [
          {
            what: 'The audit webhook is off',
            why: webhook.disabledReason ?? '',
            since: webhook.disabledAt,
            href: hashOf('keys'),
          },
        ]),
    ...alarms.map(({ event, count, lastAt }) => ({
      what: `Alarm: ${plain(event)}`,
      why: `${count} in the last 24 hours`,
      since: lastAt,
      href: hashOf('audit', { event }),
    })),
  ];
}

function healthNeeds({ health, feePayer }: OverviewDto): Need[] {
  const checks = Object.entries(health.checks).filter(([, { status }]) => status === 'error');
  const parts = checks.map(([name, { detail }]) => ({
    what: `${name} is not well`,
    why: detail ?? '',
    since: null,
    href: hashOf('keys'),
  }));
  if (feePayer === null || feePayer.ok) return parts;
  const why = `it holds ${sol(feePayer.balanceLamports)}, its floor is ${sol(feePayer.floorLamports)}`;
  return [...parts, { what: 'The fee payer is low', why, since: null, href: hashOf('keys') }];
}

function Needs({ needs }: { readonly needs: readonly Need[] }) {
  if (needs.length === 0) return html`<p class="good">Nothing waits for a person.</p>`;
  const rows = needs.map(({ what, why, since, href }) => [
    html`<a href=${href}>${what}</a>`,
    why,
    since === null ? '' : html`<${When} at=${since} />`,
  ]);
  return html`<${Table} name="What needs a person" head=${['What', 'Why', 'Since']} rows=${rows} none="" />`;
}

function Unfinished({ payouts: { counts, oldest } }: { readonly payouts: OverviewDto['payouts'] }) {
  const rows = oldest.map((payout) => [
    html`<a href=${hashOf(`payouts/${payout.id}`)}>${sol(payout.amountLamports)}</a>`,
    plain(payout.purpose),
    html`<${PayoutState} payout=${payout} />`,
    payout.waitingFor ?? 'it is under way',
    html`<${When} at=${payout.createdAt} />`,
    html`<${CommitmentLink} id=${payout.commitmentId} />`,
  ]);
  return html`<p>${counts.map(({ status, count }) => `${count} ${plain(status)}`).join(', ')}</p>
    <${Table}
      name="Payouts that have not ended"
      head=${['Amount', 'For', 'State', 'Why not yet', 'Decided', 'Commitment']}
      rows=${rows}
      none="All payouts have ended."
    />`;
}

function Service({ overview, onReload }: { readonly overview: OverviewDto; readonly onReload: () => void }) {
  const { health, feePayer } = overview;
  return html`<${Panel} title="The service">
    <dl class="facts">
      ${Object.entries(health.checks).map(([name, { status, detail }]) => [
        html`<dt>${name}</dt>`,
        html`<dd class=${status === 'ok' ? 'good' : 'error'}>
          ${status}${detail === undefined ? '' : `: ${detail}`}
        </dd>`,
      ])}
    </dl>
    ${
      feePayer?.address &&
      html`<${Bar}
        label=${`Fee payer: ${sol(feePayer.balanceLamports)}, floor ${sol(feePayer.floorLamports)}`}
        value=${feePayer.balanceLamports ?? 0}
        limit=${feePayer.floorLamports * 2}
        tone=${feePayer.ok ? 'good' : 'bad'}
      />`
    }
    <p class="quiet">
      Read ${moment(overview.at)}. <button type="button" onClick=${onReload}>Read again</button>
    </p>
  <//>`;
}
