import { listReleaseLocks } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { clearLock } from '../acts.js';
import { shown, useAsked, useDesk } from '../loading.js';
import { ActButton, CommitmentLink, Panel, Table, When } from '../parts.js';

/** Releases in progress, and which of them a person may give up. */
export function Locks() {
  const { wallet: address, perform } = useDesk();
  const asked = useAsked('locks', () => api.take(listReleaseLocks(to)));
  return html`<${Panel} title="Releases in progress">
    ${shown(asked, ({ items }) => {
      const rows = items.map((lock) => [
        html`<${CommitmentLink} id=${lock.commitmentId} />`,
        lock.reason,
        html`<${When} at=${lock.createdAt} />`,
        lock.clearable
          ? html`<${ActButton}
              label="Clear"
              onClick=${() => perform({ ...clearLock(lock), address, onDone: asked.reload })}
            />`
          : '',
      ]);
      return html`<${Table}
        name="Releases in progress"
        head=${['Commitment', 'Why it may or may not be cleared', 'Since', 'Act']}
        rows=${rows}
        none="None."
      />`;
    })}
  <//>`;
}
