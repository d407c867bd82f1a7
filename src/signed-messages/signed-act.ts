/** Pure rules of stored signed messages: what a text says is read from the text, and believed when its wallet has signed it. */
import { isSignedIn } from '#src/chain/signing/wallet-signature.js';
import { decodeSignature } from '#src/common/text/base58.js';
import type { CanonicalValue } from '#src/common/text/canonical-json.js';
import { parseTimestamp } from '#src/common/text/timestamps.js';
import {
  buildSignedMessage,
  hashSignedMessage,
  type MessageParams,
  shownValue,
  type SignedAction,
} from './signed-message.js';

/** The signed bytes as they are stored. */
export interface StoredAct {
  readonly text: string;
  readonly envelope: string;
  /** Base58. */
  readonly signature: string;
}

/** A parameter as the text shows it; a long one only by the SHA-256 of its canonical JSON. */
export type ShownParam = { readonly value: CanonicalValue } | { readonly sha256: string };

/** What a wallet has said. */
export interface ReadAct {
  readonly action: string;
  readonly host: string;
  readonly wallet: string;
  readonly issuedAt: Date;
  readonly params: ReadonlyMap<string, ShownParam>;
  /** SHA-256 of the text, hex. */
  readonly messageHash: string;
}

export type ActReading = { readonly act: ReadAct } | { readonly refusal: string };

const FIRST_LINES =
  /^Commit To Ship asks you to sign: ([\x21-\x7e]+)\nHost: ([\x21-\x7e]+)\nWallet: ([\x21-\x7e]+)\nIssued at: (\S+)\nParameters:( none)?(\n|$)/;
const PARAM = /^- ([A-Za-z][A-Za-z0-9]*): (.+)$/;
const HASHED = /^sha256:([0-9a-f]{64})$/;

/**
 * Verifies the wallet's signature of the stored text again and reads every parameter back out of it. Never throws.
 * @param hosts those of APP_ORIGIN and APP_ORIGIN_PREVIOUS: a text made for another service is no evidence here
 * @returns the act, or why it is none
 */
export function readSignedAct(stored: StoredAct, hosts: readonly string[]): ActReading {
  const act = readText(stored.text);
  if (act === null) return { refusal: 'its text is no signed message of this service' };
  if (!hosts.includes(act.host)) return { refusal: `it was signed for host ${act.host}` };
  const signature = decodeSignature(stored.signature);
  if (signature === null || !isSignedIn(stored.envelope, stored.text, act.wallet, signature))
    return { refusal: `its signature is not one of wallet ${act.wallet}` };
  return { act };
}

/**
 * Whether the act says exactly this: the text of these parameters is built again and compared, so that no parameter can be
 * missing, added or shown otherwise.
 */
export function saysExactly(
  act: ReadAct,
  expected: { readonly action: SignedAction; readonly wallet: string; readonly params: MessageParams },
): boolean {
  const { host, issuedAt } = act;
  return (
    act.messageHash ===
    hashSignedMessage(buildSignedMessage({ ...expected, host, issuedAt: issuedAt.toISOString() }))
  );
}

/** The value of a parameter that the text shows in full as text; null otherwise. */
export function textParam({ params }: Pick<ReadAct, 'params'>, name: string): string | null {
  const shown = params.get(name);
  return shown !== undefined && 'value' in shown && typeof shown.value === 'string' ? shown.value : null;
}

function readText(text: string): ReadAct | null {
  const match = FIRST_LINES.exec(text);
  if (match === null) return null;
  const [start, action, host, wallet, time, none] = match;
  const issuedAt = parseTimestamp(time);
  if (!action || !host || !wallet || issuedAt === null || issuedAt.toISOString() !== time) return null;
  const rest = text.slice(start.length);
  // `none` ends the text, and without it at least one parameter follows.
  if ((none !== undefined) !== (rest === '') || (none !== undefined && start.endsWith('\n'))) return null;
  const params = readParams(rest === '' ? [] : rest.split('\n'));
  if (params === null) return null;
  return { action, host, wallet, issuedAt, params, messageHash: hashSignedMessage(text) };
}

function readParams(lines: readonly string[]): Map<string, ShownParam> | null {
  const params = new Map<string, ShownParam>();
  let last = '';
  for (const line of lines) {
    const [, name, shown] = PARAM.exec(line) ?? [];
    if (name === undefined || shown === undefined || name <= last) return null;
    const param = readValue(shown);
    if (param === null) return null;
    params.set(name, param);
    last = name;
  }
  return params;
}

/** Null for what is not written as `buildSignedMessage` writes it. */
function readValue(shown: string): ShownParam | null {
  const [, sha256] = HASHED.exec(shown) ?? [];
  if (sha256 !== undefined) return { sha256 };
  try {
    const value = JSON.parse(shown) as CanonicalValue;
    return shownValue(value) === shown ? { value } : null;
  } catch {
    return null;
  }
}
