import type { CommitmentDto } from '#client';
import { relative, sol } from '../shared/words.js';

/** What the escrow held, and when that was read. */
export function heldBy({ escrow: { balanceLamports, balanceAsOf } }: CommitmentDto): string {
  if (balanceLamports === null || balanceAsOf === null) return 'a balance that was not read yet';
  return `${sol(balanceLamports)} (read ${relative(balanceAsOf)})`;
}

/** What has to be in the escrow for everything that is promised. */
export function promised(commitment: CommitmentDto): number {
  if (commitment.kind === 'personal') return commitment.amountLamports;
  return commitment.milestones
    .filter(({ status }) => status !== 'released' && status !== 'forfeited')
    .reduce((sum, { unlockLamports }) => sum + unlockLamports, 0);
}

/** When an attested commitment that nobody decides is refunded. */
export function decisionEndsAt(commitment: CommitmentDto): string | undefined {
  if (commitment.kind !== 'personal' || commitment.attestedAt === undefined) return undefined;
  const end = Date.parse(commitment.deadline) + commitment.terms.decisionWindowSeconds * 1_000;
  return new Date(end).toISOString();
}

export function isOver({ status }: CommitmentDto): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'completed';
}

/** Whether its failure is announced or filed, and can still be called off. */
export function isInNotice({ status, failureEffectiveAt }: CommitmentDto): boolean {
  return (status === 'active' || status === 'failing') && failureEffectiveAt !== undefined;
}

/** The name that a list shows. */
export function titleOf({ statement, kind }: CommitmentDto): string {
  return statement ?? (kind === 'personal' ? 'A personal commitment' : 'A reward commitment');
}
