import { createHash } from 'node:crypto';

/** Bytes of randomness in a session id. */
export const SESSION_ID_BYTES = 32;

const SESSION_ID = /^[A-Za-z0-9_-]{43}$/;

/** True for a text that this service could have issued as a session id: 32 bytes, base64url. */
export function isSessionId(text: unknown): text is string {
  return typeof text === 'string' && SESSION_ID.test(text);
}

/**
 * What is stored of a session id. The id has 256 bits of randomness, so a plain hash cannot be searched back; and looking up
 * by the hash leaks nothing about the id through timing.
 */
export function hashSessionId(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest('hex');
}
