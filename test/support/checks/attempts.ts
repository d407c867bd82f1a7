import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { encodeBase58 } from '#src/common/text/base58.js';
import type { TestWallet } from '../builders/wallets.js';
import type { RawAnswer } from '../proxies/raw-http.js';
import type { AppWorld } from '../worlds/app-world.js';

export type Refused = readonly [status: number, code: string];

/** Refused with this code, and on record once, with who it was and which request. */
export async function expectDenied(
  world: AppWorld,
  answer: RawAnswer,
  what: string,
  { audit, actor, refused }: { audit: string | undefined; actor: string; refused: Refused },
): Promise<void> {
  expect([answer.status, answer.body['code']], what).toEqual(refused);
  expect(answer.headers['content-type'], what).toMatch(/^application\/problem\+json/);
  const rows = await world.sql('SELECT event, actor, fields FROM audit_logs WHERE request_id = $1', [
    answer.headers['x-request-id'],
  ]);
  expect(rows, what).toEqual([
    { event: `${audit}_denied`, actor, fields: expect.objectContaining({ code: refused[1] }) as unknown },
  ]);
  // Beyond a few, anonymous refusals are only counted (floods.int-spec.ts): the next one has the whole budget again.
  await world.sql('TRUNCATE rate_limits');
}

/** What each attempt sends in the place of the right signature. */
export function forgeries(
  message: string,
  issuedAt: string,
  elsewhere: string,
  by: TestWallet,
  stranger: TestWallet,
) {
  const late = new Date(Date.now() - 6 * 60_000).toISOString();
  const at = (time: string) => message.replace(/^Issued at: .*$/m, `Issued at: ${time}`);
  const justBefore = new Date(Date.parse(issuedAt) - 1).toISOString();
  const host = message.replace('Host: app.example.com', 'Host: evil.example.com');
  expect(host).not.toBe(message);
  const invalid = [401, 'invalid_signature'] as const;
  return [
    ['a made-up signature', issuedAt, encodeBase58(randomBytes(64)), invalid],
    ["another wallet's signature", issuedAt, stranger.signBase58(message), invalid],
    ['a message of another domain', issuedAt, by.signBase58(host), invalid],
    ['the signature of another action', issuedAt, by.signBase58(elsewhere), invalid],
    ['the signature of another time', justBefore, by.signBase58(message), invalid],
    ['an expired message', late, by.signBase58(at(late)), [401, 'message_expired']],
    ['no signature at all', issuedAt, '', [400, 'malformed_signature']],
  ] as const;
}
