import { listCommitments } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, relative } from '../../shared/words.js';
import { callOff } from '../acts.js';
import { heldBy, titleOf } from '../commitment-words.js';
import { shown, useAsked, useDesk } from '../loading.js';
import { ActButton, NextPage, Table } from '../parts.js';
import { hashOf, type Place } from '../router.js';

/** Failures that are announced or filed, and have not taken effect. */
export function NoticesScreen({ place: { query } }: { readonly place: Place }) {
  const { wallet: address, perform } = useDesk();
  const asked = useAsked(JSON.stringify(query), () =>
    api.take(listCommitments({ ...to, query: { limit: 25, ...query, status: 'in_notice' } })),
  );
  return html`<h1>Failures in notice</h1>
    ${shown(asked, ({ items, nextCursor }) => {
      const rows = items.map((commitment) => {
        const { id, failureEffectiveAt, failureReason } = commitment;
        return [
          html`<a href=${hashOf(`commitments/${id}`)}>${titleOf(commitment)}</a>`,
          failureReason ?? 'none given',
          failureEffectiveAt === undefined
            ? ''
            : `${moment(failureEffectiveAt)}, ${relative(failureEffectiveAt)}`,
          heldBy(commitment),
          html`<${ActButton}
            label="Call off"
            onClick=${() => perform({ ...callOff(commitment), address, onDone: asked.reload })}
          />`,
        ];
      });
      return html`<${Table}
          name="Failures in notice"
          head=${['Commitment', 'Reason', 'Takes effect', 'Escrow holds', 'Act']}
          rows=${rows}
          none="No failure is in notice."
        />
        <${NextPage} to=${nextCursor === null ? undefined : hashOf('notices', { cursor: nextCursor })} />`;
    })}`;
}
