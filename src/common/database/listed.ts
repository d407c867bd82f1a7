/** Names of our own as SQL writes a list of them: `'pending', 'stopped'`. Literals, so that partial indexes are found. */
export function listed(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(', ');
}
