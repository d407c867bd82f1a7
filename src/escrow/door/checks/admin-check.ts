/** The act of an admin that a payout needs. */
import { textParam } from '#src/signed-messages/signed-act.js';
import type { Claim, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';
import { isCalledOff } from '#src/escrow/door/acts/found-acts.js';
import { fetchesRent, roundOf } from '#src/escrow/door/facts/purpose.js';
import { PURPOSE_RULES } from './purposes.js';

/** An act that was accepted is one of an admin: its mark says that the wallet was on the list then. */
export function adminRefusal(claim: Claim, evidence: Evidence): string | null {
  const { acts, commitmentId } = evidence;
  const { adminAct: action, isWithoutAdmin } = PURPOSE_RULES[claim.purpose];
  const isFor = (one: ProvenAct) =>
    one.act.action === action && !isCalledOff(one, evidence) && concerns(one, claim, commitmentId);
  const voided = evidence.voided.filter(isFor);
  const confirmed = voided.filter(({ act }) => isConfirmed(claim, acts, act.wallet));
  // Each forwarding of stray money needs an act of its own; what fetches the rest of a payment is part of that one.
  const needed = fetchesRent(claim) || roundOf(claim) > 0 ? 1 : claim.part + 1;
  if (acts.filter(isFor).length + confirmed.length >= needed) return null;
  if (isWithoutAdmin?.(claim, evidence) === true) return null;
  const [act] = voided;
  if (act === undefined) return `no admin has signed ${action} for it`;
  return `${action} by ${act.act.wallet} was voided by a revocation: another admin has to confirm it, see \`ops payouts retry\``;
}

function concerns({ act }: ProvenAct, { purpose, subjectId }: Claim, commitmentId: string): boolean {
  if (textParam(act, 'commitmentId') !== commitmentId) return false;
  return purpose !== 'milestone_release' || textParam(act, 'milestoneId') === subjectId;
}

/** Another admin than the one who was revoked has taken the payout up again. */
function isConfirmed({ id }: Claim, acts: readonly ProvenAct[], revoked: string): boolean {
  return acts.some(
    ({ act }) =>
      act.action === 'admin.payout.retry' && act.wallet !== revoked && textParam(act, 'payoutId') === id,
  );
}
