import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { readSession, sessionApi } from './session-file.js';

/** What every command gets: its flags, and where to write. Results go to stdout as JSON, progress to stderr. */
export interface CommandContext {
  /** Base URL of the API where `--api` names one. */
  readonly api: string | undefined;
  readonly sessionFile: string;
  readonly keypair: string | undefined;
  /** How long to follow a payout that is not confirmed yet, in seconds. */
  readonly waitSeconds: number;
  /** Of `pauses create`. */
  readonly reason: string | undefined;
  readonly commitment: string | undefined;
  readonly purpose: string | undefined;
  progress(line: string): void;
}

export type Command = (context: CommandContext, args: readonly string[]) => Promise<unknown>;

export const DEFAULT_API = 'http://localhost:3000';
const LANDED = ['confirmed', 'finalized'];

/** An id that the operator has to give. @throws CliError (exit code 2) */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new CliError(`This command needs ${name}. See: npm run ops -- --help`, 2);
  return encodeURIComponent(value);
}

/** Polls a payout until it is confirmed. @throws CliError (exit code 3) when that takes longer than --wait */
export async function followPayout(
  context: CommandContext,
  client: ApiClient,
  first: { id: string; status: string },
): Promise<unknown> {
  const until = Date.now() + context.waitSeconds * 1000;
  let payout: Record<string, unknown> = first;
  while (!LANDED.includes(String(payout['status']))) {
    context.progress(`payout ${first.id} is ${String(payout['status'])}`);
    if (Date.now() > until) {
      throw new CliError(
        `Payout ${first.id} is not confirmed yet; the service goes on by itself. Look again: npm run ops -- payouts show ${first.id}`,
        3,
      );
    }
    await delay(1_000);
    payout = (await client.get(`/payouts/${first.id}`)).body;
  }
  return payout;
}

/** @throws CliError also when `--api` names another API than the session: a cookie goes nowhere else. */
export function signedIn({ api, sessionFile }: CommandContext): ApiClient {
  const session = readSession(sessionFile, new Date());
  if (api !== undefined && api !== session.api) {
    throw new CliError(
      `The session is for ${session.api}, not for ${api}. Run: npm run ops -- login --api ${api} --keypair FILE`,
    );
  }
  return new ApiClient(session);
}

export function anonymous({ api, sessionFile }: CommandContext): ApiClient {
  return new ApiClient({ api: api ?? sessionApi(sessionFile) ?? DEFAULT_API });
}
