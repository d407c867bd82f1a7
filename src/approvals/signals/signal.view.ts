import type { Milestone } from '#src/commitments/milestones/milestone.entity.js';
import type { Signal } from './signal.entity.js';
import type { SignalDto, SignalledDto } from './signals.dto.js';

function fields(signal: Signal) {
  return {
    wallet: signal.wallet,
    milestoneId: signal.milestoneId,
    signalledAt: signal.signalledAt.toISOString(),
    inVoteWindow: signal.inVoteWindow,
    rawAmount: signal.rawAmount.toString(),
    decimals: signal.decimals,
    priceUsd: signal.priceUsd,
    weightUsd: signal.weightUsd,
  };
}

export function signalView(signal: Signal): SignalDto {
  return {
    ...fields(signal),
    reweighedRawAmount: signal.reweighedRaw?.toString() ?? null,
    reweighedUsd: signal.reweighedUsd,
  };
}

export function signalledView(signal: Signal, milestone: Milestone): SignalledDto {
  const { signalledUsd: weightUsd, thresholdUsd, voters, reweighedUsd } = milestone;
  const approvals = { weightUsd, thresholdUsd, voters, ...(reweighedUsd === null ? {} : { reweighedUsd }) };
  return { ...fields(signal), approvals };
}
