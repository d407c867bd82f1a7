import type { AuditLine, Seal } from './audit-seal.js';

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

// A spreadsheet would take such a cell for a formula.
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

export const CSV_HEAD = `${CSV_NAMES.map(([, name]) => name).join(',')}\r\n`;

/** RFC 4180, with a leading apostrophe where a spreadsheet would calculate. */
export function csvLine(row: AuditLine): string {
  return `${CSV_NAMES.map(([member]) => csvCell(row[member] ?? '')).join(',')}\r\n`;
}

export function csvCell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** First line of a whole log: how many seals follow. */
export function ndjsonHead(seals: string): string {
  return `${JSON.stringify({ type: 'head', format: 'cts-audit-1', seals: Number(seals) })}\n`;
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
