/** Pure rules of the bytes that are signed: they say what the evidence allows, and cost no more than the cap. */
import { parseAnchorMemo } from '#src/audit/anchors/audit-anchor.js';
import type { MemoPlan, TransferPlan, UnwrapPlan } from '#src/chain/port/chain.js';
import type { Refusal } from './checks/check.js';
import { PURPOSE_RULES } from './checks/purposes.js';
import type { Claim, Effect, Evidence } from './facts/evidence.js';

/** 0.01 SOL: far above what any transaction of ours costs, and far below what is worth stealing. */
export const MOST_FEE_LAMPORTS = 10_000_000n;

/** What holds for every message, by the settings. */
export interface Limits {
  /** The configured fee payer; null where each escrow pays. */
  readonly feePayer: string | null;
  readonly computeUnitLimit: number;
  /** Lamports, of one transaction. */
  readonly mostFee: bigint;
}

/** Why these bytes are not the transfer of this payout; null when they are. */
export function transferRefusal(
  claim: Claim,
  evidence: Evidence,
  plan: TransferPlan,
  effect: Effect,
  fee: bigint,
  limits: Limits,
): Refusal | null {
  const reason =
    addressRefusal(claim, plan, limits) ??
    feeRefusal(plan, fee, limits) ??
    PURPOSE_RULES[claim.purpose].amount(claim, evidence, effect) ??
    balanceRefusal(effect);
  return reason === null ? null : { check: 'message', reason };
}

/** Why these bytes are not the closing of the escrow's own wrapped SOL into itself; null when they are. */
export function unwrapRefusal(claim: Claim, plan: UnwrapPlan, fee: bigint, limits: Limits): Refusal | null {
  const reason =
    (claim.destination === claim.source ? null : `wrapped SOL is unwrapped into the escrow itself`) ??
    partyRefusal(claim, plan, limits) ??
    feeRefusal(plan, fee, limits);
  return reason === null ? null : { check: 'message', reason };
}

/** Why these bytes of the fee payer alone are not an anchor of the audit log; null when they are. */
export function anchorRefusal(plan: MemoPlan, fee: bigint, limits: Limits): Refusal | null {
  const reason =
    (parseAnchorMemo(plan.memo) === null ? `${JSON.stringify(plan.memo)} is no anchor` : null) ??
    (plan.feePayer === limits.feePayer ? null : `${plan.feePayer} is not the configured fee payer`) ??
    feeRefusal(plan, fee, limits);
  return reason === null ? null : { check: 'message', reason };
}

function addressRefusal(claim: Claim, plan: TransferPlan, limits: Limits): string | null {
  if (plan.destination !== claim.destination) return `the message pays to ${plan.destination}`;
  return partyRefusal(claim, plan, limits);
}

function partyRefusal(claim: Claim, plan: UnwrapPlan, { feePayer }: Limits): string | null {
  if (plan.source !== claim.source) return `the message pays out of ${plan.source}`;
  if (plan.memo !== claim.id) return `the memo is ${JSON.stringify(plan.memo)}`;
  if (plan.feePayer === claim.source || plan.feePayer === feePayer) return null;
  return `the fee payer is ${plan.feePayer}, which is neither the escrow nor the configured one`;
}

function feeRefusal(
  { computeUnitLimit }: Pick<TransferPlan, 'computeUnitLimit'>,
  fee: bigint,
  limits: Limits,
): string | null {
  if (computeUnitLimit !== limits.computeUnitLimit) return `the compute unit limit is ${computeUnitLimit}`;
  return fee <= limits.mostFee ? null : `the fee of ${fee} lamports is above ${limits.mostFee}`;
}

function balanceRefusal({ lamports, feeLamports, sourceBalance }: Effect): string | null {
  if (lamports > 0n && lamports + feeLamports <= sourceBalance) return null;
  return `${lamports} lamports and a fee of ${feeLamports} do not come out of ${sourceBalance}`;
}
