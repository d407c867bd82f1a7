/** Pure rule of destinations that cannot be paid any more: which other one two admins have signed. */
import { textParam } from '#src/signed-messages/signed-act.js';
import type { Claim, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { seconds } from './found-acts.js';
import { CHANGEABLE } from '#src/escrow/door/facts/purpose.js';

export const CHANGE_ACTION = 'admin.destination.change';
/** Where there is no second admin, one alone has to give everybody this time to look at it. */
const ALONE_AFTER_SECONDS = 30 * 24 * 3600;

export type ChangeEvidence = Pick<
  Evidence,
  'commitmentId' | 'escrow' | 'terms' | 'acts' | 'admins' | 'readAt'
>;

/** Whether a payout goes to an address that can be changed. */
export function isChangeable({ purpose }: Pick<Claim, 'purpose'>): boolean {
  return CHANGEABLE.includes(purpose);
}

/** The addresses of the signed terms that another one may stand for. */
export function namedDestinations({ terms }: Pick<Evidence, 'terms'>): string[] {
  const treasury = terms.kind === 'creator_reward' ? terms.treasury : null;
  return [terms.destinationOnFail, ...(treasury === null ? [] : [treasury])];
}

/** Who can never be named: nobody who decides about the money or would get it for a good end. */
export function isBarred(
  { terms, escrow, admins }: Pick<Evidence, 'terms' | 'escrow' | 'admins'>,
  address: string,
): boolean {
  return address === terms.wallet || address === escrow || admins.includes(address);
}

/**
 * What stands for an address of the signed terms while that one cannot be paid; null: nothing does.
 * @param promised as the terms name it
 */
export function changedDestination(evidence: ChangeEvidence, promised: string): string | null {
  return destinationsSigned(evidence, promised).at(-1) ?? null;
}

/**
 * All that ever stood for it, in this order. Two different admins have to sign for the same address, one after the other: what
 * was signed before an agreement counts for no later one.
 */
export function destinationsSigned(evidence: ChangeEvidence, promised: string): string[] {
  if (!namedDestinations(evidence).includes(promised)) return [];
  const agreed: string[] = [];
  let signers = new Map<string, Set<string>>();
  for (const one of signedFor(evidence, promised)) {
    const destination = textParam(one.act, 'destination') ?? '';
    const wallets = (signers.get(destination) ?? new Set()).add(one.act.wallet);
    signers.set(destination, wallets);
    if (wallets.size < 2 && !countsAlone(evidence, one)) continue;
    agreed.push(destination);
    signers = new Map();
  }
  return agreed;
}

function signedFor(evidence: ChangeEvidence, promised: string): ProvenAct[] {
  const { acts, commitmentId } = evidence;
  return acts
    .filter(({ act }) => {
      const destination = textParam(act, 'destination');
      return (
        act.action === CHANGE_ACTION &&
        textParam(act, 'commitmentId') === commitmentId &&
        textParam(act, 'replaces') === promised &&
        destination !== null &&
        destination !== promised &&
        !isBarred(evidence, destination)
      );
    })
    .toSorted((a, b) => a.acceptedAt.getTime() - b.acceptedAt.getTime());
}

function countsAlone({ admins, readAt }: ChangeEvidence, { acceptedAt }: ProvenAct): boolean {
  return admins.length < 2 && seconds(readAt) - seconds(acceptedAt) >= ALONE_AFTER_SECONDS;
}
