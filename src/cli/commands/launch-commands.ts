import { act } from '#src/cli/session/admin-act.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { launchOf } from '#src/cli/session/previews.js';
import {
  anonymous,
  type CommandContext,
  needed,
  type OpsCommand,
  signedId,
  signedIn,
} from '#src/cli/session/command-support.js';
import { normalizeText } from '#src/common/text/text.js';

/** Flags of `pumpfun launch`. */
export const FLAGS = ['name', 'symbol', 'uri', 'buy-tokens', 'buy-most-lamports'] as const;

/** Keeps the address of a coin that is to be for the wallet that will make its commitment. */
export async function mintReserve(context: CommandContext, [wallet]: readonly string[]): Promise<unknown> {
  const body = { creator: needed(wallet, 'WALLET') };
  return (await signedIn(context).post('/admin/pumpfun/mints', body)).body;
}

/** The launch of a commitment's coin, with both transactions. */
export async function launchShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  return (await anonymous(context).get(`/commitments/${needed(id, 'COMMITMENT_ID')}/launch`)).body;
}

/** Launches the coin of a commitment; the service continues by itself. */
export async function launchCoin(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  const commitmentId = signedId(id, 'COMMITMENT_ID');
  const params = {
    commitmentId,
    name: text(context, 'name'),
    symbol: text(context, 'symbol'),
    uri: text(context, 'uri'),
    ...whole(context, 'buy-tokens', 'buyTokens'),
    ...whole(context, 'buy-most-lamports', 'buyMostLamports'),
  };
  return act(context, 'admin.pumpfun.launch', params, { says: launchOf(params), movesMoney: true });
}

function text({ flags }: CommandContext, flag: string): string {
  const value = flags[flag];
  if (value === undefined) throw new CliError(`pumpfun launch needs --${flag} TEXT`, 2);
  return normalizeText(value);
}

function whole({ flags }: CommandContext, flag: string, member: string): Readonly<Record<string, number>> {
  const value = flags[flag];
  if (value === undefined) return {};
  if (!/^[1-9]\d{0,15}$/.test(value)) throw new CliError(`--${flag} takes a whole number`, 2);
  return { [member]: Number(value) };
}

export const COMMANDS: Readonly<Record<string, OpsCommand>> = {
  'pumpfun reserve': {
    run: mintReserve,
    args: 'WALLET',
    help: 'keep the address of a coin for the wallet that will make its commitment',
  },
  'pumpfun launch': {
    run: launchCoin,
    dryRun: true,
    args: 'COMMITMENT_ID',
    help: '--name N --symbol S --uri U [--buy-tokens RAW --buy-most-lamports L]: launch its coin at pump.fun',
  },
  'pumpfun show': {
    run: launchShow,
    args: 'COMMITMENT_ID',
    help: 'the launch of its coin, with both transactions',
  },
};
