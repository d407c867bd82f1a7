import { createHash } from 'node:crypto';
import { canonicalJson, type CanonicalValue } from '../common/canonical-json.js';

/** Everything that a wallet can ask for by a signed message. */
export const ACTIONS = [
  'commitment.create',
  'commitment.attest',
  'milestone.complete',
  'milestone.signal',
  'distribution.claim',
  'profile.update',
  'avatar.upload',
  'pumpfun.claim',
  'dev.verify',
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
const ISSUED_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const PARAM_NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const HEADER_VALUE = /^[\x21-\x7e]+$/;
// What a wallet could show as nothing, as a line break or in another order. U+200C and U+200D stay: scripts and emoji
// need them, and they cannot move other text.
const UNPRINTABLE = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cn}\p{Co}]/gu;

/**
 * The exact text that a wallet signs: header lines, then one line per parameter, sorted by name. Different inputs never
 * give the same text. Without non-ASCII parameters it is printable ASCII, which hardware wallets can show.
 * @throws TypeError on a name, host, wallet or time that could break the one-line form: a fault of the caller.
 */
export function buildSignedMessage(parts: SignedMessageParts): string {
  if (!ISSUED_AT.test(parts.issuedAt)) throw new TypeError(`not an issued-at time: ${parts.issuedAt}`);
  const names = Object.keys(parts.params).sort();
  return [
    `Commit To Ship asks you to sign: ${headerValue(parts.action)}`,
    `Host: ${headerValue(parts.host)}`,
    `Wallet: ${headerValue(parts.wallet)}`,
    `Issued at: ${parts.issuedAt}`,
    names.length === 0 ? 'Parameters: none' : 'Parameters:',
    ...names.map((name) => `- ${paramName(name)}: ${shownValue(parts.params[name])}`),
  ].join('\n');
}

/** SHA-256 of the message text, hex: what is stored where a signature may be used once only. */
export function hashSignedMessage(message: string): string {
  return sha256Hex(message);
}

/** True while a message issued at `issuedAt` may be used; clocks of clients may be ahead as well as behind. */
export function isWithinWindow(issuedAt: Date, now: Date): boolean {
  return Math.abs(now.getTime() - issuedAt.getTime()) <= SIGNED_MESSAGE_WINDOW_MS;
}

function shownValue(value: CanonicalValue | undefined): string {
  if (value === undefined) throw new TypeError('a signed parameter has no value');
  const json = canonicalJson(value);
  // JSON never begins with an `s`, so a hash cannot be taken for a value.
  if (Array.from(json).length > MAX_SHOWN_CHARACTERS) return `sha256:${sha256Hex(json)}`;
  return json.replace(UNPRINTABLE, escapeCodePoint);
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
