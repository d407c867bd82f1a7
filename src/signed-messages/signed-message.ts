import { createHash } from 'node:crypto';
import { ADMIN_ACTIONS, type AdminAction } from '#src/common/admin-actions.js';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';

/** Everything that a wallet can ask for by a signed message. */
export const ACTIONS = [
  ...(Object.keys(ADMIN_ACTIONS) as AdminAction[]),
  'commitment.create',
  'commitment.attest',
  'milestone.complete',
  'milestone.signal',
  'milestone.release',
  'distribution.enroll',
  'distribution.claim',
  'dev.verify',
  'pumpfun.claim',
  'profile.update',
  'avatar.upload',
] as const;

export type SignedAction = (typeof ACTIONS)[number];

/** The parameters of an action as they stand in the message. */
export type MessageParams = Readonly<Record<string, CanonicalValue>>;

/** A message is good for this long before and after its issued-at time. */
export const SIGNED_MESSAGE_WINDOW_MS = 5 * 60_000;

export interface SignedMessageParts {
  /** Host (with port) of APP_ORIGIN: a signature for one deployment is worth nothing at another. */
  readonly host: string;
  readonly action: SignedAction;
  /** Base58 address of the signer. */
  readonly wallet: string;
  /** RFC 3339 UTC with milliseconds. */
  readonly issuedAt: string;
  readonly params: MessageParams;
}

const MAX_SHOWN_CHARACTERS = 200;
/** What a hardware wallet signs in an off-chain envelope. */
const MAX_MESSAGE_BYTES = 1_147;
const ISSUED_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const PARAM_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const HEADER_VALUE = /^[\x21-\x7e]+$/;
// What a wallet could show as nothing, as a line break or in another order. U+200C and U+200D stay: scripts and emoji
// need them, and they cannot move other text.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/gu;

/**
 * The exact text that a wallet signs: header lines, then one line per parameter, sorted by name. Different inputs never
 * give the same text. Without non-ASCII parameters it is printable ASCII, which hardware wallets can show. What would make it
 * longer than such a wallet signs is named by its hash, the longest parameter first.
 * @throws TypeError on a name, host, wallet or time that could break the one-line form: a fault of the caller.
 */
export function buildSignedMessage(parts: SignedMessageParts): string {
  if (!ISSUED_AT.test(parts.issuedAt)) throw new TypeError(`not an issued-at time: ${parts.issuedAt}`);
  const head = [
    `Commit To Ship asks you to sign: ${headerValue(parts.action)}`,
    `Host: ${headerValue(parts.host)}`,
    `Wallet: ${headerValue(parts.wallet)}`,
    `Issued at: ${parts.issuedAt}`,
    Object.keys(parts.params).length === 0 ? 'Parameters: none' : 'Parameters:',
  ];
  const hashed = new Set<string>();
  for (;;) {
    const lines = paramLines(parts.params, hashed);
    const text = [...head, ...lines.map(({ line }) => line)].join('\n');
    if (Buffer.byteLength(text) <= MAX_MESSAGE_BYTES) return text;
    const [longest] = lines.filter(({ name }) => !hashed.has(name)).sort((a, b) => b.bytes - a.bytes);
    if (longest === undefined) throw new TypeError(`too many parameters to be signed: ${parts.action}`);
    hashed.add(longest.name);
  }
}

function paramLines(params: MessageParams, hashed: ReadonlySet<string>) {
  const names = Object.keys(params).sort();
  return names.map((name) => {
    const value = hashed.has(name) ? hashOf(params[name] ?? null) : shownValue(params[name]);
    return { name, line: `- ${paramName(name)}: ${value}`, bytes: Buffer.byteLength(value) };
  });
}

/** SHA-256 of the message text, hex: what is stored where a signature may be used once only. */
export function hashSignedMessage(message: string): string {
  return sha256Hex(message);
}

/** True while a message issued at `issuedAt` may be used; clocks of clients may be ahead as well as behind. */
export function isWithinWindow(issuedAt: Date, now: Date): boolean {
  return Math.abs(now.getTime() - issuedAt.getTime()) <= SIGNED_MESSAGE_WINDOW_MS;
}

/** How a parameter's value stands in the text: canonical JSON, or `sha256:` and the hash of a long one. */
export function shownValue(value: CanonicalValue | undefined): string {
  if (value === undefined) throw new TypeError('a signed parameter has no value');
  const json = canonicalJson(value);
  // JSON never begins with an `s`, so a hash cannot be taken for a value.
  if (Array.from(json).length > MAX_SHOWN_CHARACTERS) return hashOf(value);
  return json.replace(UNPRINTABLE, escapeCodePoint);
}

function hashOf(value: CanonicalValue): string {
  return `sha256:${sha256Hex(canonicalJson(value))}`;
}

/** The JSON escape of the character, so that what is shown is still the same JSON value. */
function escapeCodePoint(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    const unit = character.charCodeAt(index);
    return `\\u${unit.toString(16).padStart(4, '0')}`;
  }).join('');
}

function headerValue(value: string): string {
  if (!HEADER_VALUE.test(value)) throw new TypeError(`not a one-word header value: ${JSON.stringify(value)}`);
  return value;
}

function paramName(name: string): string {
  if (!PARAM_NAME.test(name)) throw new TypeError(`not a parameter name: ${JSON.stringify(name)}`);
  return name;
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
