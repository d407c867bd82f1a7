import { csvCell } from '#src/common/text/csv.js';
import { type AuditLine, isChange, type Seal, type SealedLine } from '#src/audit/seals/audit-seal.js';
import type { SealKey } from '#src/audit/seals/seal-key.js';

/** The two forms in which the log leaves the house, line by line. */

const CSV_NAMES = [
  ['id', 'id'],
  ['ts', 'ts'],
  ['event', 'event'],
  ['actor', 'actor'],
  ['requestId', 'request_id'],
  ['commitmentId', 'commitment_id'],
  ['payoutId', 'payout_id'],
  ['signature', 'signature'],
  ['fields', 'fields'],
] as const;

export const CSV_HEAD = `${CSV_NAMES.map(([, name]) => name).join(',')}\r\n`;

/** RFC 4180, with a leading apostrophe where a spreadsheet would calculate. */
export function csvLine(row: AuditLine): string {
  return `${CSV_NAMES.map(([member]) => csvCell(row[member] ?? '')).join(',')}\r\n`;
}

/** First line of a whole log: how many seals follow, and the keys that they are signed with. */
export function ndjsonHead(seals: string, keys: readonly SealKey[]): string {
  return `${JSON.stringify({ type: 'head', format: 'cts-audit-1', seals: Number(seals), keys })}\n`;
}

/** A line of the audit log or of the journal of changes. */
export function ndjsonLine(line: SealedLine): string {
  if (!isChange(line)) return ndjsonRow(line);
  const { id, txid, ts, table, key, digest } = line;
  return `${JSON.stringify({ type: 'change', id, txid, ts, table, key, digest })}\n`;
}

/** `fields` last, as the database prints it: no number loses a digit. */
export function ndjsonRow({ fields, ...row }: AuditLine): string {
  const { id, txid, ts, event, actor, requestId, commitmentId, payoutId, signature } = row;
  const members = { type: 'row', id, txid, ts, event, actor, requestId, commitmentId, payoutId, signature };
  return `${JSON.stringify(members).slice(0, -1)},"fields":${fields}}\n`;
}

export function ndjsonSeal({ digests, ...seal }: Seal): string {
  return `${JSON.stringify({ type: 'seal', ...seal, digests: Buffer.from(digests).toString('base64') })}\n`;
}
