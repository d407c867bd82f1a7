/** A coin of pump.fun in words of the domain. Addresses are base58. */

/** How creator fees are split by a sharing config. */
export interface FeeSharing {
  /** False while pump.fun has paused it. */
  readonly active: boolean;
  /** Nobody can change it any more. */
  readonly locked: boolean;
  /** Who may change it; null when nobody may. */
  readonly admin: string | null;
  /** 10,000 basis points together. */
  readonly shareholders: readonly { readonly address: string; readonly bps: number }[];
}

/** What a curve or a pool says about who earns. */
export interface FeeEarner {
  /** Null when nobody is named. */
  readonly creator: string | null;
  /** The fees go to traders. */
  readonly cashback: boolean;
  /** The fees go to holders. */
  readonly holderReward: boolean;
}

export interface PumpCurve extends FeeEarner {
  /** What the coin is traded for. */
  readonly quoteMint: string;
  readonly isTradedForSol: boolean;
  /** The curve is sold out: the coin is on its way to its pool, or there already. */
  readonly complete: boolean;
}

/** All of one slot, by one call. */
export interface PumpCoin {
  readonly slot: bigint;
  /** Null when the mint is no coin of pump.fun. */
  readonly curve: PumpCurve | null;
  /** The pool for SOL in which it is traded after its graduation; null before. */
  readonly pool: FeeEarner | null;
  readonly sharing: FeeSharing | null;
  /** Whom curve or pool names as creator when the fees are shared, or go to holders. */
  readonly sharingAddress: string;
  readonly holderRewardsAddress: string;
  /** Why an account cannot be read, in words safe to show: then nothing is known, whatever stands above. */
  readonly problem: string | null;
}

/** Creator fees that are one wallet's, all of one slot, by one call. Lamports. */
export interface CreatorFees {
  readonly slot: bigint;
  /** What the vault of curves holds, the rent that stays there included. */
  readonly curveVault: bigint;
  /** Wrapped SOL in the vault of pools. */
  readonly poolVault: bigint;
  /** What waits for this wallet in a coin's own accounts, until somebody sweeps it into a vault. */
  readonly onCurve: bigint;
  readonly inPool: bigint;
  /** Wrapped SOL in the wallet's own account: collected, and not unwrapped yet. */
  readonly ownWrapped: bigint;
  /** Where the coin's pool keeps its wrapped SOL; null without a pool. */
  readonly poolQuoteAccount: string | null;
  /** Why an account of the coin cannot be read, in words safe to show: then nothing is known to wait. */
  readonly problem: string | null;
}
