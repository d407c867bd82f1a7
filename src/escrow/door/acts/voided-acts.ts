/** Pure rule of admins' acts that a revocation has voided. */
import { isVoided, type Revocation } from '#src/admin/allowlist/revocation.js';
import type { Claim, ProvenAct } from '#src/escrow/door/facts/evidence.js';

export interface SortedActs {
  readonly acts: readonly ProvenAct[];
  readonly voided: readonly ProvenAct[];
}

/** Wallets whose acts as admins are among these. */
export function adminsOf(acts: readonly ProvenAct[]): string[] {
  return [...new Set(acts.filter(isOfAdmin).map(({ act }) => act.wallet))];
}

/**
 * Takes out what does not count any more. What has a signed transaction is not undone, and a frozen distribution is not
 * examined again for its claims.
 */
export function sortVoided(
  acts: readonly ProvenAct[],
  revocations: readonly Revocation[],
  claim: Pick<Claim, 'purpose'> | null,
  hasSigned: boolean,
): SortedActs {
  if (hasSigned || claim?.purpose === 'distribution_claim') return { acts, voided: [] };
  const isOut = (one: ProvenAct) =>
    isOfAdmin(one) && isVoided({ wallet: one.act.wallet, acceptedAt: one.acceptedAt }, revocations);
  return { acts: acts.filter((one) => !isOut(one)), voided: acts.filter(isOut) };
}

function isOfAdmin({ act }: ProvenAct): boolean {
  return act.action.startsWith('admin.');
}
