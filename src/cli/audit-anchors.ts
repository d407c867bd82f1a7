import { parseEnvironment } from '../../config/environment.js';
import { loadSource } from '../../config/load.js';
import { Settings } from '../../config/settings.js';
import { parseAnchorMemo } from '../audit/audit-anchor.js';
import type { Witness } from '../audit/audit-chain.js';
import { SystemClock } from '../common/clock.js';
import { inParallel } from '../common/in-parallel.js';

/** An anchor as the database tells it. */
export interface StoredAnchor {
  readonly sealId: string;
  readonly signature: string;
  readonly confirmed: boolean;
}

export interface Anchors {
  readonly witnesses: readonly Witness[];
  /** How many were read on chain. */
  readonly checked: number;
  /** Confirmed ones that the endpoint does not know: it has lost its history, or the row lies. */
  readonly missing: readonly string[];
  /** The wallets that paid for them: they have to be fee payers of this service. */
  readonly payers: readonly string[];
}

// Each anchor stands for everything before it.
const MAX_CHECKED = 100;
const WIDTH = 4;

/**
 * What anchors testify: without SOLANA_RPC_URL that their seals are there, else which hash the chain has for them.
 * @param anchors newest first
 * @throws RpcUnavailableError
 */
export async function readAnchors(anchors: readonly StoredAnchor[]): Promise<Anchors> {
  const { SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS } = loadSource();
  const confirmed = anchors.filter((anchor) => anchor.confirmed);
  const stored = confirmed.map(({ sealId, signature }) => ({ sealId, source: `anchor ${signature}` }));
  if (!SOLANA_RPC_URL) return { witnesses: stored, checked: 0, missing: [], payers: [] };
  const settings = new Settings(parseEnvironment({ SOLANA_RPC_URL, SOLANA_RPC_TIMEOUT_MS }));
  const { SolanaChain } = await import('../chain/solana-chain.js');
  const chain = new SolanaChain(settings, new SystemClock());
  const witnesses: Witness[] = [...stored];
  const missing: string[] = [];
  const payers = new Set<string>();
  await inParallel(anchors.slice(0, MAX_CHECKED), WIDTH, async ({ signature, confirmed }) => {
    const found = await chain.finalizedMemo(signature);
    const seal = found === null ? null : parseAnchorMemo(found.memo);
    if (found !== null) payers.add(found.feePayer);
    if (seal !== null) witnesses.push({ ...seal, source: `anchor ${signature}` });
    else if (confirmed) missing.push(signature);
  });
  return { witnesses, checked: Math.min(anchors.length, MAX_CHECKED), missing, payers: [...payers] };
}
