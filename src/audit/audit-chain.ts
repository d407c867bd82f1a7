import { type AuditLine, DIGEST_BYTES, GENESIS, rowDigest, type Seal, sealHash } from './audit-seal.js';

/** Verification of the hash chain, row by row and seal by seal, wherever they are read from. */

export type FindingKind =
  'changed' | 'removed' | 'inserted' | 'cut_off' | 'seal_changed' | 'seal_removed' | 'rewritten';

export interface Finding {
  readonly kind: FindingKind;
  /** The first row concerned; null where it is not there to be named. */
  readonly rowId: string | null;
  readonly sealId: string | null;
  readonly detail: string;
}

/** What is known of a seal from elsewhere, its hash, its id or both: a log line, an anchor on chain. */
export interface Witness {
  readonly hash?: string;
  readonly sealId?: string;
  /** Where it is known from. */
  readonly source: string;
}

export interface Verdict {
  readonly rows: number;
  readonly seals: number;
  /** Rows that no seal covers yet. */
  readonly unsealed: number;
  /** The newest seal. */
  readonly head: { readonly id: string; readonly hash: string; readonly sealedAt: string } | null;
  readonly findings: number;
  readonly firstFinding: Finding | null;
}

interface Loose extends Pick<AuditLine, 'id' | 'ts' | 'txid'> {
  /** Null when the row cannot be read. */
  readonly digest: Buffer | null;
}

// No transaction of this service lasts nearly as long.
const HOUR_MS = 3_600_000;
const ROW_KINDS: readonly FindingKind[] = ['changed', 'removed', 'inserted'];
// Between two seals lie at most 1,000 rows and those whose transactions ended late.
const MAX_LOOSE = 100_000;

/**
 * Takes all rows ascending by id, and each seal once the rows up to its `maxId` have been given. Memory does not grow with the
 * log. After the last seal rows are only counted, and dated.
 */
export class ChainVerifier {
  private readonly witnesses: Set<Witness>;
  private readonly loose = new Map<string, Loose>();
  private rows = 0;
  private seals = 0;
  private unsealed = 0;
  private lastRowId = -1n;
  private last: Seal | null = null;
  /** The end of the last round that sealed everything there was. */
  private drained: Seal | null = null;
  /** First of the sealed rows that are missing without one that is there after it. */
  private missingFrom: string | null = null;
  private findings = 0;
  private first: Finding | null = null;

  /** @param expectedSeals how many there are */
  constructor(
    private readonly expectedSeals: number,
    witnesses: readonly Witness[] = [],
  ) {
    this.witnesses = new Set(witnesses);
  }

  row(row: AuditLine): void {
    this.rows += 1;
    const id = BigInt(row.id);
    if (id <= this.lastRowId && this.rows > 1)
      this.found('inserted', row.id, null, 'stands there twice, or out of order');
    this.lastRowId = id;
    if (this.seals < this.expectedSeals) return this.keep(row);
    this.unsealed += 1;
    this.judgeAge(row, null);
  }

  seal(seal: Seal): void {
    this.seals += 1;
    const isNext = BigInt(seal.id) === BigInt(this.last?.id ?? '0') + 1n;
    if (isNext) this.checkLink(seal);
    if (isWellFormed(seal)) this.claim(seal);
    if (!isNext) this.missedSeal(seal);
    this.checkWitnesses(seal);
    this.last = seal;
    if (seal.drained) this.drained = seal;
  }

  finish(): Verdict {
    if (this.seals < this.expectedSeals) {
      this.found('cut_off', null, null, `${this.expectedSeals} seals are announced, ${this.seals} are there`);
    }
    for (const row of this.loose.values()) {
      this.unsealed += 1;
      this.judgeAge(row, null);
    }
    for (const { hash, sealId, source } of this.witnesses) {
      const seal = [sealId, hash].filter((part) => part !== undefined).join(' ');
      const detail = `seal ${seal} (${source}) is not there: the log was cut off or rewritten${this.after()}`;
      this.found('cut_off', null, null, detail);
    }
    const { rows, seals, unsealed, findings, last } = this;
    const head = last === null ? null : { id: last.id, hash: last.hash, sealedAt: last.sealedAt };
    return { rows, seals, unsealed, head, findings, firstFinding: this.named() };
  }

  private keep(row: AuditLine): void {
    const { id, ts, txid } = row;
    this.loose.set(id, { id, ts, txid, digest: digestOf(row) });
    if (this.loose.size <= MAX_LOOSE) return;
    const [first = null] = this.loose.keys();
    this.found('inserted', first, null, `is one of more than ${MAX_LOOSE} rows that no seal covers`);
    this.loose.clear();
  }

