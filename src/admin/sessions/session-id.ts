import { createHmac, timingSafeEqual } from 'node:crypto';

/** Bytes of randomness in a session id. */
export const SESSION_ID_BYTES = 32;

/** A wallet's address is longer. */
const HANDLE_DIGITS = 16;
const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;

/** True for a text that this service could have issued as a session id: 32 bytes, base64url. */
export function isSessionId(text: unknown): text is string {
  return typeof text === 'string' && SESSION_ID.test(text);
}

/** What names a session to a person: the begin of its hash, which opens nothing. */
export function handleOf(idHash: string): string {
  return idHash.slice(0, HANDLE_DIGITS);
}

export function isHandle(text: string): boolean {
  return text.length === HANDLE_DIGITS;
}

/** A session as it is stored, without its mac. */
export interface SessionRow {
  readonly idHash: string;
  readonly wallet: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/**
 * What is stored of a session id: an HMAC under a key of the server. Whoever can write rows, and holds no secret, makes none
 * that an id fits.
 */
export function hashSessionId(id: string, key: Uint8Array): string {
  return createHmac('sha256', key).update(`session id\n${id}`, 'utf8').digest('hex');
}

/** Binds a session to its wallet and its end. */
export function macOfSession({ idHash, wallet, createdAt, expiresAt }: SessionRow, key: Uint8Array): string {
  const text = ['session row', idHash, wallet, createdAt.toISOString(), expiresAt.toISOString()].join('\n');
  return createHmac('sha256', key).update(text, 'utf8').digest('hex');
}

/** False for a row that was made or changed without the key. */
export function isGenuine(row: SessionRow & { readonly mac: string }, key: Uint8Array): boolean {
  const [told, own] = [row.mac, macOfSession(row, key)].map((mac) => Buffer.from(mac, 'hex'));
  return told !== undefined && own !== undefined && told.length === own.length && timingSafeEqual(told, own);
}
