import { parseDecimal, ZERO } from '#src/common/money/decimal.js';

interface RewardFacts {
  readonly REWARD_APPROVAL_THRESHOLD_USD?: string;
  readonly REWARD_MIN_HOLDING_USD: string;
  readonly FAILURE_TREASURY_BPS: number;
  readonly FAILURE_TREASURY_PUBKEY?: string;
}

/** What no single setting shows: a bar of nothing, and a share for nobody. One line a problem. */
export function rewardProblems(environment: RewardFacts): string[] {
  const { REWARD_APPROVAL_THRESHOLD_USD, REWARD_MIN_HOLDING_USD } = environment;
  const problems: string[] = [];
  if (REWARD_APPROVAL_THRESHOLD_USD !== undefined && isZero(REWARD_APPROVAL_THRESHOLD_USD))
    problems.push('REWARD_APPROVAL_THRESHOLD_USD must be above 0: nobody would have to approve');
  if (REWARD_APPROVAL_THRESHOLD_USD === undefined && isZero(REWARD_MIN_HOLDING_USD))
    problems.push('REWARD_APPROVAL_THRESHOLD_USD is required when REWARD_MIN_HOLDING_USD is 0');
  if (environment.FAILURE_TREASURY_BPS > 0 && environment.FAILURE_TREASURY_PUBKEY === undefined)
    problems.push('FAILURE_TREASURY_PUBKEY is required when FAILURE_TREASURY_BPS is above 0');
  return problems;
}

function isZero(usd: string): boolean {
  return typeof usd === 'string' && parseDecimal(usd) === ZERO;
}
