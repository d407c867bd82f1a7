/** Pure look-ups in the proven acts of a commitment. */
import { textParam } from '#src/signed-messages/signed-act.js';
import type { DoorTerms, Evidence, ProvenAct } from '#src/escrow/door/facts/evidence.js';

/** In time by the chain's clock at its acceptance. */
export function attestation(
  terms: DoorTerms & { readonly kind: 'personal' },
  acts: readonly ProvenAct[],
): ProvenAct | null {
  const found = acts.find(
    ({ act, chainTime }) =>
      act.action === 'commitment.attest' &&
      act.wallet === terms.wallet &&
      chainTime !== null &&
      seconds(chainTime) < secondsOf(terms.deadline),
  );
  return found ?? null;
}

/** What this wallet has signed about this milestone. */
export function actOn(
  { acts, commitmentId }: Evidence,
  action: string,
  milestoneId: string | null,
  wallet: string,
): ProvenAct | null {
  const found = acts.find(
    ({ act }) =>
      act.action === action &&
      act.wallet === wallet &&
      textParam(act, 'commitmentId') === commitmentId &&
      textParam(act, 'milestoneId') === milestoneId,
  );
  return found ?? null;
}

/** A failure of a reward commitment that was announced, and called off afterwards. */
export function isCalledOff(
  { act, acceptedAt }: ProvenAct,
  { terms, acts, voided }: Pick<Evidence, 'terms' | 'acts' | 'voided'>,
): boolean {
  if (terms.kind !== 'creator_reward' || act.action !== 'admin.commitment.failure') return false;
  return [...acts, ...voided].some(
    (one) => one.act.action === 'admin.failure.cancel' && one.acceptedAt >= acceptedAt,
  );
}

export function seconds(time: Date): number {
  return time.getTime() / 1000;
}

export function secondsOf(time: string): number {
  return Date.parse(time) / 1000;
}
