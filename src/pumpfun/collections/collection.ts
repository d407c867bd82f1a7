/** Pure rules of what is collected for a managed commitment. */
import type { CreatorFees } from '#src/chain/port/pump-coin.js';
import type { CollectChoice } from '#src/escrow/door/collect-door.service.js';
import { claimable } from '#src/pumpfun/claims/creator-fees.js';

/** Which fees are asked for. */
export type Chosen = Pick<CollectChoice, 'fromCurves' | 'fromPools' | 'sweepsCurve' | 'poolQuoteAccount'>;

const ACCOUNT_BYTES = 128n;
const TOKEN_ACCOUNT_BYTES = 165n;

/** What a token account needs to exist, by what an account without data needs. */
export function tokenAccountRent(rentMinimum: bigint): bigint {
  return (rentMinimum * (ACCOUNT_BYTES + TOKEN_ACCOUNT_BYTES)) / ACCOUNT_BYTES;
}

/**
 * Null where less than the minimum can be collected. The fees of pools come as wrapped SOL, for which the fee payer opens an account:
 * what is less than that costs is left.
 */
export function choose(fees: CreatorFees, rentMinimum: bigint, minimum: bigint): Chosen | null {
  const { curveVault, onCurve, poolVault, inPool } = claimable(fees, rentMinimum);
  const isPoolWorthIt = poolVault + inPool > tokenAccountRent(rentMinimum);
  const sum = curveVault + onCurve + (isPoolWorthIt ? poolVault + inPool : 0n);
  if (sum < minimum) return null;
  return {
    fromCurves: curveVault > 0n,
    sweepsCurve: onCurve > 0n,
    fromPools: isPoolWorthIt && poolVault > 0n,
    poolQuoteAccount: isPoolWorthIt && inPool > 0n ? fees.poolQuoteAccount : null,
  };
}

const DAY_MS = 86_400_000;
/** For so long a failure waits for fees that cannot be collected. */
const WAITED_DAYS = 7;

/** Whether an announced failure still waits for creator fees. */
export function stillWaits(effectiveAt: Date, now: Date): boolean {
  return now.getTime() < effectiveAt.getTime() + WAITED_DAYS * DAY_MS;
}
