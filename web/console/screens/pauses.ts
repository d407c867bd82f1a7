import { listPauses, listPayouts, type PauseDto, type PayoutDto, Purpose } from '#client';
import { api, to } from '../../shared/api.js';
import { html } from '../../shared/html.js';
import { moment, plain } from '../../shared/words.js';
import { coverOf, endPause, pausePayouts } from '../acts.js';
import { shown, useAsked, useDesk } from '../loading.js';
import { ActButton, Address, Panel, Table, When } from '../parts.js';
import { textOf } from '../search.js';

const PURPOSES = Object.values(Purpose);

export function PausesScreen() {
  const asked = useAsked('pauses', async () => {
    const [pauses, payouts] = await Promise.all([
      api.take(listPauses({ ...to, query: { all: true } })),
      api.take(listPayouts({ ...to, query: { status: 'unfinished', limit: 200 } })),
    ]);
    const waiting = payouts.items.filter(({ waitingFor }) => waitingFor?.startsWith('paused by ') ?? false);
    return { pauses: pauses.items, waiting };
  });
  return html`<h1>Pauses</h1>
    <${NewPause} onDone=${asked.reload} />
    ${shown(asked, ({ pauses, waiting }) => html`<${Pauses} ...${{ pauses, waiting, onDone: asked.reload }} />`)}`;
}

interface PausesProps {
  readonly pauses: readonly PauseDto[];
  readonly waiting: readonly PayoutDto[];
  readonly onDone: () => void;
}

function Pauses({ pauses, waiting, onDone }: PausesProps) {
  const { wallet: address, perform } = useDesk();
  const rows = pauses.map((pause) => [
    coverOf(pause),
    pause.reason,
    html`<${Address} address=${pause.createdBy} />`,
    html`<${When} at=${pause.createdAt} />`,
    pause.endedAt === undefined ? `open until ${moment(pause.endsAt)}` : `ended ${moment(pause.endedAt)}`,
    pause.endedAt === undefined
      ? html`<${ActButton}
          label="End"
          onClick=${() => perform({ ...endPause(pause, waiting), address, onDone })}
        />`
      : '',
  ]);
  return html`<${Panel} title="Pauses">
    <p>${waiting.length} payouts wait for pauses.</p>
    <${Table}
      name="Pauses"
      head=${['Stops', 'Reason', 'By', 'Since', 'State', 'Act']}
      rows=${rows}
      none="There never was one."
    />
  <//>`;
}

function NewPause({ onDone }: { readonly onDone: () => void }) {
  const { wallet: address, perform } = useDesk();
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const [what, reason] = [textOf(given, 'what'), textOf(given, 'reason')];
    const purpose = PURPOSES.find((one) => one === what);
    const scope =
      purpose !== undefined
        ? ({ scope: 'purpose', purpose } as const)
        : what === 'commitment'
          ? ({ scope: 'commitment', commitmentId: textOf(given, 'commitmentId') } as const)
          : ({ scope: 'all' } as const);
    perform({ ...pausePayouts({ ...scope, reason }), address, onDone });
  };
  return html`<${Panel} title="Pause payouts">
    <form class="search" onSubmit=${submit}>
      <label
        >What
        <select name="what">
          <option value="all">every payout</option>
          <option value="commitment">those of one commitment</option>
          ${PURPOSES.map((purpose) => html`<option value=${purpose}>for ${plain(purpose)}</option>`)}
        </select></label
      >
      <label>Commitment, where it is one <input name="commitmentId" autocomplete="off" /></label>
      <label
        >Reason, shown with every payout that waits <input name="reason" required maxlength="200"
      /></label>
      <button type="submit" class="main">Pause…</button>
    </form>
  <//>`;
}
