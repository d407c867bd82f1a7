import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { loginCommand, readSession, type Session, sessionApi } from './session-file.js';

/** What every command gets: its flags, and where to write. Results go to stdout, progress to stderr. */
export interface CommandContext {
  /** Base URL of the API where `--api` names one. */
  readonly api: string | undefined;
  readonly sessionFile: string;
  readonly keypair: string | undefined;
  /** Of `login`: a wallet that signs elsewhere. */
  readonly wallet: string | undefined;
  /** How long to follow a payout that is not confirmed yet, in seconds. */
  readonly waitSeconds: number;
  /** What moves money is confirmed already. */
  readonly yes: boolean;
  /** Nothing is to be done, only shown. */
  readonly dryRun: boolean;
  /** Flags of single commands, by name. */
  readonly flags: Readonly<Record<string, string | undefined>>;
  progress(line: string): void;
}

export type Command = (context: CommandContext, args: readonly string[]) => Promise<unknown>;

/** A command as the table has it. */
export interface OpsCommand {
  readonly run: Command;
  /** What it takes: `ID`, or `[ID]` where it may be left out. */
  readonly args?: string;
  readonly help: string;
  /** It takes --dry-run. */
  readonly dryRun?: true;
}

/** The command has written its own output: nothing is added to it, for it may be a file. */
export const PRINTED = Symbol('printed');

/** A result that people read as text; with --json it is printed as it is. */
export class Told {
  constructor(
    readonly result: unknown,
    readonly text: string,
  ) {}
}

/** A result that is no success: printed like one, and the command ends with exit code 1. */
export class Alarm {
  constructor(readonly result: unknown) {}
}

export const DEFAULT_API = 'http://localhost:3000';
const LANDED = ['confirmed', 'finalized'];

/** An id that the operator has to give, for a path. @throws CliError (exit code 2) */
export function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new CliError(`This command needs ${name}. See: npm run ops -- --help`, 2);
  return encodeURIComponent(value);
}

/** The same as an act signs it, which names ids in lower case. @throws CliError (exit code 2) */
export function signedId(value: string | undefined, name: string): string {
  return decodeURIComponent(needed(value, name)).toLowerCase();
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
        `Payout ${first.id} is not confirmed yet. The service continues it automatically. Look again: npm run ops -- payouts show ${first.id}`,
        3,
      );
    }
    await delay(1_000);
    payout = (await client.get(`/payouts/${first.id}`)).body;
  }
  return payout;
}

/** @throws CliError also when `--api` names another API than the session: a cookie goes nowhere else. */
export function signedIn(context: CommandContext): ApiClient {
  return currentSession(context).client;
}

/** Who is signed in, and a client that acts for them. @throws CliError like `signedIn` */
export function currentSession({ api, sessionFile }: CommandContext): {
  session: Session;
  client: ApiClient;
} {
  const session = readSession(sessionFile, new Date());
  if (api !== undefined && api !== session.api) {
    throw new CliError(
      `The session is for ${session.api}, not for ${api}. Run: ${loginCommand(sessionFile, api)}`,
    );
  }
  return { session, client: new ApiClient(session) };
}

export function anonymous(context: CommandContext): ApiClient {
  return new ApiClient({ api: apiOf(context) });
}

/** Base URL of the API that is meant: of `--api`, of the session, or on this machine. */
export function apiOf({ api, sessionFile }: CommandContext): string {
  return api ?? sessionApi(sessionFile) ?? DEFAULT_API;
}
