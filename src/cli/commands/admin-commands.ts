import { act } from '#src/cli/session/admin-act.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { type CommandContext, signedIn } from '#src/cli/session/command-support.js';
import { normalizeText } from '#src/common/text/text.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';

/** Flags of `admins revoke`. */
export const FLAGS = ['void-from', 'reason'] as const;

/** Open sessions of all admins. */
export async function sessionsList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/sessions')).body;
}

/** Ends one session, all of a wallet, or all. */
export async function sessionsEnd(context: CommandContext, [session]: readonly string[]): Promise<unknown> {
  if (session === undefined) throw new CliError('sessions end needs a HANDLE, a WALLET, or all', 2);
  return act(context, 'admin.session.end', { session }, { says: `End the sessions of ${session}.` });
}

/** Admins that were shut out. */
export async function revocationsList(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/revocations')).body;
}

/** Shuts an admin out. */
export async function adminsRevoke(context: CommandContext, [admin]: readonly string[]): Promise<unknown> {
  if (admin === undefined) throw new CliError('admins revoke needs a WALLET', 2);
  const { reason, 'void-from': from } = context.flags;
  const voidFrom = from === undefined ? undefined : parseTimestamp(from);
  if (voidFrom === null) throw new CliError('--void-from takes a time such as 2026-11-22T10:00:00Z', 2);
  const since = voidFrom === undefined ? {} : { voidFrom: voidFrom.toISOString() };
  const why = reason === undefined ? {} : { reason: normalizeText(reason) };
  const says = `Shut ${admin} out of every replica, and end its sessions.`;
  return act(context, 'admin.revocation.create', { admin, ...since, ...why }, { says });
}