  private checkLink(seal: Seal): void {
    const [firstRow = null] = seal.rowIds;
    if (!isWellFormed(seal) || sealHash(seal) !== seal.hash) {
      this.found('seal_changed', firstRow, seal.id, `seal ${seal.id} does not have the hash that it names`);
    }
    if (seal.prevHash === (this.last?.hash ?? GENESIS)) return;
    const from = this.last?.rowIds[0] ?? firstRow;
    const before = this.last === null ? 'another beginning' : `another seal ${this.last.id}`;
    this.found('seal_changed', from, this.last?.id ?? seal.id, `seal ${seal.id} continues ${before}`);
  }

  private claim(seal: Seal): void {
    for (const [index, id] of seal.rowIds.entries()) {
      const row = this.loose.get(id);
      if (row === undefined) {
        this.missingFrom ??= id;
        this.found('removed', id, seal.id, `is covered by seal ${seal.id} and not there`);
        continue;
      }
      this.missingFrom = null;
      this.loose.delete(id);
      const digest = seal.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
      if (row.digest === null || Buffer.compare(row.digest, digest) !== 0) {
        this.found('changed', id, seal.id, `is not as it was when seal ${seal.id} was made`);
      } else this.judgeAge(row, seal.id);
    }
  }

  /** What is left over then belonged to the seals that are missing. */
  private missedSeal(seal: Seal): void {
    const [rowId = seal.rowIds[0] ?? null] = this.loose.keys();
    const id = (BigInt(this.last?.id ?? '0') + 1n).toString();
    this.found('seal_removed', rowId, id, `seal ${id} is missing before seal ${seal.id}`);
    this.loose.clear();
  }

  private checkWitnesses(seal: Seal): void {
    for (const witness of this.witnesses) {
      const { hash, sealId } = witness;
      if (hash !== seal.hash && sealId !== seal.id) continue;
      this.witnesses.delete(witness);
      if (hash !== undefined && hash !== seal.hash) {
        const detail = `seal ${seal.id} has another hash than ${witness.source} tells: rows up to ${seal.maxId} were rewritten`;
        this.found('rewritten', seal.rowIds[0] ?? null, seal.id, detail);
      }
    }
  }

  /**
   * A row that was not among everything there was when a round of sealing was opened was written after that, or by a
   * transaction then under way. One with an older time, or with an older id and another transaction, was put into the past.
   */
  private judgeAge({ id, ts, txid }: Omit<Loose, 'digest'>, sealId: string | null): void {
    if (this.drained === null) return;
    const { openedAt, toTxid, nextTxid, maxId } = this.drained;
    const opened = Date.parse(openedAt);
    const time = Date.parse(ts);
    const hasOldId = BigInt(id) <= BigInt(maxId);
    const wasUnderWay = BigInt(txid) >= BigInt(toTxid) && BigInt(txid) < BigInt(nextTxid) && time <= opened;
    if (time >= opened - HOUR_MS && (!hasOldId || wasUnderWay)) return;
    const what = `was not there at ${openedAt}, though its ${hasOldId ? 'id' : 'time'} is older`;
    this.found('inserted', id, sealId, what);
  }

  private found(kind: FindingKind, rowId: string | null, sealId: string | null, what: string): void {
    this.findings += 1;
    const isOfRow = rowId !== null && ROW_KINDS.includes(kind);
    const detail = isOfRow ? `row ${rowId} ${what}` : what;
    if (this.first === null || isBefore(rowId, this.first.rowId))
      this.first = { kind, rowId, sealId, detail };
  }

  /** Rows that are missing up to the end were cut off. */
  private named(): Finding | null {
    const { first, missingFrom } = this;
    if (first?.kind !== 'removed' || first.rowId !== missingFrom || this.unsealed > 0) return first;
    return { ...first, kind: 'cut_off', detail: `${first.detail}, nor is any sealed row after it` };
  }

  private after(): string {
    return this.last === null ? '' : ` after seal ${this.last.id}, row ${this.last.maxId}`;
  }
}

function isBefore(a: string | null, b: string | null): boolean {
  if (a === null) return false;
  return b === null || BigInt(a) < BigInt(b);
}

function isWellFormed({ rowIds, digests }: Seal): boolean {
  return rowIds.length > 0 && digests.length === rowIds.length * DIGEST_BYTES;
}

function digestOf(row: AuditLine): Buffer | null {
  try {
    return rowDigest(row);
  } catch {
    return null;
  }
}
