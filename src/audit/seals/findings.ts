/** What a verification of the log finds, and what it says in the end. */

export type FindingKind =
  | 'changed'
  | 'removed'
  | 'inserted'
  | 'cut_off'
  | 'seal_changed'
  | 'seal_removed'
  /** The seal is not signed by a key that may be believed. */
  | 'seal_forged'
  | 'rewritten'
  | 'key_untrusted'
  /** A journaled row was changed by somebody who is not the service. */
  | 'foreign_change'
  /** A journaled row is not as the journal says, is in no journal, or is missing. */
  | 'row_changed'
  | 'row_forged'
  | 'row_missing'
  | 'journal_off'
  | 'anchor_foreign'
  | 'anchor_missing'
  | 'anchor_unknown';

export interface Finding {
  readonly kind: FindingKind;
  /** The first row concerned; null where it is not there to be named. */
  readonly rowId: string | null;
  readonly sealId: string | null;
  readonly detail: string;
  /** The journaled row concerned, of findings about one. */
  readonly table?: string;
  readonly key?: string;
}

/** What is known of a seal from elsewhere, its hash, its id or both: a log line, an anchor on chain. */
export interface KnownSeal {
  readonly hash?: string;
  readonly sealId?: string;
  /** Where it is known from. */
  readonly source: string;
}

export interface Verification {
  readonly rows: number;
  /** Lines of the journal of changes. */
  readonly changes: number;
  readonly seals: number;
  /** Rows that no seal covers yet. */
  readonly unsealed: number;
  /** The newest seal. */
  readonly head: { readonly id: string; readonly hash: string; readonly sealedAt: string } | null;
  readonly findings: number;
  readonly firstFinding: Finding | null;
  /** The first of them, in the order in which they were found. */
  readonly listed: readonly Finding[];
}

/** The verification with what was found elsewhere. */
export function withFindings(verification: Verification, more: readonly Finding[]): Verification {
  const listed = [...verification.listed, ...more].slice(0, MAX_LISTED);
  const firstFinding = verification.firstFinding ?? more[0] ?? null;
  return { ...verification, findings: verification.findings + more.length, firstFinding, listed };
}

const MAX_LISTED = 100;
const ROW_KINDS: readonly FindingKind[] = ['changed', 'removed', 'inserted', 'foreign_change'];

/** Counts what is found, lists the beginning of it, and keeps what concerns the first row. */
export class Findings {
  private readonly listed: Finding[] = [];
  private count = 0;
  private first: Finding | null = null;

  /** @param what about a row without its number, which is put before it */
  add(
    kind: FindingKind,
    rowId: string | null,
    sealId: string | null,
    what: string,
    about: Pick<Finding, 'table' | 'key'> = {},
  ): void {
    this.count += 1;
    const isOfRow = rowId !== null && ROW_KINDS.includes(kind);
    const detail = isOfRow ? `row ${rowId} ${what}` : what;
    const finding = { kind, rowId, sealId, detail, ...about };
    if (this.listed.length < MAX_LISTED) this.listed.push(finding);
    if (this.first === null || isBefore(rowId, this.first.rowId)) this.first = finding;
  }

  /** @param cutFrom the first of the rows that are missing up to the end, if there are such */
  summary(cutFrom: string | null): Pick<Verification, 'findings' | 'firstFinding' | 'listed'> {
    return { findings: this.count, firstFinding: this.named(cutFrom), listed: this.listed };
  }

  private named(cutFrom: string | null): Finding | null {
    const { first } = this;
    if (first?.kind !== 'removed' || first.rowId !== cutFrom) return first;
    return { ...first, kind: 'cut_off', detail: `${first.detail}, nor is any sealed row after it` };
  }
}

function isBefore(a: string | null, b: string | null): boolean {
  if (a === null) return false;
  return b === null || BigInt(a) < BigInt(b);
}
