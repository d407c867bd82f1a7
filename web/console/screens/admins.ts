import { listRevocations, listSessions } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment } from '../../shared/words.js';
import { endSession, shutOut } from '../acts.js';
import { shown, useAsked, useDesk } from '../loading.js';
import { ActButton, Address, Panel, Table, When } from '../parts.js';

/** Who is signed in, and who is shut out. */
export function AdminsScreen() {
  const { wallet: address, perform } = useDesk();
  const asked = useAsked('admins', async () => {
    const [sessions, revocations] = await Promise.all([
      api.take(listSessions(to)),
      api.take(listRevocations(to)),
    ]);
    return { sessions: sessions.items, revocations: revocations.items };
  });
  const onDone = asked.reload;
  return html`<h1>Admins</h1>
    ${shown(asked, ({ sessions, revocations }) => {
      const rows = sessions.map(({ handle, wallet, createdAt, lastSeenAt, expiresAt, current }) => [
        html`<${Address} address=${wallet} />${current ? ' (this one)' : ''}`,
        html`<${When} at=${createdAt} />`,
        html`<${When} at=${lastSeenAt} />`,
        moment(expiresAt),
        html`<span class="buttons">
          <${ActButton}
            label="End"
            onClick=${() => perform({ ...endSession(handle, `of ${wallet}`), address, onDone })}
          />
          ${
            wallet !== address &&
            html`<${ActButton}
              label="Shut out"
              onClick=${() => perform({ ...shutOut(wallet, ''), address, onDone })}
            />`
          }
        </span>`,
      ]);
      const shut = revocations.map(({ admin, revokedBy, revokedAt, reason, restored }) => [
        html`<${Address} address=${admin} />`,
        html`<${Address} address=${revokedBy} />`,
        html`<${When} at=${revokedAt} />`,
        reason ?? '',
        restored ? 'does not count any more' : 'counts',
      ]);
      return html`<${Panel} title="Sessions">
          <${Table}
            name="Sessions"
            head=${['Admin', 'Began', 'Last seen', 'Ends', 'Act']}
            rows=${rows}
            none="Nobody is signed in."
          />
        <//>
        <${Panel} title="Shut out">
          <${Table}
            name="Shut out"
            head=${['Admin', 'By', 'When', 'Reason', 'State']}
            rows=${shut}
            none="Nobody is shut out."
          />
        <//>`;
    })}`;
}
