import { DomainError } from '#src/common/errors/errors.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import type { SignalRefusal } from './signal.js';

export function notEligible(wallet: string, commitmentId: string, why: string): DomainError {
  return new DomainError(
    'not_eligible',
    `Wallet ${wallet} is ${why} and cannot approve milestones of commitment ${commitmentId}. Other holders of the token can.`,
  );
}

export function notAHolder(wallet: string, mint: string): DomainError {
  return new DomainError(
    'not_a_holder',
    `Wallet ${wallet} holds no token ${mint}. Only holders can approve.`,
    {
      tokenMint: mint,
    },
  );
}

/** Both are exact decimal texts. */
export function holdingBelowMinimum(wallet: string, holdingUsd: string, minimumUsd: string): DomainError {
  return new DomainError(
    'holding_below_minimum',
    `Wallet ${wallet} holds tokens worth ${holdingUsd} US dollars; to approve it must hold more than ${minimumUsd}.`,
    { holdingUsd, minimumUsd },
  );
}

export function signalRefused(
  refusal: SignalRefusal,
  commitment: Pick<Commitment, 'id' | 'status'>,
  milestone: Pick<Milestone, 'id' | 'status'>,
): DomainError {
  const reasons: Readonly<Record<SignalRefusal, string>> = {
    already_failing: `A failure of commitment ${commitment.id} is announced; its milestones take no approvals. Enroll for a share instead.`,
    already_resolved: `Commitment ${commitment.id} is ${commitment.status}; its milestones take no more approvals.`,
    not_completed: `The creator has not attested milestone ${milestone.id} as completed; approve it after that.`,
    already_unlocked: `Milestone ${milestone.id} is ${milestone.status} and needs no more approvals.`,
  };
  return new DomainError(refusal, reasons[refusal], {
    commitmentStatus: commitment.status,
    milestoneStatus: milestone.status,
  });
}
