import type { SignatureStatus } from './signature-status.js';

/** All signatures ever made for one payout, with what bounds their life. */
export interface DeathQuestion {
  readonly signatures: readonly string[];
  /** What they were signed over: a witness that still calls one valid vetoes. */
  readonly blockhashes: readonly string[];
  /** The account that all of them debit; its own history is searched as well. */
  readonly source: string;
  /** The highest lastValidBlockHeight of them all. */
  readonly lastValidBlockHeight: bigint;
  /** The lowest slot in which one of their blockhashes was fetched. */
  readonly oldestSlot: bigint;
  /** When the youngest was signed. */
  readonly signedAt: Date;
  /** An admin has decided that one voice is enough. */
  readonly oneWitness?: boolean;
}

/** `dead`: proven that none of the signatures can land any more. `unknown`: not proven yet, ask again. */
export type DeathVerdict =
  | {
      readonly verdict: 'dead';
      readonly finalizedHeight: bigint;
      /** The newest finalized slot of the witnesses: none of the signatures could land in it any more. */
      readonly slot: bigint;
      readonly rule: 'canary' | 'idle_chain';
    }
  | { readonly verdict: 'landed'; readonly signature: string }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** The verdict, and what every witness said. */
export type DeathFinding = DeathVerdict & { readonly witnesses: readonly Witness[] };

/**
 * What shows that the node that gave the statuses has really rooted a block that is too young for our signatures.
 * - `canary`: a foreign signature out of such a block, asked for in the same request as ours.
 * - `empty_block`: the blocks looked at hold no transactions (an idle chain), so there is no canary.
 * - `none`: neither was found.
 */
export type Control =
  | { readonly kind: 'canary'; readonly blockHeight: bigint; readonly statuses: readonly SignatureStatus[] }
  | { readonly kind: 'empty_block' }
  | { readonly kind: 'none'; readonly reason: string };

/** The answers of one endpoint, in the order in which they were asked for. */
export interface Testimony {
  readonly finalizedHeightBefore: bigint;
  /** Asked for after the height above, so its block is at least as high. */
  readonly finalizedSlot: bigint;
  /** The oldest block this node still has. */
  readonly firstAvailableSlot: bigint;
  readonly control: Control;
  /** With history, one for each signature of the question, in order. */
  readonly statuses: readonly SignatureStatus[];
  /** The lowest slot of the banks that gave the statuses. */
  readonly statusSlot: bigint;
  /** Signatures of the question that the node can show the transaction of. */
  readonly transactionsFound: readonly string[];
  /** Blockhashes of the question that it still calls valid. */
  readonly validBlockhashes: readonly string[];
  readonly finalizedHeightAfter: bigint;
}

/** One endpoint, for which voice it speaks, and what it said, or why it said nothing. */
export type Witness = { readonly endpoint: string; readonly voice: string } & (
  { readonly testimony: Testimony } | { readonly silence: string }
);
