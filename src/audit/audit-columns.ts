/** PostgreSQL's way to write a time in UTC with microseconds. @param expression of type timestamptz */
export function utcText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Selects an `AuditLine`. */
export const AUDIT_COLUMNS = `
  id::text AS id, ${utcText('ts')} AS ts, event, actor, request_id AS "requestId", commitment_id::text AS "commitmentId",
  payout_id::text AS "payoutId", signature, fields::text AS fields, txid::text AS txid`;

/** Selects a `Seal`. */
export const SEAL_COLUMNS = `
  id::text AS id, encode(prev_hash, 'hex') AS "prevHash", row_ids::text[] AS "rowIds", digests,
  from_txid::text AS "fromTxid", to_txid::text AS "toTxid", next_txid::text AS "nextTxid", ${utcText('opened_at')} AS "openedAt",
  from_id::text AS "fromId", floor_id::text AS "floorId", max_id::text AS "maxId", drained,
  ${utcText('sealed_at')} AS "sealedAt", encode(hash, 'hex') AS hash`;
