/** PostgreSQL's way to write a time in UTC with microseconds. @param expression of type timestamptz */
export function utcText(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

/** Selects an `AuditLine`. */
export const AUDIT_COLUMNS = `
  id::text AS id, ${utcText('ts')} AS ts, event, actor, request_id AS "requestId", commitment_id::text AS "commitmentId",
  payout_id::text AS "payoutId", signature, fields::text AS fields, txid::text AS txid`;

/** The audit log and the journal of changes, which are numbered together. Give `line.id` as their order. */
export const LINES = `(
  SELECT id, ts, txid, event, actor, request_id, commitment_id, payout_id, signature, fields,
         NULL::text AS table_name, NULL::text AS row_key, NULL::bytea AS digest, NULL::text AS ticket, NULL::bigint AS writer
    FROM public.audit_logs
   UNION ALL
  SELECT id, ts, txid, NULL, NULL, NULL, NULL, NULL, NULL, NULL, table_name, row_key, digest, ticket, xmin::text::bigint
    FROM public.audit_changes) AS line`;

/** Selects a `SealedLine` of LINES. */
export const LINE_COLUMNS = `${AUDIT_COLUMNS}, table_name AS "table", row_key AS "key", encode(digest, 'hex') AS digest`;

/** Selects a `SealKey`. */
export const KEY_COLUMNS = `
  number, public_key AS "publicKey", after_seal::text AS "afterSeal", own_signature AS "ownSignature",
  previous_signature AS "previousSignature", ${utcText('made_at')} AS "madeAt"`;

/** Selects a `Seal`. */
export const SEAL_COLUMNS = `
  id::text AS id, encode(prev_hash, 'hex') AS "prevHash", row_ids::text[] AS "rowIds", digests,
  foreign_ids::text[] AS "foreignIds", key_number AS "keyNumber", signature,
  from_txid::text AS "fromTxid", to_txid::text AS "toTxid", next_txid::text AS "nextTxid", ${utcText('opened_at')} AS "openedAt",
  from_id::text AS "fromId", floor_id::text AS "floorId", max_id::text AS "maxId", drained,
  ${utcText('sealed_at')} AS "sealedAt", encode(hash, 'hex') AS hash`;
