import { CliError } from '#src/cli/session/cli-error.js';
import { pauseEndOf } from '#src/cli/session/previews.js';
import { act } from '#src/cli/session/admin-act.js';
import { normalizeText } from '#src/common/text/text.js';
import { type CommandContext, signedId, signedIn } from '#src/cli/session/command-support.js';

/** Open pauses of payouts. */
export async function pausesList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/pauses')).body;
}

/** Flags of `pauses create`. */
export const FLAGS = ['reason', 'commitment', 'purpose'] as const;

/** Stops all payouts, or those of one commitment or purpose. */
export async function pausesCreate(context: CommandContext): Promise<unknown> {
  const { reason, commitment, purpose } = context.flags;
  if (reason === undefined) throw new CliError('pauses create needs --reason TEXT', 2);
  if (commitment !== undefined && purpose !== undefined)
    throw new CliError('pauses create takes --commitment ID or --purpose PURPOSE, not both', 2);
  const target =
    commitment !== undefined
      ? { scope: 'commitment', commitmentId: commitment.toLowerCase() }
      : purpose !== undefined
        ? { scope: 'purpose', purpose }
        : { scope: 'all' };
  const says = `Pause payouts (${target.scope}${'commitmentId' in target ? ` ${target.commitmentId}` : ''}${'purpose' in target ? ` ${target.purpose}` : ''}): ${reason}.`;
  return act(context, 'admin.pause.create', { ...target, reason: normalizeText(reason) }, { says });
}

/** Lets what a pause has stopped go on. */
export async function pausesEnd(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const pauseId = signedId(id, 'PAUSE_ID');
  return act(context, 'admin.pause.end', { pauseId }, { says: pauseEndOf(pauseId), movesMoney: true });
}
