import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from '#src/cli/session/cli-error.js';
import { type CommandContext, signedIn } from '#src/cli/session/command-support.js';
import { printable } from '#src/cli/text/printable.js';

interface Keys {
  readonly currentKeyId: string | null;
  readonly keys: readonly { readonly keyId: string; readonly rows: number }[];
  readonly olderMarks: number;
  readonly rotation: Rotation | null;
}

interface Rotation {
  readonly id: string;
  readonly status: string;
  readonly rotated: number;
  readonly failed: number;
  readonly remaining: number;
}

const KEYS = '/admin/escrow-keys';
const PAUSE_MS = 1_000;

/** Rows per key id, and the rotation. */
export async function escrowKeysShow(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get(KEYS)).body;
}

/**
 * Begins a rotation of ESCROW_DB_SECRET, or joins the open one, and works on it until nothing remains.
 * @throws CliError when a row is not sealed with the newest secret even then: no older secret may be removed.
 */
export async function escrowKeysRotate(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  let keys = keysOf((await client.post(`${KEYS}/rotate`)).body);
  report(context, keys);
  while (keys.rotation?.status === 'running') {
    await delay(PAUSE_MS);
    keys = keysOf((await client.get(KEYS)).body);
    // The service may have finished it by itself; to ask once more would begin anew with what has failed.
    if (keys.rotation?.status === 'running') keys = keysOf((await client.post(`${KEYS}/rotate`)).body);
    report(context, keys);
  }
  if (rowsLeft(keys) > 0) throw new CliError(JSON.stringify(keys, printable, 2));
  return keys;
}

/** Opens every local escrow key and compares its address. @throws CliError when one fails */
export async function escrowKeysCheck(context: CommandContext): Promise<unknown> {
  const { body } = await signedIn(context).post(`${KEYS}/check`);
  if (body['failed'] !== 0) throw new CliError(JSON.stringify(body, printable, 2));
  return body;
}

function keysOf(body: Record<string, unknown>): Keys {
  return body as unknown as Keys;
}

function rowsLeft({ currentKeyId, keys, olderMarks }: Keys): number {
  const others = keys.filter(({ keyId }) => keyId !== currentKeyId);
  return others.reduce((sum, { rows }) => sum + rows, olderMarks);
}

function report({ progress }: CommandContext, { rotation }: Keys): void {
  if (rotation === null) return progress('there is nothing to rotate');
  const { id, status, rotated, failed, remaining } = rotation;
  progress(`rotation ${id} is ${status}: ${rotated} rotated, ${failed} failed, ${remaining} remaining`);
}
