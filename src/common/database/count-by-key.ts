/**
 * The keys that a table names, but for those of $1, and how many rows each has. The index on key_id is asked for one key after
 * the other, so that only what is counted is read.
 */
export function countByKeySql(table: string, condition: string): string {
  const first = (more: string) =>
    `SELECT key_id FROM ${table} WHERE ${condition}${more} ORDER BY key_id LIMIT 1`;
  return `
    WITH RECURSIVE used (key_id) AS (
      (${first('')})
      UNION ALL SELECT (${first(' AND key_id > used.key_id')}) FROM used WHERE used.key_id IS NOT NULL)
    SELECT used.key_id AS "keyId",
           (SELECT count(*) FROM ${table} WHERE ${condition} AND key_id = used.key_id)::int AS rows
      FROM used WHERE used.key_id IS NOT NULL AND used.key_id <> ALL ($1::text[]) ORDER BY rows DESC, used.key_id`;
}
