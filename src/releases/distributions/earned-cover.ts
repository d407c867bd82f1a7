/** Pure rule of what a failed commitment still owes its creator: what was earned comes before everything else. */
import type { Lamports } from '#src/common/money/lamports.js';

export interface EarnedMilestone {
  readonly milestoneId: string;
  readonly unlockLamports: Lamports;
}

/** In the order in which they are covered. */
export interface Covered {
  readonly milestoneId: string;
  /** 0 where the escrow does not cover it: later money does. */
  readonly amountLamports: Lamports;
}

export interface Cover {
  readonly milestones: readonly Covered[];
  /** One leg fee for each that is paid. */
  readonly fees: Lamports;
  /** For everybody else; 0 unless all is covered. */
  readonly left: Lamports;
  /** Too little to be moved alone: it goes along with the last transfer. */
  readonly stranded: Lamports;
}

interface EscrowFacts {
  readonly balance: Lamports;
  readonly legFee: Lamports;
  readonly rentExemptMinimum: Lamports;
}

/** @param earned in the order in which they became claimable; the first that is not covered gets what is left after its fee */
export function coverEarned(
  earned: readonly EarnedMilestone[],
  { balance, legFee, rentExemptMinimum }: EscrowFacts,
): Cover {
  let left = balance;
  let isShort = false;
  const milestones = earned.map(({ milestoneId, unlockLamports }): Covered => {
    const rest = isShort ? 0n : left - legFee;
    isShort ||= rest < unlockLamports;
    // Below the rent minimum it could not stay alone in the escrow, nor leave it.
    const amountLamports = !isShort ? unlockLamports : rest >= rentExemptMinimum ? rest : 0n;
    if (amountLamports > 0n) left -= amountLamports + legFee;
    return { milestoneId, amountLamports };
  });
  const fees = legFee * BigInt(milestones.filter(({ amountLamports }) => amountLamports > 0n).length);
  return isShort ? { milestones, fees, left: 0n, stranded: left } : { milestones, fees, left, stranded: 0n };
}
