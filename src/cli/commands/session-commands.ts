import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ApiClient } from '#src/cli/session/api-client.js';
import { CliError } from '#src/cli/session/cli-error.js';
import { type CommandContext, DEFAULT_API, signedIn } from '#src/cli/session/command-support.js';
import { fileSigner, pastedSigner, type Signer } from '#src/cli/session/signer.js';
import { deleteSession, writeSession } from '#src/cli/session/session-file.js';

/** Signs in with a keypair file, or with a signature that is pasted, and keeps the session. */
export async function login(context: CommandContext): Promise<unknown> {
  const signer = loginSigner(context);
  const { wallet } = signer;
  const api = context.api ?? DEFAULT_API;
  const nonce = await askNonce(api, wallet);
  const client = new ApiClient({ api, origin: nonce.origin });
  const signature = await signer.sign(nonce.message);
  const answer = await client.post('/admin/login', { wallet, nonce: nonce.nonce, signature });
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(';', 1)[0])
    .join('; ');
  const expiresAt = String(answer.body['expiresAt']);
  const file = context.keypair === undefined ? {} : { keypair: resolve(context.keypair) };
  writeSession(context.sessionFile, { api, origin: nonce.origin, wallet, cookie, expiresAt, ...file });
  return { wallet, expiresAt, session: context.sessionFile };
}

function loginSigner(context: CommandContext): Signer {
  const { keypair, wallet } = context;
  if (keypair !== undefined) return fileSigner(keypair);
  if (wallet === undefined) throw new CliError('login needs --keypair FILE or --wallet ADDRESS', 2);
  mkdirSync(dirname(context.sessionFile), { recursive: true, mode: 0o700 });
  return pastedSigner(context, wallet);
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
