import { createHash } from 'node:crypto';
import type { AuditMembers } from '#src/audit/journal/audit-row.js';
import { canonicalFields } from '#src/audit/journal/canonical-fields.js';
import { sealStatement } from './seal-key.js';

/** How rows and seals become hashes. Anybody can recompute them from an exported file. */

interface Line {
  /** Decimal digits; the audit log and the journal of changes are numbered together. */
  readonly id: string;
  /** UTC with microseconds: `2026-11-22T10:00:00.123456Z`. */
  readonly ts: string;
  /** The transaction that wrote it. */
  readonly txid: string;
}

/** A row of the audit log, member by member as the database prints it. */
export interface AuditLine extends Line, AuditMembers {
  /** JSON text. */
  readonly fields: string;
}

/** A row of the journal: what a row of another table became. */
export interface ChangeLine extends Line {
  readonly table: string;
  readonly key: string;
  /** Hex; null when it was deleted. */
  readonly digest: string | null;
}

export type SealedLine = AuditLine | ChangeLine;

export function isChange(line: SealedLine): line is ChangeLine {
  return typeof (line as Partial<ChangeLine>).table === 'string';
}

export interface SealBody {
  readonly id: string;
  /** Hex; of the first seal 64 zeros. */
  readonly prevHash: string;
  /** Ascending. */
  readonly rowIds: readonly string[];
  /** 32 bytes for each of them, in their order. */
  readonly digests: Uint8Array;
  /** Those of rowIds that tell of a change which no transaction of the service has made. */
  readonly foreignIds: readonly string[];
  readonly fromTxid: string;
  readonly toTxid: string;
  readonly nextTxid: string;
  readonly openedAt: string;
  readonly fromId: string;
  readonly floorId: string;
  /** The highest id sealed so far. */
  readonly maxId: string;
  /** True for the last seal of a round. */
  readonly drained: boolean;
  /** UTC with microseconds. */
  readonly sealedAt: string;
  readonly keyNumber: number;
}

export interface Seal extends SealBody {
  /** Hex. */
  readonly hash: string;
  /** Ed25519 over `sealStatement`, base58. */
  readonly signature: string;
}

export const MAX_SEALED_ROWS = 1_000;
export const DIGEST_BYTES = 32;
export const GENESIS = '0'.repeat(2 * DIGEST_BYTES);

/** SHA-256 over a JSON array of all members: no two lines have the same text. @throws SyntaxError when `fields` is no JSON */
export function lineDigest(line: SealedLine): Buffer {
  return isChange(line) ? changeDigest(line) : rowDigest(line);
}

function changeDigest({ id, txid, ts, table, key, digest }: ChangeLine): Buffer {
  const text = JSON.stringify(['cts-audit-change-1', id, txid, ts, table, key, digest]);
  return createHash('sha256').update(text, 'utf8').digest();
}

function rowDigest(row: AuditLine): Buffer {
  const { id, txid, ts, event, actor, requestId, commitmentId, payoutId, signature, fields } = row;
  const members = [
    'cts-audit-row-1',
    id,
    txid,
    ts,
    event,
    actor,
    requestId,
    commitmentId,
    payoutId,
    signature,
  ];
  const text = `${JSON.stringify(members).slice(0, -1)},${canonicalFields(fields)}]`;
  return createHash('sha256').update(text, 'utf8').digest();
}

/** SHA-256 over a head that counts what follows, the ids, and the digests. Hex. */
export function sealHash(seal: SealBody): string {
  const { id, prevHash, rowIds, foreignIds, digests, openedAt, sealedAt, drained, keyNumber } = seal;
  const bounds = [seal.fromTxid, seal.toTxid, seal.nextTxid, seal.fromId, seal.floorId, seal.maxId];
  const sizes = [rowIds.length, digests.length];
  const head = [
    'cts-audit-seal-1',
    id,
    prevHash,
    keyNumber,
    ...sizes,
    ...bounds,
    drained,
    openedAt,
    sealedAt,
  ];
  return createHash('sha256')
    .update(`${JSON.stringify(head)}\n${rowIds.join(',')}\n${foreignIds.join(',')}\n`, 'utf8')
    .update(digests)
    .digest('hex');
}

