/** Pure rules of how long pauses may hold a release up that its creator could make alone. */

/** Milliseconds. `end` is null while the pause is open. */
export interface PausedSpan {
  readonly begin: number;
  readonly end: number | null;
}

/** How long at least one of the pauses held between two moments, in milliseconds; overlapping ones count once. */
export function pausedTime(spans: readonly PausedSpan[], from: number, until: number): number {
  const cut = spans
    .map(({ begin, end }) => ({ begin: Math.max(begin, from), end: Math.min(end ?? until, until) }))
    .filter(({ begin, end }) => end > begin)
    .toSorted((a, b) => a.begin - b.begin);
  let total = 0;
  let covered = from;
  for (const { begin, end } of cut) {
    if (end <= covered) continue;
    total += end - Math.max(begin, covered);
    covered = end;
  }
  return total;
}

/** A release whose creator need not wait for an admin any more. */
export interface HeldRelease {
  readonly claimableAt: Date;
  readonly selfReleaseSeconds: number;
  readonly pauseMaxSeconds: number;
}

/** Whether pauses have held the release up as long as the signed terms allow: from then on none holds it. */
export function isPausedOut(
  { claimableAt, selfReleaseSeconds, pauseMaxSeconds }: HeldRelease,
  spans: readonly PausedSpan[],
  now: Date,
): boolean {
  const from = claimableAt.getTime() + selfReleaseSeconds * 1000;
  return pausedTime(spans, from, now.getTime()) >= pauseMaxSeconds * 1000;
}
