/** What the signing door asks of a payout because of its purpose: one entry for each, and nothing else here knows them all. */
import type { Claim, Evidence } from '#src/escrow/door/facts/evidence.js';
import type { Purpose } from '#src/escrow/door/facts/purpose.js';
import {
  allThereIs,
  type AmountRule,
  ofDestination,
  ofRelease,
  ofReserve,
  ofShare,
  ofStrayMoney,
  ofTreasury,
} from './amounts.js';
import type { Check } from './check.js';
import {
  claimRefusal,
  distributionRefusal,
  noticeRefusal,
  remainderRefusal,
  roundRefusal,
} from './distribution-checks.js';
import { approvalsRefusal, completionRefusal, isSelfRelease } from './milestone-checks.js';
import { failureRefusal, isRefundByDefault, isUnattested, successRefusal } from './personal-checks.js';
import { hasEndedWell, outcomeRefusal } from './stray-check.js';

export interface PurposeRules {
  /** Where the signed terms send the money; null where it is none of this commitment's payouts. */
  readonly destination: (claim: Claim, evidence: Evidence) => string | null;
  /** The act of an admin that it needs, beside those of the wallets concerned. */
  readonly adminAct: string;
  /** Whether no admin has to sign it. Absent: one always has to. */
  readonly isWithoutAdmin?: (claim: Claim, evidence: Evidence) => boolean;
  /** Asked after what holds for every payout, in this order: each may rely on those before it. */
  readonly checks: readonly Check[];
  readonly amount: AmountRule;
}

const distribution: Check = { name: 'distribution', refusal: distributionRefusal };
const round: Check = { name: 'round', refusal: roundRefusal };
const notice: Check = { name: 'notice', refusal: noticeRefusal };

const FAILURE = 'admin.commitment.failure';

export const PURPOSE_RULES: Readonly<Record<Purpose, PurposeRules>> = {
  personal_success: {
    destination: (_, { terms }) => (terms.kind === 'personal' ? terms.wallet : null),
    adminAct: 'admin.commitment.success',
    isWithoutAdmin: (_, evidence) => isRefundByDefault(evidence),
    checks: [{ name: 'success', refusal: successRefusal }],
    amount: allThereIs,
  },
  personal_failure: {
    destination: (_, { terms }) => (terms.kind === 'personal' ? terms.destinationOnFail : null),
    adminAct: FAILURE,
    isWithoutAdmin: (_, evidence) => isUnattested(evidence),
    checks: [{ name: 'failure', refusal: failureRefusal }],
    amount: allThereIs,
  },
  milestone_release: {
    destination: (_, { terms }) => (terms.kind === 'creator_reward' ? terms.wallet : null),
    adminAct: 'admin.milestone.release',
    isWithoutAdmin: isSelfRelease,
    checks: [
      { name: 'completion', refusal: completionRefusal },
      { name: 'approvals', refusal: approvalsRefusal },
    ],
    amount: ofRelease,
  },
  failure_treasury: {
    destination: (_, { terms }) => (terms.kind === 'creator_reward' ? terms.treasury : null),
    adminAct: FAILURE,
    checks: [distribution, round, notice],
    amount: ofTreasury,
  },
  failure_destination: {
    destination: heirOfReward,
    adminAct: FAILURE,
    checks: [distribution, notice],
    amount: ofDestination,
  },
  failure_remainder: {
    destination: heirOfReward,
    adminAct: FAILURE,
    checks: [distribution, notice, { name: 'remainder', refusal: remainderRefusal }],
    amount: ofReserve,
  },
  distribution_claim: {
    // Whose share it is: the check of the claim asks for this wallet's own act.
    destination: ({ destination }, { terms }) => (terms.kind === 'creator_reward' ? destination : null),
    adminAct: FAILURE,
    checks: [distribution, round, notice, { name: 'claim', refusal: claimRefusal }],
    amount: ofShare,
  },
  stray_forward: {
    destination: (_, evidence) =>
      hasEndedWell(evidence) ? evidence.terms.wallet : evidence.terms.destinationOnFail,
    adminAct: 'admin.stray.forward',
    checks: [{ name: 'outcome', refusal: outcomeRefusal }],
    amount: ofStrayMoney,
  },
};

function heirOfReward(_: Claim, { terms }: Evidence): string | null {
  return terms.kind === 'creator_reward' ? terms.destinationOnFail : null;
}