/** A stretch of transactions whose rows are all there and none of which is sealed yet. */
export interface SealRound {
  readonly fromTxid: string;
  /** Exclusive. */
  readonly toTxid: string;
  /** One above all transactions that had a number when the round was opened. */
  readonly nextTxid: string;
  readonly openedAt: string;
  readonly fromId: string;
  readonly floorId: string;
  /** Within the round everything up to this id is sealed. */
  readonly resumeId: string;
}

/** Numbers of transactions at one moment: of the oldest under way, and one above all that have one. */
export interface Horizon {
  readonly oldest: string;
  readonly next: string;
  /** UTC with microseconds. */
  readonly now: string;
}

export const LAST_ID = (2n ** 63n - 1n).toString();
const LAST_TXID = (2n ** 64n - 1n).toString();

/** True for what another database left behind: its transactions' numbers say nothing here. */
export function isOfEarlierDatabase({ toTxid }: SealRound): boolean {
  return toTxid === LAST_TXID;
}

/**
 * The rounds in which unsealed rows may be, in the order in which they are sealed. A round ends below the oldest transaction
 * under way, so that its rows are a fixed set. A horizon below the last seal's shows a database that was restored into another
 * cluster, which counts from elsewhere: first comes what the old one left, then everything after it by the new count.
 */
export function roundsAfter(last: Seal | null, { oldest, next, now }: Horizon): SealRound[] {
  const opened = { toTxid: oldest, nextTxid: next, openedAt: now, resumeId: '0' };
  const start = { ...opened, fromTxid: '0', fromId: '0', floorId: '0' };
  if (last === null) return [start];
  const { fromTxid, toTxid, nextTxid, openedAt, fromId, floorId, maxId, rowIds } = last;
  const resumeId = rowIds.at(-1) ?? '0';
  const rest = { fromTxid, toTxid, nextTxid, openedAt, fromId, floorId, resumeId };
  const after = { ...opened, fromTxid: toTxid, fromId: maxId, floorId };
  const rounds =
    BigInt(toTxid) <= BigInt(next)
      ? [after]
      : [
          { ...after, toTxid: LAST_TXID, nextTxid: LAST_TXID, fromId: LAST_ID },
          { ...start, fromId: maxId, floorId: maxId },
        ];
  return last.drained ? rounds : [rest, ...rounds];
}

export interface SealMaking {
  readonly drained: boolean;
  readonly sealedAt: string;
  readonly foreignIds: readonly string[];
  readonly keyNumber: number;
  /** Signs a text; base58. */
  readonly sign: (statement: string) => string;
}

/** The next seal of the chain. @param lines ascending by id, at least one and at most 1,000 */
export function makeSeal(
  last: Seal | null,
  { fromTxid, toTxid, nextTxid, openedAt, fromId, floorId }: SealRound,
  lines: readonly SealedLine[],
  { drained, sealedAt, foreignIds, keyNumber, sign }: SealMaking,
): Seal {
  const rowIds = lines.map(({ id }) => id);
  const ids = [last?.maxId ?? '0', rowIds.at(-1) ?? '0'].map(BigInt);
  const body = {
    id: (BigInt(last?.id ?? '0') + 1n).toString(),
    prevHash: last?.hash ?? GENESIS,
    rowIds,
    digests: Buffer.concat(lines.map(lineDigest)),
    foreignIds,
    fromTxid,
    toTxid,
    nextTxid,
    openedAt,
    fromId,
    floorId,
    maxId: ids.reduce((a, b) => (a > b ? a : b)).toString(),
    drained,
    sealedAt,
    keyNumber,
  };
  const hash = sealHash(body);
  return { ...body, hash, signature: sign(sealStatement({ id: body.id, hash })) };
}
