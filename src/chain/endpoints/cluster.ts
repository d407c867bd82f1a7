/** Genesis hashes of the public clusters: what tells one from another, whatever the host is called. */
const GENESIS = {
  mainnet: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  testnet: '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY',
  devnet: 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG',
} as const;

export type Cluster = keyof typeof GENESIS | 'localnet';

/** Null for a local cluster: each has a genesis of its own. */
export function genesisOf(cluster: Cluster): string | null {
  return cluster === 'localnet' ? null : GENESIS[cluster];
}

/**
 * Whether an endpoint speaks of another cluster than configured. A genesis that belongs to no public cluster is a chain of
 * somebody's own: on loopback it may stand for any cluster, as in a rehearsal.
 */
export function isForeign(genesis: string, expected: string, isLoopback: boolean): boolean {
  const isPublic = Object.values<string>(GENESIS).includes(genesis);
  return genesis !== expected && (isPublic || !isLoopback);
}
