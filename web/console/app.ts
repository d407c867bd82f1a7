import { ActDialog, type Act } from '../shared/act-dialog.js';
import { html, useEffect, useState, type VNode } from '../shared/html.js';
import { moment, short } from '../shared/words.js';
import { DeskProvider, type Desk } from './loading.js';
import { type Place, usePlace } from './router.js';
import { AdminsScreen } from './screens/admins.js';
import { AuditScreen } from './screens/audit.js';
import { CommitmentScreen } from './screens/commitment.js';
import { CommitmentsScreen } from './screens/commitments.js';
import { KeysScreen } from './screens/keys.js';
import { NoticesScreen } from './screens/notices.js';
import { OverviewScreen } from './screens/overview.js';
import { PausesScreen } from './screens/pauses.js';
import { PayoutScreen, PayoutsScreen } from './screens/payouts.js';
import { ReconciliationScreen, ReconciliationsScreen } from './screens/reconciliation.js';
import { endsSession, useSession } from './session.js';
import { SignIn } from './sign-in.js';

const SCREENS: Readonly<Record<string, { readonly label: string; readonly show: (place: Place) => VNode }>> =
  {
    overview: { label: 'Overview', show: () => html`<${OverviewScreen} />` },
    commitments: {
      label: 'Commitments',
      show: (place) =>
        place.id === undefined
          ? html`<${CommitmentsScreen} place=${place} />`
          : html`<${CommitmentScreen} key=${place.id} id=${place.id} />`,
    },
    payouts: {
      label: 'Payouts',
      show: (place) =>
        place.id === undefined
          ? html`<${PayoutsScreen} place=${place} />`
          : html`<${PayoutScreen} key=${place.id} id=${place.id} />`,
    },
    notices: { label: 'Failures in notice', show: (place) => html`<${NoticesScreen} place=${place} />` },
    pauses: { label: 'Pauses', show: () => html`<${PausesScreen} />` },
    reconciliation: {
      label: 'Reconciliation',
      show: (place) =>
        place.id === undefined
          ? html`<${ReconciliationsScreen} place=${place} />`
          : html`<${ReconciliationScreen} key=${place.id} id=${place.id} />`,
    },
    audit: { label: 'Audit log', show: (place) => html`<${AuditScreen} place=${place} />` },
    keys: { label: 'Keys and jobs', show: () => html`<${KeysScreen} />` },
    admins: { label: 'Admins', show: () => html`<${AdminsScreen} />` },
  };

export function App() {
  const { session, reason, open, lose, leave } = useSession();
  const [act, setAct] = useState<Act>();
  if (session === 'unknown') return html`<main><p role="status">Looking for your session…</p></main>`;
  if (session === null) return html`<${SignIn} reason=${reason} onSession=${open} />`;
  const { wallet, expiresAt } = session;
  const desk: Desk = { wallet, perform: setAct, lose };
  return html`<${DeskProvider} value=${desk}>
    <a class="skip" href="#main" onClick=${skip}>Skip to the content</a>
    <header class="top">
      <p class="who">
        Signed in as <span class="mono" title=${wallet}>${short(wallet)}</span> until ${moment(expiresAt)}
      </p>
      <button type="button" onClick=${leave}>Sign out</button>
    </header>
    <${Screens} />
    ${act !== undefined && html`<${ActDialog} act=${act} close=${() => setAct(undefined)} onError=${(error: unknown) => endsSession(error) && lose(error)} />`}
  <//>`;
}

function Screens() {
  const place = usePlace();
  const screen = SCREENS[place.screen];
  useEffect(() => {
    document.title = `${screen?.label ?? 'Not found'} – console`;
  }, [place]);
  return html`<nav aria-label="Screens">
      <ul>
        ${Object.entries(SCREENS).map(
          ([name, { label }]) =>
            html`<li>
              <a href=${`#/${name}`} aria-current=${name === place.screen ? 'page' : undefined}>${label}</a>
            </li>`,
        )}
      </ul>
    </nav>
    <main id="main" tabindex="-1">
      ${screen === undefined ? html`<h1>There is no such screen</h1>` : screen.show(place)}
    </main>`;
}

/** The hash is taken by the screens. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
