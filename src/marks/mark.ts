/** Pure rules of marks: proof that this server, and not only somebody with its database, has accepted a fact. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson, type CanonicalValue } from '#src/common/text/canonical-json.js';
import type { DerivedKey } from './derived-key.js';

/** What can be marked. Together with the id it names one fact for ever. */
export const MARK_KINDS = [
  /** A signed act with the time of its acceptance, by the act's id. */
  'act',
  /** How many acts a commitment has, and which, by its id. */
  'head',
  /** An escrow to its commitment and terms, by the commitment's id. */
  'binding',
  /** A cached price, by the mint. */
  'price',
  /** An approval's weight as it was read, by the approval's id. */
  'signal',
  /** Why a milestone became claimable, by the milestone's id. */
  'unlock',
  /** How a commitment was resolved and when, by its id. */
  'resolution',
  /** An announced failure, by its id. */
  'announcement',
  /** A wallet that is to share in it, and what it held then, by announcement and wallet. */
  'enrollment',
  'weight',
  /** A frozen distribution with all of its shares, by the commitment's id. */
  'distribution',
  /** A later round of it with all of its shares, by commitment and number. */
  'round',
  /** A payout as it was decided, by its id. */
  'payout',
  /** How many transactions were planned for a payout and signed, by its id. */
  'attempts',
  /** A transaction as it was planned, and as it was signed, by the attempt's id. */
  'attempt',
  'signature',
  /** A transaction that has landed with an error, by the attempt's id. */
  'failed',
  /** A transaction for pump.fun's programs as it was planned, by the attempt's id. */
  'operation',
  /** A payout whose transaction is final, by its id. */
  'paid',
  /** The pauses of payouts that this server has made, all together. */
  'pauses',
  /** How far an escrow's own transactions are read, by its address. */
  'history',
] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

export type Facts = { readonly [name: string]: CanonicalValue };

/** A fact, named and complete. */
export interface MarkedFact {
  readonly kind: MarkKind;
  readonly id: string;
  readonly facts: Facts;
}

export interface Mark {
  readonly keyId: string;
  /** HMAC-SHA-256, hex. */
  readonly mac: string;
}

/** A mark as it stands in public.marks. */
export interface MarkRow {
  readonly kind: MarkKind;
  readonly id: string;
  readonly digest: string;
  readonly keyId: string;
  readonly mac: string;
}

/** SHA-256 (hex) of the canonical facts: what the mark covers, so that a rotation need not know them. */
export function digestOf({ facts }: Pick<MarkedFact, 'facts'>): string {
  return createHash('sha256').update(canonicalJson(facts), 'utf8').digest('hex');
}

export function makeMark(key: DerivedKey, kind: MarkKind, id: string, digest: string): Mark {
  return { keyId: key.id, mac: macOf(key, kind, id, digest).toString('hex') };
}

/** Whether the mark is one of this key over exactly this. Never throws. */
export function isMarkOf(key: DerivedKey, mark: Mark, kind: MarkKind, id: string, digest: string): boolean {
  const expected = macOf(key, kind, id, digest);
  const given = Buffer.from(mark.mac, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

// No kind, digest or key contains a line break; an id that did would only lengthen its own message.
function macOf(key: DerivedKey, kind: MarkKind, id: string, digest: string): Buffer {
  return createHmac('sha256', key.bytes).update(`${kind}\n${digest}\n${id}`, 'utf8').digest();
}
