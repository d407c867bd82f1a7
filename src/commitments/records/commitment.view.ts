import type { EscrowView } from '#src/escrow/escrows.service.js';
import type { BalanceReading } from '#src/escrow/escrows/escrow-balances.service.js';
import { toJsonLamports } from '#src/common/money/lamports.js';
import type { Commitment } from '#src/commitments/commitment/commitment.entity.js';
import type { CommitmentDto, TokenDto } from './commitments.dto.js';
import { type TokenTerms, tokenWarnings } from '#src/commitments/commitment/token-terms.js';
import type { CreatorFeeMode } from '#src/commitments/commitment/terms.js';
import type { FeeRoutingReading } from '#src/commitments/fee-routing/fee-routing-reading.entity.js';
import { feeRoutingSummary } from '#src/commitments/fee-routing/fee-routing.view.js';
import type { MilestoneDto } from '#src/commitments/milestones/milestones.dto.js';

/** What of a commitment its picture, and the rules behind it, look at. */
export type ShownCommitment = Pick<
  Commitment,
  | 'id'
  | 'kind'
  | 'status'
  | 'wallet'
  | 'destinationOnFail'
  | 'statement'
  | 'terms'
  | 'termsHash'
  | 'attestedAt'
  | 'decisionEndsAt'
  | 'failureFiledAt'
  | 'failureEffectiveAt'
  | 'failureReason'
  | 'fundedLamports'
  | 'createdAt'
  | 'resolvedAt'
>;

type ShownEscrow = Pick<EscrowView, 'address' | 'custody'>;
type ShownRouting = Pick<FeeRoutingReading, 'answer' | 'bps' | 'locked' | 'readAt'>;

/**
 * The public picture of a commitment.
 * @param milestones of a reward commitment
 * @param routing the last reading of one in managed mode
 */
export function commitmentView(
  commitment: ShownCommitment,
  escrow: ShownEscrow,
  balance: BalanceReading | undefined,
  milestones: MilestoneDto[] = [],
  routing?: ShownRouting,
): CommitmentDto {
  const { terms, attestedAt } = commitment;
  const common = commonView(commitment, escrow, balance);
  if (terms.kind === 'personal') {
    const { kind, amountLamports, deadline } = terms;
    const attested = attestedAt === null ? {} : { attestedAt: attestedAt.toISOString() };
    return { ...common, kind, amountLamports, deadline, ...attested, terms };
  }
  const { kind, tokenMint } = terms;
  const feeRouting = routing === undefined ? {} : { feeRouting: feeRoutingSummary(routing) };
  const creatorFeeMode = shownMode(routing);
  return {
    ...common,
    kind,
    tokenMint,
    creatorFeeMode,
    ...feeRouting,
    token: tokenView(terms),
    terms,
    milestones,
  };
}

function commonView(commitment: ShownCommitment, escrow: ShownEscrow, balance: BalanceReading | undefined) {
  const { failureReason, fundedLamports, resolvedAt } = commitment;
  const failureEffectiveAt = failureTime(commitment);
  return {
    id: commitment.id,
    status: commitment.status,
    statement: commitment.statement,
    wallet: commitment.wallet,
    destinationOnFail: commitment.destinationOnFail,
    termsHash: commitment.termsHash,
    escrow: {
      address: escrow.address,
      custody: escrow.custody,
      balanceLamports: balance === undefined ? null : toJsonLamports(balance.lamports),
      balanceAsOf: balance?.asOf.toISOString() ?? null,
      ...(fundedLamports === null ? {} : { fundedLamports: toJsonLamports(fundedLamports) }),
    },
    ...(failureEffectiveAt === null ? {} : { failureEffectiveAt: failureEffectiveAt.toISOString() }),
    ...(failureReason === null ? {} : { failureReason }),
    createdAt: commitment.createdAt.toISOString(),
    ...(resolvedAt === null ? {} : { resolvedAt: resolvedAt.toISOString() }),
  };
}

/** Managed only while it holds, whatever the terms have asked for. */
function shownMode(routing: ShownRouting | undefined): CreatorFeeMode {
  return routing?.answer === 'yes' ? 'managed' : 'assisted';
}

/** What is filed against an attested commitment waits for its decision window, what is announced for its notice. */
function failureTime({ failureFiledAt, failureEffectiveAt, decisionEndsAt }: ShownCommitment): Date | null {
  return failureFiledAt === null ? null : (failureEffectiveAt ?? decisionEndsAt);
}

function tokenView(terms: TokenTerms): TokenDto {
  return {
    program: terms.tokenProgram,
    decimals: terms.tokenDecimals,
    supply: terms.tokenSupply,
    mintAuthority: terms.mintAuthority,
    freezeAuthority: terms.freezeAuthority,
    warnings: tokenWarnings(terms),
  };
}
