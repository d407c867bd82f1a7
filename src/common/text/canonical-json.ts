/** What may stand in a canonical document: no floats, no dates, no undefined. */
export type CanonicalValue =
  string | number | boolean | null | readonly CanonicalValue[] | { readonly [key: string]: CanonicalValue };

/**
 * JSON with sorted keys and no white space, equal for equal documents (RFC 8785 for the values allowed here).
 * @throws TypeError on a number that is not a safe integer: two parties could print it differently.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    throw new TypeError(`canonical JSON takes safe integers only, got ${value}`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: CanonicalValue) => canonicalJson(item)).join(',')}]`;
  const entries = Object.entries(value as { readonly [key: string]: CanonicalValue });
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
