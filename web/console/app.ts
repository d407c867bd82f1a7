import { html } from '../shared/html.js';
import { moment, short } from '../shared/words.js';
import { useSession } from './session.js';
import { SignIn } from './sign-in.js';

export function App() {
  const { session, reason, open, leave } = useSession();
  if (session === 'unknown') return html`<main><p role="status">Looking for your session…</p></main>`;
  if (session === null) return html`<${SignIn} reason=${reason} onSession=${open} />`;
  return html`<header class="top">
      <p class="who">
        Signed in as <span class="mono" title=${session.wallet}>${short(session.wallet)}</span> until
        ${moment(session.expiresAt)}
      </p>
      <button type="button" onClick=${leave}>Sign out</button>
    </header>
    <main><h1>Overview</h1></main>`;
}
