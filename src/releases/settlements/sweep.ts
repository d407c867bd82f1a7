/** Pure rules of the sweep: what a run reports. */

/** `settled`: failed, its payout is written. `empty`: failed, nothing to pay. `refused`: tried again. `lost`: somebody else was first. */
export const SWEEP_OUTCOMES = ['settled', 'empty', 'refused', 'lost'] as const;
export type SweepOutcome = (typeof SWEEP_OUTCOMES)[number];

export interface SweepCounts {
  readonly due: number;
  readonly settled: number;
  readonly empty: number;
  readonly refused: number;
}

export function countsOf(items: readonly { readonly outcome: SweepOutcome }[]): SweepCounts {
  const count = (wanted: SweepOutcome) => items.filter(({ outcome }) => outcome === wanted).length;
  return { due: items.length, settled: count('settled'), empty: count('empty'), refused: count('refused') };
}

/** It was due when the run took it up: these say that somebody has resolved or attested it since. */
const OVERTAKEN: readonly string[] = ['already_resolved', 'already_failing', 'deadline_not_passed'];

export function outcomeOfRefusal(code: string): SweepOutcome {
  return OVERTAKEN.includes(code) ? 'lost' : 'refused';
}
