import type { MarkedFact, MarkKind, MarkRow } from './mark.js';

interface Judges {
  /** Whether the row is a genuine mark of the fact that it names. */
  fits(fact: MarkedFact, row: MarkRow): boolean;
  /** Those of the facts that have no genuine mark in the table. */
  unproven<F extends MarkedFact>(facts: readonly F[]): Promise<F[]>;
}

/** Marks that were read together, for many questions about one thing. What was not read with them is asked for. */
export class GatheredMarks {
  private readonly rows: ReadonlyMap<string, MarkRow>;

  constructor(
    rows: readonly MarkRow[],
    private readonly judges: Judges,
  ) {
    this.rows = new Map(rows.map((row) => [markKey(row), row]));
  }

  /** Those of the facts that were not accepted here as they stand now; empty when all were. */
  async unproven<F extends MarkedFact>(facts: readonly F[]): Promise<F[]> {
    const others = facts.filter((fact) => !this.rows.has(markKey(fact)));
    const missing = new Set(others.length === 0 ? [] : await this.judges.unproven(others));
    return facts.filter((fact) => {
      const row = this.rows.get(markKey(fact));
      return row === undefined ? missing.has(fact) : !this.judges.fits(fact, row);
    });
  }

  async proves(fact: MarkedFact): Promise<boolean> {
    return (await this.unproven([fact])).length === 0;
  }
}

/** What names one mark. */
export function markKey({ kind, id }: { readonly kind: MarkKind; readonly id: string }): string {
  return `${kind}:${id}`;
}
