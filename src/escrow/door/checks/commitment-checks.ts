/** Whose commitment it is: the escrow's bond and the creator's signature. */
import { textParam } from '#src/signed-messages/signed-act.js';
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import type { Refusal } from './check.js';

/** Whether a commitment is what its creator has signed, whatever it is to pay. */
export function commitmentRefusal(evidence: Evidence): Refusal | null {
  const bound = unbound(evidence);
  if (bound !== null) return { check: 'binding', reason: bound };
  const signed = unsigned(evidence);
  if (signed !== null) return { check: 'creation', reason: signed };
  const missing = actsMissing(evidence);
  return missing === null ? null : { check: 'acts', reason: missing };
}

export function bindingRefusal(claim: Claim, evidence: Evidence): string | null {
  if (claim.source !== evidence.escrow)
    return `it pays out of ${claim.source}, and the commitment's escrow is ${evidence.escrow}`;
  return unbound(evidence);
}

function unbound({ isBound, escrow }: Evidence): string | null {
  if (isBound) return null;
  return `escrow ${escrow} was not bound to this commitment, creation message and terms by this server`;
}

/** What is decided may rest on what nobody has signed: an attestation, a filed failure, its withdrawal. */
export function actsRefusal(_: Claim, evidence: Evidence): string | null {
  return actsMissing(evidence);
}

function actsMissing({ knowsActs }: Evidence): string | null {
  return knowsActs
    ? null
    : 'its signed acts are not those that this server has counted: one is missing, or was put there';
}

export function creationRefusal(_: Claim, evidence: Evidence): string | null {
  return unsigned(evidence);
}

function unsigned({ acts, terms, termsHash, messageHash }: Evidence): string | null {
  const creation = acts.find(({ act }) => act.messageHash === messageHash);
  if (creation === undefined) return "the creator's signed message is missing";
  const { act } = creation;
  if (act.action !== 'commitment.create' || act.wallet !== terms.wallet)
    return `the signed message is no creation by ${terms.wallet}`;
  if (textParam(act, 'termsHash') !== termsHash) return 'the terms are not those that the creator has signed';
  return null;
}
