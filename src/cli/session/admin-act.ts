import { type AdminAction, adminRequest } from '#src/common/admin-actions.js';
import { buildSignedMessage } from '#src/signed-messages/signed-message.js';
import type { ApiClient } from './api-client.js';
import { CliError } from './cli-error.js';
import { consent, DryRun } from './consent.js';
import { type CommandContext, currentSession } from './command-support.js';
import { fileSigner, pastedSigner, type Signer } from './signer.js';
import type { Session } from './session-file.js';

type Params = Readonly<Record<string, string | number>>;

/** What is shown before an act is signed. */
export interface Intent {
  /** What it does, in a sentence. */
  readonly says: string | ((client: ApiClient) => Promise<string>);
  /** Then it is confirmed before it is signed, and the sentence names amounts and destinations. */
  readonly movesMoney?: true;
}

/**
 * Signs what the signed-in admin does, and does it. With --dry-run the API is asked for the text, which it refuses as it would
 * refuse the act, and nothing is signed.
 * @returns the answer's body
 * @throws CliError, DryRun
 */
export async function act(
  context: CommandContext,
  action: AdminAction,
  params: Params,
  intent: Intent,
): Promise<Record<string, unknown>> {
  const { session, client } = currentSession(context);
  const signer = context.dryRun ? null : signerOf(context, session);
  const { wallet } = session;
  const { body: text } = await client.post('/signing-messages', { action, wallet, params });
  const [message, issuedAt] = [String(text['message']), String(text['issuedAt'])];
  const host = new URL(session.origin).host;
  if (!isWhatWasAskedFor(message, { host, action, wallet, issuedAt, params })) {
    throw new CliError(
      `The API at ${session.api} gave another text than was asked for. Nothing was signed:\n${message}`,
    );
  }
  const says = typeof intent.says === 'string' ? intent.says : await intent.says(client);
  if (signer === null)
    throw new DryRun(
      { dryRun: true, would: says, message },
      `${says}\nNothing was done. The wallet would sign:\n\n${message}`,
    );
  if (intent.movesMoney === true) await consent(context, says);
  const signature = await signer.sign(message);
  const { method, path, body } = adminRequest(action, params);
  return (await client.send(method, path, { ...body, wallet, issuedAt, signature })).body;
}

/** Whoever answers in the place of the API gets no signature over something else. Only `after` is the API's to fill in. */
function isWhatWasAskedFor(
  message: string,
  parts: { host: string; action: AdminAction; wallet: string; issuedAt: string; params: Params },
): boolean {
  const [, after] = /^- after: (null|"[0-9a-f]{64}")$/m.exec(message) ?? [];
  const told = after === undefined ? {} : { after: JSON.parse(after) as string | null };
  try {
    return buildSignedMessage({ ...parts, params: { ...parts.params, ...told } }) === message;
  } catch {
    return false;
  }
}

function signerOf(context: CommandContext, { wallet, keypair }: Session): Signer {
  const file = context.keypair ?? keypair;
  if (file === undefined) return pastedSigner(context, wallet);
  const signer = fileSigner(file);
  if (signer.wallet === wallet) return signer;
  throw new CliError(
    `${file} is the keypair of ${signer.wallet}, but ${wallet} is signed in. Run: npm run ops -- login --keypair ${file}`,
  );
}
