import { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { type CommandContext, DEFAULT_API, signedIn } from './command-support.js';
import { readKeypairFile } from './keypair-file.js';
import { deleteSession, writeSession } from './session-file.js';

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

/** The sign-in message names the origin that admin requests must come from. */
async function askNonce(api: string, wallet: string) {
  const { body } = await new ApiClient({ api }).post('/admin/nonce', { wallet });
  const message = String(body['message']);
  const origin = /^URI: (\S+)$/m.exec(message)?.[1];
  if (origin === undefined) throw new CliError(`${api} did not answer with a sign-in message.`);
  return { nonce: String(body['nonce']), message, origin };
}
