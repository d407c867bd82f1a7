import type { EscrowView } from '../escrow/escrow.service.js';
import type { BalanceReading } from '../escrow/balances.service.js';
import { toJsonLamports } from '../common/lamports.js';
import type { Commitment } from './commitment.entity.js';
import type { CommitmentDto } from './commitments.dto.js';
import type { MilestoneDto } from './milestones.dto.js';

/**
 * The public picture of a commitment.
 * @param milestones of a reward commitment
 */
export function commitmentView(
  commitment: Commitment,
  escrow: EscrowView,
  balance: BalanceReading | undefined,
  milestones: MilestoneDto[] | undefined,
): CommitmentDto {
  const { amountLamports, deadline, attestedAt, tokenMint, creatorFeeMode, resolvedAt } = commitment;
  return {
    id: commitment.id,
    kind: commitment.kind,
    status: commitment.status,
    statement: commitment.statement,
    wallet: commitment.wallet,
    destinationOnFail: commitment.destinationOnFail,
    ...(amountLamports === null ? {} : { amountLamports: toJsonLamports(amountLamports) }),
    ...(deadline === null ? {} : { deadline: deadline.toISOString() }),
    ...(attestedAt === null ? {} : { attestedAt: attestedAt.toISOString() }),
    ...(tokenMint === null ? {} : { tokenMint }),
    ...(creatorFeeMode === null ? {} : { creatorFeeMode }),
    terms: commitment.terms,
    termsHash: commitment.termsHash,
    escrow: {
      address: escrow.address,
      custody: escrow.custody,
      balanceLamports: balance === undefined ? null : toJsonLamports(balance.lamports),
      balanceAsOf: balance?.asOf.toISOString() ?? null,
    },
    ...(milestones === undefined ? {} : { milestones }),
    createdAt: commitment.createdAt.toISOString(),
    ...(resolvedAt === null ? {} : { resolvedAt: resolvedAt.toISOString() }),
  };
}
