/** Further behind than this is a laggard: its balances and statuses are of the past. */
export const SLOTS_MAY_LAG = 25n;
/** How long an endpoint may lag, or stand still, before it is called red. */
export const PATIENCE_MS = 10_000;

/** What the watch has measured of one endpoint. */
export interface Measured {
  /** Its confirmed slot; null while it has told none. */
  readonly slot: bigint | null;
  /** When its slot last rose, in milliseconds of any clock. */
  readonly roseAt: number;
  /** Since when it has been behind the best; null while it is not. */
  readonly behindSince: number | null;
  /** When it was last asked with success. */
  readonly askedAt: number;
  /** Answers for another cluster; null while that is not known. */
  readonly isForeign: boolean | null;
}

export const UNMEASURED: Measured = { slot: null, roseAt: 0, behindSince: null, askedAt: 0, isForeign: null };

/** The next measure of one endpoint. @param best the highest slot that any endpoint of this cluster has told */
export function measure(before: Measured, slot: bigint, best: bigint, now: number): Measured {
  const rose = before.slot === null || slot > before.slot;
  const isBehind = best - slot > SLOTS_MAY_LAG;
  return {
    ...before,
    slot,
    askedAt: now,
    roseAt: rose ? now : before.roseAt,
    behindSince: isBehind ? (before.behindSince ?? now) : null,
  };
}

/** Behind, and moving on all the same. */
export function isLagging({ behindSince, askedAt, roseAt }: Measured): boolean {
  return behindSince !== null && askedAt - roseAt < PATIENCE_MS;
}

/** How far the chain has come. */
export interface Best {
  readonly slot: bigint;
  /** Another voice has come nearly as far. Unsupported, whoever is behind it may be the honest one. */
  readonly isSupported: boolean;
}

/** The highest slot that two voices tell; where no two are near each other, the highest that one tells. */
export function bestOf(told: readonly { readonly voice: string; readonly slot: bigint }[]): Best {
  const sorted = told.toSorted((a, b) => (a.slot < b.slot ? 1 : -1));
  const supported = sorted.find(({ voice, slot }) =>
    sorted.some((other) => other.voice !== voice && other.slot <= slot && slot - other.slot <= SLOTS_MAY_LAG),
  );
  const isAlone = new Set(told.map(({ voice }) => voice)).size < 2;
  return { slot: (supported ?? sorted[0])?.slot ?? 0n, isSupported: isAlone || supported !== undefined };
}

/** Why an endpoint is red: asked last, and no voice. Null while it is not. */
export function redReason(measured: Measured, best: bigint): string | null {
  if (measured.isForeign) return 'answers for another cluster (genesis hash)';
  if (measured.slot === null) return null;
  if (measured.slot - best > SLOTS_MAY_LAG)
    return `claims to be ${measured.slot - best} slots ahead of all others`;
  if (measured.askedAt - measured.roseAt >= PATIENCE_MS) return `stands still at slot ${measured.slot}`;
  if (measured.behindSince !== null && measured.askedAt - measured.behindSince >= PATIENCE_MS)
    return `is ${best - measured.slot} slots behind the best`;
  return null;
}
