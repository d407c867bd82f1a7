import { CliError } from './cli-error.js';
import { type CommandContext, needed, signedIn } from './command-support.js';

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
      ? { scope: 'commitment', commitmentId: commitment }
      : purpose !== undefined
        ? { scope: 'purpose', purpose }
        : { scope: 'all' };
  return (await signedIn(context).post('/admin/pauses', { ...target, reason })).body;
}

/** Lets what a pause has stopped go on. */
export async function pausesEnd(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await signedIn(context).delete(`/admin/pauses/${needed(id, 'PAUSE_ID')}`)).body;
}
