const RFC3339_UTC = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(\.\d{1,3})?Z$/;

/** Parses `2026-11-22T10:00:00Z` (optionally with milliseconds); null for any other form or an impossible date. */
export function parseTimestamp(text: unknown): Date | null {
  if (typeof text !== 'string' || !RFC3339_UTC.test(text)) return null;
  const date = new Date(text);
  // Date rolls 31 February over into March; the same day must come back.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== text.slice(0, 19)) return null;
  return date;
}
