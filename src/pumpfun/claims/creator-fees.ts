/** Pure rules of what a creator can collect. */
import type { CreatorFees } from '#src/chain/port/pump-coin.js';

/** Lamports that a wallet can collect, by where they are. */
export interface Claimable {
  /** In the vault of curves, above the rent that stays there. */
  readonly curveVault: bigint;
  readonly poolVault: bigint;
  readonly onCurve: bigint;
  readonly inPool: bigint;
  readonly total: bigint;
}

export function claimable(fees: CreatorFees, rentMinimum: bigint): Claimable {
  const { poolVault, onCurve, inPool } = fees;
  const above = fees.curveVault - rentMinimum;
  const curveVault = above > 0n ? above : 0n;
  return { curveVault, poolVault, onCurve, inPool, total: curveVault + poolVault + onCurve + inPool };
}
