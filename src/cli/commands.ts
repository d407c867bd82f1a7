import { setTimeout as delay } from 'node:timers/promises';
import { parseEnvironment } from '../../config/environment.js';
import { loadSource } from '../../config/load.js';
import { Settings } from '../../config/settings.js';
import { SolanaChain } from '../chain/solana-chain.js';
import { SystemClock } from '../common/clock.js';
import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { printable } from './printable.js';
import { readKeypairFile } from './keypair-file.js';
import { deleteSession, readSession, sessionApi, writeSession } from './session-file.js';

/** What every command gets: its flags, and where to write. Results go to stdout as JSON, progress to stderr. */
export interface CommandContext {
  /** Base URL of the API where `--api` names one. */
  readonly api: string | undefined;
  readonly sessionFile: string;
  readonly keypair: string | undefined;
  /** How long to follow a payout that is not confirmed yet, in seconds. */
  readonly waitSeconds: number;
  progress(line: string): void;
}

export type Command = (context: CommandContext, args: readonly string[]) => Promise<unknown>;

const DEFAULT_API = 'http://localhost:3000';
const LANDED = ['confirmed', 'finalized'];

/** Signs in with a keypair file and keeps the session. */
export async function login(context: CommandContext): Promise<unknown> {
  if (context.keypair === undefined) throw new CliError('login needs --keypair FILE', 2);
  const wallet = readKeypairFile(context.keypair);
  const api = context.api ?? DEFAULT_API;
  const nonce = await askNonce(api, wallet.address);
  const client = new ApiClient({ api, origin: nonce.origin });
  const signature = wallet.sign(nonce.message);
  const answer = await client.post('/admin/login', { wallet: wallet.address, nonce: nonce.nonce, signature });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const expiresAt = String(answer.body['expiresAt']);
  writeSession(context.sessionFile, { api, origin: nonce.origin, wallet: wallet.address, cookie, expiresAt });
  return { wallet: wallet.address, expiresAt, session: context.sessionFile };
}

export async function logout(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  await client.post('/admin/logout');
  deleteSession(context.sessionFile);
  return { signedOut: true };
}

export async function whoami(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/me')).body;
}

/** Resolves a personal commitment as a success and follows the refund until it is confirmed. */
export async function commitmentSuccess(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  if (id === undefined) throw new CliError('commitments success needs the id of a commitment', 2);
  const client = signedIn(context);
  const { body } = await client.post(`/commitments/${encodeURIComponent(id)}/success`);
  const payout = body['payout'] as { id: string; status: string };
  return followPayout(context, client, payout);
}

export async function commitmentShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  if (id === undefined) throw new CliError('commitments show needs the id of a commitment', 2);
  return (await anonymous(context).get(`/commitments/${encodeURIComponent(id)}`)).body;
}

export async function payoutShow(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  if (id === undefined) throw new CliError('payouts show needs the id of a payout', 2);
  return (await anonymous(context).get(`/payouts/${encodeURIComponent(id)}`)).body;
}

/** Takes a stopped payout up again and follows it. */
export async function payoutRetry(context: CommandContext, [id]: readonly string[]): Promise<unknown> {
  if (id === undefined) throw new CliError('payouts retry needs the id of a payout', 2);
  const client = signedIn(context);
  const { body } = await client.post(`/admin/payouts/${encodeURIComponent(id)}/retry`);
  return followPayout(context, client, body as { id: string; status: string });
}

/** Asks every endpoint of SOLANA_RPC_URL for what this service needs of it; no API is involved. */
export async function rpcCheck(): Promise<unknown> {
  const { SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS } = loadSource();
  if (!SOLANA_RPC_URL) throw new CliError('Set SOLANA_RPC_URL to the endpoint(s) to check.', 2);
  const settings = new Settings(parseEnvironment({ SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS }));
  const endpoints = await new SolanaChain(settings, new SystemClock()).endpoints();
  if (endpoints.some(({ ok }) => !ok)) throw new CliError(JSON.stringify({ endpoints }, printable, 2));
  return { endpoints };
}

async function followPayout(
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

/** The sign-in message names the origin that admin requests must come from. */
async function askNonce(api: string, wallet: string) {
  const { body } = await new ApiClient({ api }).post('/admin/nonce', { wallet });
  const message = String(body['message']);
  const origin = /^URI: (\S+)$/m.exec(message)?.[1];
  if (origin === undefined) throw new CliError(`${api} did not answer with a sign-in message.`);
  return { nonce: String(body['nonce']), message, origin };
}

/** @throws CliError also when `--api` names another API than the session: a cookie goes nowhere else. */
function signedIn({ api, sessionFile }: CommandContext): ApiClient {
  const session = readSession(sessionFile, new Date());
  if (api !== undefined && api !== session.api) {
    throw new CliError(
      `The session is for ${session.api}, not for ${api}. Run: npm run ops -- login --api ${api} --keypair FILE`,
    );
  }
  return new ApiClient(session);
}

function anonymous({ api, sessionFile }: CommandContext): ApiClient {
  return new ApiClient({ api: api ?? sessionApi(sessionFile) ?? DEFAULT_API });
}
