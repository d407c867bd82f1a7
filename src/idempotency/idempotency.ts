import { createHash } from 'node:crypto';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';
import { ERROR_TABLE, type ErrorCode } from '#src/common/errors/error-table.js';

/** An answer is repeated for this long. */
export const KEY_LIFETIME_MS = 24 * 3_600_000;

const MAX_LENGTH = 255;
const BARE = /^[\x21-\x7e]+$/;
// RFC 9651: printable ASCII in quotes, in which a backslash stands before a quote or a backslash.
const QUOTED = /^"((?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;

/** The key of a header's value, quoted as a structured field or bare; null when it is neither. */
export function parseKey(header: unknown): string | null {
  if (typeof header !== 'string') return null;
  const text = header.trim();
  const isQuoted = text.startsWith('"');
  const key = isQuoted ? QUOTED.exec(text)?.[1]?.replaceAll(/\\(.)/g, '$1') : BARE.exec(text)?.[0];
  return key === undefined || key.length === 0 || key.length > MAX_LENGTH ? null : key;
}

/** What a key belongs to: the same key elsewhere, or of somebody else, is another one. */
export interface KeyScope {
  readonly method: string;
  /** With the ids in it, without a query. */
  readonly path: string;
  /** `actor:<wallet or cron>`, `wallet:<address>` or `address:<client>`. */
  readonly caller: string;
  readonly key: string;
}

export function scopeHash({ method, path, caller, key }: KeyScope): string {
  return sha256(canonicalJson([method, path, caller, key]));
}

/** @param body parsed strictly, so it holds no number that canonical JSON refuses; no body is an empty object */
export function requestHash(body: unknown): string {
  return sha256(canonicalJson((body ?? {}) as CanonicalValue));
}

/** Answers that say "not now", and not what became of the request: repeating them would keep a retry from trying. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'request_in_progress',
  'idempotency_key_reused',
  'release_in_progress',
  'attempt_may_still_land',
]);

/** True for a refusal that stands: the same request would be refused again. */
export function isFinal(code: ErrorCode): boolean {
  const status: number = ERROR_TABLE[code].status;
  return status < 500 && status !== 401 && status !== 429 && !PASSING.has(code);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
