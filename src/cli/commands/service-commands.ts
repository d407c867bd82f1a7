import { parseEnvironment } from '#config/environment.js';
import { loadSource } from '#config/load.js';
import { Settings } from '#config/settings.js';
import { SystemClock } from '#src/common/clock.js';
import { messageOf } from '#src/common/errors/errors.js';
import { RandomIds } from '#src/common/ids.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { type CommandContext, signedIn } from '#src/cli/session/command-support.js';
import { printable } from '#src/cli/text/printable.js';

/** Last runs of every job. */
export async function jobsShow(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get('/admin/jobs')).body;
}

/** Proves that SUPABASE_SERVICE_ROLE_KEY may sign avatar uploads; nothing is uploaded, and no API is involved. */
export async function supabaseCheck(): Promise<unknown> {
  const { SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_AVATAR_BUCKET } = loadSource();
  if (!SUPABASE_URL || !SUPABASE_SERVICE_ROLE_KEY)
    throw new CliError('Set SUPABASE_URL and SUPABASE_SERVICE_ROLE_KEY to what is to be checked.', 2);
  const environment = parseEnvironment({ SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY, SUPABASE_AVATAR_BUCKET });
  const { AvatarStorage } = await import('#src/profiles/avatars/avatar-storage.service.js');
  const path = `check/${new RandomIds().uuid()}`;
  try {
    await new AvatarStorage(new Settings(environment)).signUpload(path);
  } catch (error) {
    throw new CliError(`The key cannot sign an upload to ${SUPABASE_URL}: ${messageOf(error)}`);
  }
  const { SUPABASE_AVATAR_BUCKET: bucket } = environment;
  return { ok: true, supabase: new URL(SUPABASE_URL).host, bucket, uploadSigned: path };
}

/** Asks every endpoint of SOLANA_RPC_URL for what this service needs of it; no API is involved. */
export async function rpcCheck(): Promise<unknown> {
  const { SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS } = loadSource();
  if (!SOLANA_RPC_URL) throw new CliError('Set SOLANA_RPC_URL to the endpoint(s) to check.', 2);
  const settings = new Settings(parseEnvironment({ SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS }));
  // The one command that needs the chain's libraries does not slow down the others.
  const { SolanaChain } = await import('#src/chain/solana-chain.js');
  const endpoints = await new SolanaChain(settings, new SystemClock()).endpoints();
  if (endpoints.some(({ ok }) => !ok)) throw new CliError(JSON.stringify({ endpoints }, printable, 2));
  return { endpoints };
}
