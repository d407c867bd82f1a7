import {
  DIGEST_BYTES,
  GENESIS,
  isChange,
  lineDigest,
  type Seal,
  type SealedLine,
  sealHash,
} from './audit-seal.js';
import { Findings, type KnownSeal, type Verification } from './findings.js';
import type { KeyChain } from './seal-key.js';

/** Verification of the hash chain, row by row and seal by seal, wherever they are read from. */

interface Loose extends Pick<SealedLine, 'id' | 'ts' | 'txid'> {
  /** Of a change: the row that it is about. */
  readonly about: { readonly table: string; readonly key: string } | null;
  /** Null when the row cannot be read. */
  readonly digest: Buffer | null;
}

// No transaction of this service lasts nearly as long.
// Between a row's id and its time its server may have had other things to do.
const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;
// Between two seals lie at most 1,000 rows and those whose transactions ended late.
const MAX_LOOSE = 100_000;

/**
 * Takes all rows ascending by id, and each seal once the rows up to its `maxId` have been given. Memory does not grow with the
 * log. After the last seal rows are only counted, and dated.
 */
export class ChainVerifier {
  private readonly known: Set<KnownSeal>;
  private readonly loose = new Map<string, Loose>();
  private readonly findings = new Findings();
  private rows = 0;
  private changes = 0;
  private seals = 0;
  private unsealed = 0;
  private lastRowId = -1n;
  private last: Seal | null = null;
  /** The end of the last round that sealed everything there was. */
  private drained: Seal | null = null;
  /** First of the sealed rows that are missing without one that is there after it. */
  private missingFrom: string | null = null;

  /** @param expectedSeals how many there are */
  constructor(
    private readonly expectedSeals: number,
    private readonly keys: KeyChain,
    known: readonly KnownSeal[] = [],
  ) {
    this.known = new Set(known);
  }

  row(row: SealedLine): void {
    const isFirst = this.rows + this.changes === 0;
    if (isChange(row)) this.changes += 1;
    else this.rows += 1;
    const id = BigInt(row.id);
    if (id <= this.lastRowId && !isFirst)
      this.findings.add('inserted', row.id, null, 'stands there twice, or out of order');
    this.lastRowId = id;
    if (this.seals < this.expectedSeals) return this.keep(row);
    this.unsealed += 1;
    this.judgeAge(row, null);
  }

  seal(seal: Seal): void {
    this.seals += 1;
    const isNext = BigInt(seal.id) === BigInt(this.last?.id ?? '0') + 1n;
    if (isNext) this.checkLink(seal);
    if (!this.keys.hasSigned(seal)) {
      const detail = `seal ${seal.id} is not signed by a key that is trusted`;
      this.findings.add('seal_forged', seal.rowIds[0] ?? null, seal.id, detail);
    }
    if (isWellFormed(seal)) this.claim(seal);
    if (!isNext) this.missedSeal(seal);
    this.compareWithKnown(seal);
    this.last = seal;
    if (seal.drained) this.drained = seal;
  }

  finish(): Verification {
    if (this.seals < this.expectedSeals) {
      this.findings.add(
        'cut_off',
        null,
        null,
        `${this.expectedSeals} seals are announced, ${this.seals} are there`,
      );
    }
    for (const row of this.loose.values()) {
      this.unsealed += 1;
      this.judgeAge(row, null);
    }
    for (const { detail } of this.keys.problems) this.findings.add('key_untrusted', null, null, detail);
    for (const { hash, sealId, source } of this.known) {
      const seal = [sealId, hash].filter((part) => part !== undefined).join(' ');
      const detail = `seal ${seal} (${source}) is not there: the log was cut off or rewritten${this.after()}`;
      this.findings.add('cut_off', null, null, detail);
    }
    const { rows, changes, seals, unsealed, last } = this;
    const head = last === null ? null : { id: last.id, hash: last.hash, sealedAt: last.sealedAt };
    // Rows that are missing up to the end were cut off.
    const cutFrom = unsealed > 0 ? null : this.missingFrom;
    return { rows, changes, seals, unsealed, head, ...this.findings.summary(cutFrom) };
  }

