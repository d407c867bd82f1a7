import { Alarm, type CommandContext, signedIn, Told } from '#src/cli/session/command-support.js';
import { consent, DryRun } from '#src/cli/session/consent.js';
import type { ApiClient } from '#src/cli/session/api-client.js';
import type { RecoveryDto, RecoveryItemDto } from '#src/releases/recovery/recovery.dto.js';
import { count, sol } from '#src/cli/text/words.js';

interface Whole {
  readonly looked: number;
  readonly items: readonly RecoveryItemDto[];
}

/** Books what the chain knows and the ledger has lost. Ends with exit code 1 when something is not booked. */
export async function recover(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  context.progress('looking at what escrows have paid ...');
  const found = await all(context, client, true);
  if (context.dryRun) throw new DryRun({ dryRun: true, ...found }, `${pageOf(found)}\nNothing was done.`);
  const lost = found.items.filter(({ outcome }) => outcome === 'booked').length;
  const stops = found.items.filter(({ outcome }) => outcome === 'stopped').length;
  await consent(
    context,
    `Book ${count(lost, 'payment')} as made, and stop what ${count(stops, 'transaction')} cannot explain.`,
  );
  const done = await all(context, client, false);
  const told = new Told(done, pageOf(done));
  return done.items.every(({ outcome }) => outcome === 'booked') ? told : new Alarm(told);
}

async function all(context: CommandContext, client: ApiClient, dryRun: boolean): Promise<Whole> {
  const { since, commitment } = context.flags;
  const items: RecoveryItemDto[] = [];
  let [looked, cursor]: [number, string | null] = [0, ''];
  while (cursor !== null) {
    const body = {
      dryRun,
      ...(since === undefined ? {} : { since }),
      ...(commitment === undefined ? {} : { commitmentId: commitment }),
      ...(cursor === '' ? {} : { cursor }),
    };
    const page = (await client.post('/admin/recoveries', body)).body as unknown as RecoveryDto;
    items.push(...page.items);
    looked += page.looked;
    cursor = page.nextCursor;
    context.progress(`${count(looked, 'commitment')}, ${count(items.length, 'unknown transaction')}`);
  }
  return { looked, items };
}

function pageOf({ looked, items }: Whole): string {
  const lines = items.map(({ outcome, commitmentId, transaction, destination, lamports, reason }) => {
    const paid = lamports === undefined ? '' : ` ${sol(lamports)} to ${destination ?? 'nobody'}`;
    return `  ${outcome.padEnd(8)} ${commitmentId}${paid} (${transaction})${reason === undefined ? '' : `: ${reason}`}`;
  });
  return [
    `${count(looked, 'commitment')}, ${count(items.length, 'transaction')} that the ledger did not know`,
    ...lines,
  ].join('\n');
}
