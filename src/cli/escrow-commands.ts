import { setTimeout as delay } from 'node:timers/promises';
import { type CommandContext, signedIn } from './command-support.js';

interface Rotation {
  readonly id: string;
  readonly status: string;
  readonly rotated: number;
  readonly failed: number;
  readonly remaining: number;
}

const KEYS = '/admin/escrow-keys';

/** Rows per key id, and the rotation. */
export async function escrowKeysShow(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).get(KEYS)).body;
}

/** Begins a rotation of ESCROW_DB_SECRET, or joins the open one, and works on it until nothing remains. */
export async function escrowKeysRotate(context: CommandContext): Promise<unknown> {
  const client = signedIn(context);
  let { body } = await client.post(`${KEYS}/rotate`);
  for (let seen = report(context, body); seen?.status === 'running'; seen = report(context, body)) {
    await delay(1_000);
    // It may be finished by now, by the service itself; asking for another one would begin anew with what has failed.
    body = (await client.get(KEYS)).body;
    if (rotationOf(body)?.status === 'running') body = (await client.post(`${KEYS}/rotate`)).body;
  }
  return body;
}

/** Opens every local escrow key and compares its address. */
export async function escrowKeysCheck(context: CommandContext): Promise<unknown> {
  return (await signedIn(context).post(`${KEYS}/check`)).body;
}

function rotationOf(body: Record<string, unknown>): Rotation | null {
  return body['rotation'] as Rotation | null;
}

function report({ progress }: CommandContext, body: Record<string, unknown>): Rotation | null {
  const rotation = rotationOf(body);
  if (rotation === null) {
    progress('nothing to rotate');
    return null;
  }
  const { id, status, rotated, failed, remaining } = rotation;
  progress(`rotation ${id} is ${status}: ${rotated} rotated, ${failed} failed, ${remaining} remaining`);
  return rotation;
}