  private keep(row: SealedLine): void {
    const { id, ts, txid } = row;
    const about = isChange(row) ? { table: row.table, key: row.key } : null;
    this.loose.set(id, { id, ts, txid, about, digest: digestOf(row) });
    if (this.loose.size <= MAX_LOOSE) return;
    const [first = null] = this.loose.keys();
    this.findings.add('inserted', first, null, `is one of more than ${MAX_LOOSE} rows that no seal covers`);
    this.loose.clear();
  }

  private checkLink(seal: Seal): void {
    const [firstRow = null] = seal.rowIds;
    if (!isWellFormed(seal) || sealHash(seal) !== seal.hash) {
      this.findings.add(
        'seal_changed',
        firstRow,
        seal.id,
        `seal ${seal.id} does not have the hash that it names`,
      );
    }
    if (seal.prevHash === (this.last?.hash ?? GENESIS)) return;
    const from = this.last?.rowIds[0] ?? firstRow;
    const before = this.last === null ? 'another beginning' : `another seal ${this.last.id}`;
    this.findings.add('seal_changed', from, this.last?.id ?? seal.id, `seal ${seal.id} continues ${before}`);
  }

  private claim(seal: Seal): void {
    const foreign = new Set(seal.foreignIds);
    for (const [index, id] of seal.rowIds.entries()) {
      const row = this.loose.get(id);
      if (row === undefined) {
        this.missingFrom ??= id;
        this.findings.add('removed', id, seal.id, `is covered by seal ${seal.id} and not there`);
        continue;
      }
      this.missingFrom = null;
      this.loose.delete(id);
      if (foreign.has(id)) this.foundForeign(row, seal.id);
      const digest = seal.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES);
      if (row.digest === null || Buffer.compare(row.digest, digest) !== 0) {
        this.findings.add('changed', id, seal.id, `is not as it was when seal ${seal.id} was made`);
      } else this.judgeAge(row, seal.id);
    }
  }

  private foundForeign({ id, about }: Loose, sealId: string): void {
    const what = `shows a change of ${about?.table} ${about?.key} that this service has not made`;
    this.findings.add('foreign_change', id, sealId, what, about ?? {});
  }

  /** What is left over then belonged to the seals that are missing. */
  private missedSeal(seal: Seal): void {
    const [rowId = seal.rowIds[0] ?? null] = this.loose.keys();
    const id = (BigInt(this.last?.id ?? '0') + 1n).toString();
    this.findings.add('seal_removed', rowId, id, `seal ${id} is missing before seal ${seal.id}`);
    this.loose.clear();
  }

  private compareWithKnown(seal: Seal): void {
    for (const seen of this.known) {
      const { hash, sealId } = seen;
      if (hash !== seal.hash && sealId !== seal.id) continue;
      this.known.delete(seen);
      if (hash !== undefined && hash !== seal.hash) {
        const detail = `seal ${seal.id} has another hash than ${seen.source} shows: rows up to ${seal.maxId} were rewritten`;
        this.findings.add('rewritten', seal.rowIds[0] ?? null, seal.id, detail);
      }
    }
  }

  /**
   * A row that was not among everything there was when a round of sealing was opened was written after that, or by a
   * transaction then under way. One with an older time, or with an older id and another transaction, was put into the past.
   */
  private judgeAge({ id, ts, txid }: Pick<Loose, 'id' | 'ts' | 'txid'>, sealId: string | null): void {
    if (this.drained === null) return;
    const { openedAt, toTxid, nextTxid, maxId } = this.drained;
    const opened = Date.parse(openedAt);
    const time = Date.parse(ts);
    const hasOldId = BigInt(id) <= BigInt(maxId);
    const wasUnderWay =
      BigInt(txid) >= BigInt(toTxid) && BigInt(txid) < BigInt(nextTxid) && time <= opened + SECOND_MS;
    if (time >= opened - HOUR_MS && (!hasOldId || wasUnderWay)) return;
    const what = `was not there at ${openedAt}, though its ${hasOldId ? 'id' : 'time'} is older`;
    this.findings.add('inserted', id, sealId, what);
  }

  private after(): string {
    return this.last === null ? '' : ` after seal ${this.last.id}, row ${this.last.maxId}`;
  }
}

function isWellFormed({ rowIds, digests }: Seal): boolean {
  return rowIds.length > 0 && digests.length === rowIds.length * DIGEST_BYTES;
}

function digestOf(row: SealedLine): Buffer | null {
  try {
    return lineDigest(row);
  } catch {
    return null;
  }
}
